"""The known names of Niger: spellings that belong together, and names that must be kept apart.

The phonetic rules cannot know that Khadija is Hadiza, nor that Hassane and Ousseini, so alike in consonants,
are twin brothers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mafaka.matching.normalise import normal, tokens

VARIANT = 3
SHORT_FORM = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by number.

    A normal form may belong to several names: Aboubacar's short form Habou is a name of its own too.
    """

    names_of: dict[str, dict[int, int]]  # normal form -> {name: VARIANT or SHORT_FORM}
    canonical: dict[
        str, set[int]
    ]  # normal form -> the names whose usual spelling it is (Rabé and Rabi sound alike)
    forms_of: tuple[frozenset[str], ...]
    sexes: tuple[str, ...]
    arabic: tuple[str, ...]
    usual_of_arabic: dict[str, set[str]]  # Arabic form -> the usual spellings of the names written so


def one_word(text: str) -> str:
    """The normal form of a name of one or several words, joined: Oumoul Kheiri -> umulkiri."""
    return normal("".join(word.normal for word in tokens(text)))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The packaged list, read once."""
    source = files("mafaka.matching") / "data" / "names_variants.json"
    names = json.loads(source.read_text(encoding="utf-8"))["names"]
    names_of: dict[str, dict[int, int]] = {}
    canonical: dict[str, set[int]] = {}
    usual_of_arabic: dict[str, set[str]] = {}
    for number, name in enumerate(names):
        usual = one_word(name["canonical"])
        canonical.setdefault(usual, set()).add(number)
        names_of.setdefault(usual, {})[number] = VARIANT
        if name["arabic"]:
            usual_of_arabic.setdefault(name["arabic"], set()).add(usual)
        for form in [*name["variants"], name["arabic"] or ""]:
            names_of.setdefault(one_word(form), {}).setdefault(number, VARIANT)
        for form in name["short_forms"]:
            names_of.setdefault(one_word(form), {}).setdefault(number, SHORT_FORM)
    names_of.pop("", None)
    forms: list[set[str]] = [set() for _ in names]
    for form, numbers in names_of.items():
        for number in numbers:
            forms[number].add(form)
    return Lexicon(
        names_of=names_of,
        canonical=canonical,
        forms_of=tuple(map(frozenset, forms)),
        sexes=tuple(name["sex"] for name in names),
        arabic=tuple(name["arabic"] or "" for name in names),
        usual_of_arabic=usual_of_arabic,
    )


def known(form: str) -> bool:
    """Whether the list has this normal form."""
    return form in lexicon().names_of


def sex_of(form: str) -> str | None:
    """'male' or 'female' when every name that this form may stand for is of that sex, else None."""
    names = lexicon()
    numbers = names.canonical.get(form) or set(names.names_of.get(form, ()))
    sexes = {names.sexes[number] for number in numbers}
    sex = sexes.pop() if len(sexes) == 1 else "both"
    return None if sex == "both" else sex


def kinship(one: str, other: str) -> int:
    """VARIANT when the list says that two forms are one name, SHORT_FORM when it says so loosely, else 0.

    Two forms that are each the usual spelling of a name of its own are one only when one is listed under the
    other (Youssouf, Issoufou) or their Arabic form is the same, and never across the sexes: Issa is not
    Aïssa, whatever the clerk wrote.
    """
    names = lexicon()
    first, second = names.canonical.get(one), names.canonical.get(other)
    if first and second and not first & second:
        return _between_usual_spellings(one, first, other, second)
    ours, theirs = names.names_of.get(one, {}), names.names_of.get(other, {})
    return max((min(ours[number], theirs[number]) for number in ours.keys() & theirs.keys()), default=0)


def _between_usual_spellings(one: str, first: set[int], other: str, second: set[int]) -> int:
    names = lexicon()
    if {"male", "female"} <= {names.sexes[number] for number in first | second}:
        return 0
    under_other = max((names.names_of[one].get(number, 0) for number in second), default=0)
    under_one = max((names.names_of[other].get(number, 0) for number in first), default=0)
    same_arabic = {names.arabic[number] for number in first} & {names.arabic[number] for number in second} - {
        ""
    }
    return max(under_other, under_one) or (SHORT_FORM if same_arabic else 0)


def distinct(one: str, other: str) -> bool:
    """Two known names that are not the same name: Hassane and Ousseini, Issa and Issaka, Amina and Aminou."""
    return one != other and known(one) and known(other) and not kinship(one, other)


def relatives(form: str) -> set[str]:
    """Every form that `kinship` may join to this one, itself included when known."""
    names = lexicon()
    found: set[str] = set()
    for number in names.names_of.get(form, ()):
        found |= names.forms_of[number]
    for number in names.canonical.get(form, ()):
        found |= names.usual_of_arabic.get(names.arabic[number], set())
    return found
