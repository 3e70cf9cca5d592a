"""What the answers of an interview support. The rule only shows; a person decides (glossary: actual).

Palermo Protocol, art. 3: an adult was trafficked when there was an act, a means and a purpose; under eighteen an
act and a purpose are enough, for the means and the consent of a child do not matter. Doubt on the age counts as
child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mafaka.assessments.labels import ELEMENTS

ADULT = ("acts", "means", "purposes")
CHILD = ("acts", "purposes")


@dataclass(frozen=True)
class Finding:
    """Which elements the rule asks for: those that the answers support, and those that are missing."""

    child: bool
    present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every element that the rule asks for is supported."""
        return not self.missing

    @property
    def present_words(self) -> str:
        """The supported elements, in words."""
        return ", ".join(str(ELEMENTS[element]) for element in self.present)

    @property
    def missing_words(self) -> str:
        """The missing elements, in words."""
        return ", ".join(str(ELEMENTS[element]) for element in self.missing)


def weigh(
    *, child: bool | None, acts: Sequence[str], means: Sequence[str], purposes: Sequence[str]
) -> Finding:
    """Return what these answers support; `child` None means that the age is not known."""
    as_child = child is not False
    answered = {"acts": bool(acts), "means": bool(means), "purposes": bool(purposes)}
    asked = CHILD if as_child else ADULT
    return Finding(
        child=as_child,
        present=tuple(element for element in asked if answered[element]),
        missing=tuple(element for element in asked if not answered[element]),
    )
