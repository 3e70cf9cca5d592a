"""The few hundred rows of a table that deserve to be looked at one by one.

Every row gets a rough score, the sum of the best weight that each word of the question finds in it; the exact
weighing comes after. All arrays are local to the question: two readers never share one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from mafaka.matching.closeness import Level
from mafaka.matching.entry import Among, Key, Reading
from mafaka.matching.frequencies import Scale
from mafaka.matching.normalise import Word
from mafaka.matching.table import Rows, Table

Scores = npt.NDArray[np.float32]

# Where a word of one field may stand in the other record, and what share of its weight it is worth there.
_CROSSINGS = (
    ("own", "own", 1.0),
    ("own", "father", 0.5),
    ("own", "other", 0.5),
    ("father", "father", 1.0),
    ("father", "own", 0.4),
    ("mother", "mother", 1.0),
    ("other", "own", 0.5),
    ("other", "other", 0.5),
)


def rows_by_level(table: Table, field: str, word: Word, near: Mapping[str, Level]) -> dict[Level, Rows]:
    """The rows that hold in this field a word near to the one given, by level.

    A row comes twice when it holds two such words.
    """
    found: dict[Level, list[Rows]] = {}
    ragged = table.fields[field]
    for form, level in near.items():
        for number in table.spellings(form):
            written = level == Level.SOUND and table.words[number].written == word.written
            rows = ragged.rows(number)
            if len(rows):
                found.setdefault(Level.WRITTEN if written else level, []).append(rows)
    return {level: np.concatenate(parts) for level, parts in found.items()}


def best_of(size: int, weighted: Iterable[tuple[float, Rows]]) -> Scores:
    """For every row the greatest of the weights that it is given, 0 where it is given none."""
    best = np.zeros(size, np.float32)
    for weight, rows in sorted(weighted, key=lambda pair: pair[0]):
        best[rows] = weight
    return best


def strongest(scores: Scores, most: int) -> list[int]:
    """The rows with the highest scores above zero, at most so many."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > 20 * most:  # partial sorting is slow on many equal low scores: cut them off first
        rows = rows[scores[rows] > 0.3 * scores.max()]
    if len(rows) > most:
        rows = rows[np.argpartition(-scores[rows], most)[:most]]
    return [int(row) for row in rows]


def strongest_among(scores: Scores, most: int, keys: Sequence[Key], among: Among | None) -> list[int]:
    """The strongest rows whose keys count, asked for in batches that grow until there are enough."""
    if among is None:
        return strongest(scores, most)
    found: list[int] = []
    left, size = scores.copy(), most
    while len(found) < most and (rows := strongest(left, size)):
        counting = among([keys[row] for row in rows])
        found += [row for row in rows if keys[row] in counting]
        left[rows] = 0
        size *= 10
    return sorted(found, key=lambda row: -float(scores[row]))[:most]


def for_words(
    table: Table,
    words: Iterable[Word],
    weigh: Mapping[str, Mapping[str, Mapping[Level, float]]],
    scale: Scale,
) -> Scores:
    """Score every row for the search box, 0 when struck out; `weigh[form][field][level]` in bits.

    A word asked for twice must be found twice.
    """
    total = np.zeros(len(table), np.float32)
    for word, times in Counter(words).items():
        near = scale.vocabulary.near(word.normal)
        weighted = []
        held = np.zeros(len(table), np.int16)
        for field, weights in weigh[word.normal].items():
            for level, rows in rows_by_level(table, field, word, near).items():
                weighted.append((weights[level], rows))
                if times > 1:
                    np.add.at(held, rows, 1)
        best = best_of(len(table), weighted)
        total += best if times == 1 else best * np.minimum(held, times)
    return np.where(table.standing, total, 0)


def for_person(table: Table, reading: Reading, scale: Scale) -> Scores:
    """Score every row that may be the same person as a reading: some name of theirs must be near."""
    total = np.zeros(len(table), np.float32)
    for mine, theirs, worth in _CROSSINGS:
        for word in getattr(reading, mine):
            weights = scale.name("own" if mine == "other" else mine, word.normal)
            levels = rows_by_level(table, theirs, word, scale.vocabulary.near(word.normal))
            near = [(weights[level] * worth, rows) for level, rows in levels.items() if level >= Level.NEAR]
            total += best_of(len(table), [(weight, rows) for weight, rows in near if weight > 0])
    named = total > 0
    _add_place(total, table, reading, scale)
    _add_age_and_sex(total, table, reading)
    return np.where(named & table.standing, total, 0)


def _add_place(total: Scores, table: Table, reading: Reading, scale: Scale) -> None:
    if reading.village:
        weights = scale.name("village", reading.village)
        near = scale.vocabulary.near(reading.village).items()
        places = [(weights[level], table.rows_of_village(village)) for village, level in near]
        total += best_of(len(table), places)
    number = table.commune_numbers.get(reading.commune)
    if reading.commune and number is not None:
        _, weight = scale.commune(reading.commune, reading.commune)
        total[table.communes == number] += min(weight, 5.0)


def _add_age_and_sex(total: Scores, table: Table, reading: Reading) -> None:
    """Roughly what the exact weighing will say: estimated ages forgive a little, another sex hardly."""
    if reading.birth_year:
        apart = np.abs(table.years - np.int16(reading.birth_year))
        total -= np.where(table.years > 0, np.where(apart > 5, 5.0, apart * 0.4), 0.0).astype(np.float32)
    if reading.sex:
        total[table.of_other_sex(reading.sex)] -= 5.0
