"""Places of Niger by name: from what somebody wrote to a P-code, without ever choosing between two places.

The lists and their sources are described in `data/README.md`. They are read once and kept.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from mafaka.matching.normalise import normal

DATA = Path(__file__).parent / "data"
REGION, DEPARTMENT, COMMUNE = 1, 2, 3


class How(StrEnum):
    """How a written place was recognised. Codes: their sentences belong to whoever shows them."""

    EXACT = "exact"  # the official name, whatever its case, accents and hyphens, or a P-code
    ALIAS = "alias"
    OLD_NAME = "old_name"
    QUARTER = "quarter"  # part of a town: the town is certain, its commune is not
    TOWN = "town"  # a town of several communes, given as its department
    ABBREVIATION = "abbreviation"
    SPELLING = "spelling"
    AMBIGUOUS = "ambiguous"  # several places have this name: no P-code, see the candidates
    UNKNOWN = "unknown"  # no place has this name: the candidates are only suggestions


@dataclass(frozen=True)
class Place:
    """A region, department or commune; `point` is the chief town's (latitude, longitude), or nothing."""

    pcode: str
    level: int
    parent: str
    name: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Resolution:
    """What a written place was taken for; without a P-code when that would be a guess."""

    written: str
    pcode: str | None
    how: How
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Gazetteer:
    places: dict[str, Place]
    old_codes: dict[str, str]
    by_name: dict[str, dict[str, How]]
    by_spelling: dict[str, dict[str, How]]
    words: dict[str, tuple[tuple[str, ...], ...]]


_NUMERALS = {"i": "1", "ier": "1", "1er": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_GENERIC = re.compile(
    r"^(?:(?P<commune>commune(?: urbaine| rurale)?|cu|cr|arrondissement(?: communal)?)"
    r"|(?P<department>departement|dept?|dpt)|(?P<region>region)|(?P<town>ville))(?: de| d| du)? (?P<name>.+)$"
)
_PARTS = re.compile(r"[,;/()\[\]]|\s[-–—]\s")
_CODE = re.compile(r"^NER?\d{3}(?:\d{3}){0,2}$")
_LEAST_LIKENESS = 80


def _words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents or apostrophes; a closing numeral becomes a digit (Zinder II, Zinder 2)."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    text = re.sub(r"['’‘`´ʼ]", "", text)
    words = re.findall(r"[a-z0-9ɓɗƙƴ]+\.?", text)
    bare = [word.rstrip(".") for word in words]
    if len(bare) > 1 and bare[-1] in _NUMERALS:
        words[-1] = _NUMERALS[bare[-1]]
    return tuple(words)


def _plain(text: str) -> str:
    return "".join(word.rstrip(".") for word in _words(text))


def _spelling(text: str) -> str:
    """The key under which spellings of one name meet; a number stays apart, since Zinder I is not Zinder II.

    A closing y is an i (Tirminy), before the rules for names take -ny for a single sound.
    """
    words = [word.rstrip(".") for word in _words(text)]
    number = words.pop() if len(words) > 1 and words[-1].isdigit() else ""
    return normal(re.sub("y$", "i", "".join(words))) + number


@lru_cache(maxsize=1)
def _load() -> _Gazetteer:
    book = _Gazetteer({}, {}, {}, {}, {})
    with (DATA / "ner_admin_pcodes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _add_place(book, row)
    with (DATA / "other_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = How.ALIAS if row["kind"] == "spelling" else How(row["kind"])
            _add_name(book, row["pcode"], row["name"], kind)
    return book


def _add_place(book: _Gazetteer, row: dict[str, str]) -> None:
    pcode, name = row["pcode"], row["name_fr"]
    point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
    book.places[pcode] = Place(pcode, int(row["level"]), row["parent_pcode"], name, point)
    book.old_codes[row["pcode_old"]] = pcode
    for alias in filter(None, row["aliases"].split("|")):
        _add_name(book, pcode, alias, How.ALIAS)
    if name.startswith("Ville de "):
        _add_name(book, pcode, name.removeprefix("Ville de "), How.TOWN)
    for official in filter(None, (row["name_ocha_ascii"], name)):
        _add_name(book, pcode, official, How.EXACT)


def _add_name(book: _Gazetteer, pcode: str, name: str, how: How) -> None:
    current = book.by_name.setdefault(_plain(name), {})
    if current.get(pcode) is not How.EXACT:
        current[pcode] = how
    spelling = How.TOWN if how is How.TOWN else How.SPELLING
    book.by_spelling.setdefault(_spelling(name), {}).setdefault(pcode, spelling)
    words = tuple(word.rstrip(".") for word in _words(name))
    if len(words) > 1:
        book.words[pcode] = (*book.words.get(pcode, ()), words)


def resolve(text: str, *, level: int | None = None, near: str | None = None) -> Resolution:
    """Find the place that `text` names, as finely as is certain.

    `level` keeps only regions (1), departments (2) or communes (3). Without it, a commune is preferred to the
    department or region of the same name around it, and the name of a town of several communes gives the town's
    department. Between places that share a name nothing is chosen, unless `near` (a P-code) holds just one of them.
    """
    written = text.strip()
    code = written.upper()
    if _CODE.match(code):
        code = _load().old_codes.get(code, code)
        if code in _load().places:
            return Resolution(written, code, How.EXACT, (code,))
    found = _find(written, level)
    if not found:
        return _from_parts(written, level, near)
    return _settle(written, found, near)


def _settle(written: str, found: dict[str, How], near: str | None) -> Resolution:
    """One place, or an ambiguity: a place that holds another found place is only its surroundings."""
    finest = {p: how for p, how in found.items() if not any(o != p and o.startswith(p) for o in found)}
    if len(finest) > 1 and near:
        finest = {p: how for p, how in finest.items() if p.startswith(near)} or finest
    if len(finest) > 1:
        return Resolution(written, None, How.AMBIGUOUS, tuple(sorted(finest)))
    [(pcode, how)] = finest.items()
    return Resolution(written, pcode, how, (pcode,))


def _find(text: str, level: int | None) -> dict[str, How]:
    book = _load()
    plain = _plain(text)
    if not plain:
        return {}
    for table, key in ((book.by_name, plain), (book.by_spelling, _spelling(text))):
        found = _at_level(table.get(key, {}), level)
        if found:
            return found
    found = _at_level(_abbreviated(text), level)
    if found:
        return found
    named = _GENERIC.match(" ".join(word.rstrip(".") for word in _words(text)))
    if named:
        wanted = {"commune": COMMUNE, "department": DEPARTMENT, "region": REGION, "town": None}
        meant = next(kind for kind in wanted if named[kind])
        return _find(named["name"], level or wanted[meant])
    return {}


def _at_level(found: dict[str, How], level: int | None) -> dict[str, How]:
    if level is None:
        return found
    places = _load().places
    kept = {pcode: how for pcode, how in found.items() if places[pcode].level == level}
    if not kept and level == COMMUNE:
        towns = [p for p, how in found.items() if how in {How.TOWN, How.QUARTER}]
        return {child: How.TOWN for town in towns for child in children(town)}
    return kept


def _abbreviated(text: str) -> dict[str, How]:
    """Places of several words of which some are shortened with a point: G. Roumdji, D. Takaya, Birni N.

    Without a point a word is only taken for an initial when it is a single letter.
    """
    written = _words(text)
    short = [word.endswith(".") or len(word) == 1 for word in written]
    if len(written) < 2 or all(short) or not any(short):
        return {}

    def fits(words: tuple[str, ...]) -> bool:
        if len(words) != len(written):
            return False
        pairs = zip(written, words, short, strict=True)
        return all(w.startswith(s.rstrip(".")) if cut else normal(s) == normal(w) for s, w, cut in pairs)

    return {
        pcode: How.ABBREVIATION for pcode, names in _load().words.items() if any(fits(name) for name in names)
    }


def _from_parts(written: str, level: int | None, near: str | None) -> Resolution:
    """Read "Tibiri (Maradi)" or "Zinder / Matamèye": the finer place, made certain by the one around it."""
    parts = [part for part in _PARTS.split(written) if part and part.strip()]
    if len(parts) == 2:
        first, second = (_find(part, None) for part in parts)
        inside = {
            p: how
            for inner, outer in ((first, second), (second, first))
            for p, how in inner.items()
            if any(p != around and p.startswith(around) for around in outer)
        }
        inside = _at_level(inside, level)
        if inside:
            return _settle(written, inside, near)
    return Resolution(written, None, How.UNKNOWN, _alike(written, level))


def _alike(text: str, level: int | None) -> tuple[str, ...]:
    """Up to three places whose name resembles the text: suggestions for a person, never an answer."""
    book = _load()
    near = process.extract(
        _spelling(text), book.by_spelling.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=3
    )
    found = (pcode for key, _score, _index in near for pcode in _at_level(book.by_spelling[key], level))
    return tuple(dict.fromkeys(found))[:3]


def place(pcode: str) -> Place:
    """The place of a P-code, current or former; raises KeyError when there is none."""
    book = _load()
    return book.places[book.old_codes.get(pcode, pcode)]


def name(pcode: str) -> str:
    """The French name of a place; raises KeyError when there is none."""
    return place(pcode).name


def label(pcode: str) -> str:
    """The name with what holds it, for a choice between namesakes: "Tibiri (Guidan Roumdji, Maradi)"."""
    here = place(pcode)
    around = list(_around(here))
    return f"{here.name} ({', '.join(p.name for p in around)})" if around else here.name


def _around(here: Place) -> Iterable[Place]:
    while here.parent in _load().places:
        here = place(here.parent)
        yield here


def region_of(pcode: str) -> str:
    """The P-code of the region that holds a place (of the place itself if it is one)."""
    here = place(pcode)
    return here.pcode if here.level == REGION else region_of(here.parent)


def children(pcode: str) -> tuple[str, ...]:
    """P-codes of the places directly inside one, in the order of the official list; those of NE are the regions."""
    return tuple(p.pcode for p in _load().places.values() if p.parent == pcode)


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[str, ...]]:
    """The names under which each place is known, old and common spellings included: for the search by place."""
    book = _load()
    known: dict[str, list[str]] = {place.pcode: [place.name] for place in book.places.values()}
    for written, places in book.by_name.items():
        for pcode in places:
            known[pcode].append(written)
    return {pcode: tuple(dict.fromkeys(names)) for pcode, names in known.items()}
