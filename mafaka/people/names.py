"""The names of a person as they are sealed. There are no family names here: DESIGN §4."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Identity:
    """Who somebody is. `written` is the name as a register or an authority wrote it, never touched.

    `spellings` are other ways in which the name was met; `commune` is a P-code, `village` a free name.
    """

    own_name: str = ""
    father_name: str = ""
    grandfather_name: str = ""
    mother_name: str = ""
    by_name: str = ""
    written: str = ""
    spellings: tuple[str, ...] = field(default=())
    village: str = ""
    commune: str = ""
    birthplace: str = ""
    phone: str = ""
    origin_written: str = ""

    @property
    def display(self) -> str:
        """Return the name as pages show it: the own name and the father's, else as written, else the by-name."""
        return self.known or _("Sans nom")

    @property
    def known(self) -> str:
        """Return the same, empty where no name at all is known."""
        own_and_father = " ".join(part for part in (self.own_name, self.father_name) if part)
        return own_and_father or self.written or self.by_name

    def to_content(self) -> dict[str, Any]:
        """Return what is sealed: only what is known."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> Identity:
        """Return the identity that was sealed; an erased one is empty."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        return cls(**{**values, "spellings": tuple(values.get("spellings", ()))})
