"""The search box: words of names and places, in any order and spelling, from the beginning of a word on."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from mafaka.matching.closeness import Level, closeness
from mafaka.matching.entry import WORD_FIELDS, Hit, Reading, Reason
from mafaka.matching.frequencies import Scale
from mafaka.matching.normalise import Word, is_generic_place, tokens

MOST_QUERY_WORDS = 8

# Bits taken off the rarity of a word: for a looser spelling, and for standing elsewhere than in the person's
# own name.
_SPELLING = {Level.WRITTEN: 0.0, Level.SOUND: 0.4, Level.CONSONANTS: 1.2, Level.NEAR: 2.5, Level.LOOSE: 5.0}
_ELSEWHERE = {"own": 0.0, "other": 0.5, "place": 0.5, "father": 1.5, "mother": 2.5}
_LEAST = 0.05
_NOT_FOUND = -4.0
_WHOLE_NAME = 2.0
_WHOLE_NAME_SWAPPED = 1.5

FieldWeights = dict[str, dict[Level, float]]


def query_words(text: str) -> list[Word]:
    """The words of a question.

    Titles and words like Guidan are weak, they help but are not missed, unless there is nothing else.
    """
    words = list(tokens(text)[:MOST_QUERY_WORDS])
    marked = [word._replace(weak=word.weak or is_generic_place(word.normal)) for word in words]
    return words if all(word.weak for word in marked) else marked


def field_weights(form: str, scale: Scale) -> FieldWeights:
    """Bits for finding a word, by field and level.

    Its rarity anywhere in the index, near spellings included.
    """
    shares = scale.shares("any", form)
    shares[Level.WRITTEN] = shares[Level.SOUND]
    return {
        field: {
            level: max(-log2(shares[level]) - _SPELLING[level] - _ELSEWHERE[field], _LEAST)
            for level in _SPELLING
        }
        for field in WORD_FIELDS
    }


def _findings(
    words: list[Word], reading: Reading, weigh: dict[str, FieldWeights]
) -> list[tuple[float, int, str, int, Level]]:
    """Every way to find a word of the question in a reading, the best first."""
    found = []
    for asked, word in enumerate(words):
        for field in WORD_FIELDS:
            for place, held in enumerate(getattr(reading, field)):
                level = closeness(word.normal, held.normal)
                if level == Level.SOUND and held.written == word.written:
                    level = Level.WRITTEN
                if level > Level.NONE:
                    found.append((weigh[word.normal][field][level], asked, field, place, level))
    return sorted(
        found, key=lambda finding: (-finding[0], finding[1], WORD_FIELDS.index(finding[2]), finding[3])
    )


def explain(words: list[Word], reading: Reading, weigh: dict[str, FieldWeights]) -> Hit:
    """Set the words of the question against one reading, one to one, and say where each was found."""
    reasons: dict[int, Reason] = {}
    places: dict[int, int] = {}
    taken: set[tuple[str, int]] = set()
    for weight, asked, field, place, level in _findings(words, reading, weigh):
        if asked not in reasons and (field, place) not in taken:
            reasons[asked] = Reason(field, level.name.lower(), words[asked].written, weight)
            taken.add((field, place))
            places[asked] = place
    for asked, word in enumerate(words):
        if asked not in reasons and not word.weak:
            reasons[asked] = Reason("", "none", word.written, _NOT_FOUND)
    said = [reasons[asked] for asked in sorted(reasons)]
    if len(said) == len(words) == len(reading.own) and all(reason.field == "own" for reason in said):
        in_order = [places[asked] for asked in sorted(places)] == sorted(places.values())
        said.append(Reason("own", "whole", "", _WHOLE_NAME if in_order else _WHOLE_NAME_SWAPPED))
    return Hit(reading.key, sum(reason.weight for reason in said), tuple(said))


def rank(
    words: list[Word], readings: Iterable[Reading], weigh: dict[str, FieldWeights], limit: int
) -> list[Hit]:
    """The best hits; at the same score the shorter name, then the order of the keys."""
    found = []
    for reading in readings:
        hit = explain(words, reading, weigh)
        if hit.score > 0:
            found.append((-round(hit.score, 6), len(reading.own), str(hit.key), hit))
    return [hit for *_, hit in sorted(found, key=lambda ranked: ranked[:3])[:limit]]
