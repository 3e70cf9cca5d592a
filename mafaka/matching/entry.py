"""What goes into the engine and what comes out: plain values, no database, no language of the page."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mafaka.matching.normalise import Word, place_words, tokens, village

Key = Any  # whatever the caller names people by
# Given keys, returns those of them that count for a question (those whom the asker may see).
Among = Callable[[Sequence[Key]], Container[Key]]
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as somebody wrote them down.

    Every name is raw text; what is not known stays empty and weighs nothing. `other`: by-names, the
    grandfather's name, other spellings. `commune`: P-code. `sex`: 'male', 'female' or None.
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
    """One piece of evidence, in codes that the page turns into words; `weight` is in bits.

    In the search box `field` is own, father, mother, other, place, or '' for a word found nowhere; `level` is
    written (same spelling), sound, consonants, near, loose, none, or whole (the query is the whole own name).
    Between two records `field` is given, family, order, father, mother, other, village (levels as above, or
    distinct: two known names that are not one name), commune (same, department, region, elsewhere), age (years
    apart), sex (same, other), extra:NAME, household (what a brother would share as well) and prior.
    """

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
    """Two records side by side.

    `score`: log2 of the odds that they are one person; it is the sum of its reasons.
    """

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be the same person as the one asked about."""

    key: Key
    score: float
    reasons: tuple[Reason, ...]


class Reading(NamedTuple):
    """An entry after reading.

    Names in words, the village as one comparable form, implausible values dropped.
    """

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


def _words(texts: Sequence[str], split: Callable[[str], tuple[Word, ...]] = tokens) -> tuple[Word, ...]:
    """The words of several texts, each once; one text, the usual case, is taken as it is."""
    if len(texts) == 1:
        return split(texts[0])
    return tuple(dict.fromkeys(word for text in texts for word in split(text)))


def read(entry: Entry, communes: Mapping[str, Sequence[str]]) -> Reading:
    """Read an entry.

    `communes` gives the names and old spellings of each P-code, so that the search box finds people by
    commune.
    """
    places = (*communes.get(entry.commune or "", ()), *([entry.village] if entry.village else []))
    year = entry.birth_year
    return Reading(
        key=entry.key,
        own=tokens(" ".join(entry.own)),
        father=_words(entry.father),
        mother=_words(entry.mother),
        other=_words(entry.other),
        place=_words(places, place_words),
        village=village(entry.village) if entry.village else "",
        commune=entry.commune or "",
        birth_year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else 0,
        sex=entry.sex if entry.sex in ("male", "female") else "",
    )
