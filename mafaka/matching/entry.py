"""What goes into the engine and what comes out: plain values, no database, no language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from mafaka.matching.normalise import Word, place_words, tokens, village

Key = int | UUID
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as somebody wrote them down. Every name is raw text; what is not known stays empty and weighs nothing.

    `other`: by-names, the grandfather's name, other spellings. `commune`: P-code. `sex`: 'male', 'female' or None.
    """

    key: Key
    own: tuple[str, ...] = ()
    father: tuple[str, ...] = ()
    mother: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    village: str | None = None
    commune: str | None = None
    birth_year: int | None = None
    sex: str | None = None


class Reason(NamedTuple):
    """One piece of evidence. `field` and `level` are codes that the page turns into words; `weight` is in bits."""

    field: str
    level: str
    query_token: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search box."""

    key: Key
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side. `score`: log2 of the odds that they are one person; it is the sum of its reasons."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be the same person as the one asked about."""

    key: Key
    score: float
    reasons: tuple[Reason, ...]


class Reading(NamedTuple):
    """An entry after reading: names in words, the village as one comparable form, implausible values dropped."""

    key: Key
    own: tuple[Word, ...]
    father: tuple[Word, ...]
    mother: tuple[Word, ...]
    other: tuple[Word, ...]
    place: tuple[Word, ...]
    village: str
    commune: str
    birth_year: int
    sex: str


NAME_FIELDS = ("own", "father", "mother", "other")
WORD_FIELDS = (*NAME_FIELDS, "place")


def _words(texts: Iterable[str]) -> tuple[Word, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in tokens(text)))


def read(entry: Entry, communes: Mapping[str, Sequence[str]]) -> Reading:
    """Read an entry; `communes` gives the names and old spellings of each P-code, so that the search box finds people by commune."""
    own = tokens(entry.own[0] if len(entry.own) == 1 else " ".join(entry.own))
    names = (*communes.get(entry.commune or "", ()), *([entry.village] if entry.village else []))
    year = entry.birth_year
    return Reading(
        key=entry.key,
        own=own,
        father=_words(entry.father),
        mother=_words(entry.mother),
        other=_words(entry.other),
        place=tuple(dict.fromkeys(word for name in names for word in place_words(name))),
        village=village(entry.village) if entry.village else "",
        commune=entry.commune or "",
        birth_year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else 0,
        sex=entry.sex if entry.sex in ("male", "female") else "",
    )
