"""The bulk of the index in columns: words as numbers, one array per field, and for each word the rows that hold it.

A hundred thousand people are some tens of megabytes so, and a question touches only the rows of the words that are near its own.
A table never changes, except that a row can be struck out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from mafaka.matching.entry import WORD_FIELDS, Key, Reading
from mafaka.matching.normalise import Word

Rows = npt.NDArray[np.int32]


class Ragged:
    """Numbers per row, any count of them; and the way back, from a number to its rows."""

    def __init__(self, lists: Sequence[Sequence[int]], distinct: int) -> None:
        lengths = np.fromiter(map(len, lists), np.int64, len(lists))
        self.start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        self.numbers = np.fromiter(chain.from_iterable(lists), np.int32, int(self.start[-1]))
        order = np.argsort(self.numbers, kind="stable")
        self._rows = np.repeat(np.arange(len(lists), dtype=np.int32), lengths)[order]
        counts = np.bincount(self.numbers, minlength=distinct)
        self._first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def of(self, row: int) -> list[int]:
        """The numbers of a row."""
        return self.numbers[self.start[row] : self.start[row + 1]].tolist()

    def rows(self, number: int) -> Rows:
        """The rows that hold a number, in order."""
        return self._rows[self._first[number] : self._first[number + 1]]


class _Numbers:
    """Gives each distinct value a number, in order of appearance."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def take(self, values: Iterable[Any]) -> list[int]:
        return [self.of.setdefault(value, len(self.of)) for value in values]


class Table:
    """Readings in columns."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        words, villages, communes = _Numbers(), _Numbers(), _Numbers()
        lists = {field: [words.take(getattr(reading, field)) for reading in readings] for field in WORD_FIELDS}
        self.keys: list[Key] = [reading.key for reading in readings]
        self.row_of: dict[Key, int] = {key: row for row, key in enumerate(self.keys)}
        self.words: list[Word] = list(words.of)
        self.fields = {field: Ragged(lists.pop(field), len(self.words)) for field in WORD_FIELDS}
        of_rows = [villages.take([reading.village] if reading.village else []) for reading in readings]
        self._village_numbers: dict[str, int] = villages.of
        self._villages: list[str] = list(villages.of)
        self._village_rows = Ragged(of_rows, len(self._villages))
        self.communes = np.array(communes.take(reading.commune for reading in readings), np.int32)
        self.commune_numbers: dict[str, int] = communes.of
        self._commune_codes: list[str] = list(communes.of)
        self.years = np.array([reading.birth_year for reading in readings], np.int16)
        self.sexes = np.array([ord(reading.sex[0]) if reading.sex else 0 for reading in readings], np.uint8)
        self.standing = np.ones(len(readings), bool)
        self._spellings: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            self._spellings.setdefault(word.normal, []).append(number)

    def __len__(self) -> int:
        return len(self.keys)

    def spellings(self, form: str) -> list[int]:
        """The numbers of the words whose normal form is this."""
        return self._spellings.get(form, [])

    def rows_of_village(self, village: str) -> Rows:
        """The rows of one village."""
        number = self._village_numbers.get(village)
        return self._village_rows.rows(number) if number is not None else np.empty(0, np.int32)

    def reading(self, row: int) -> Reading:
        """The reading that was put in at this row."""
        sex = {0: "", ord("m"): "male", ord("f"): "female"}[int(self.sexes[row])]
        names = {field: tuple(self.words[number] for number in self.fields[field].of(row)) for field in WORD_FIELDS}
        villages = self._village_rows.of(row)
        return Reading(
            key=self.keys[row],
            village=self._villages[villages[0]] if villages else "",
            commune=self._commune_codes[self.communes[row]],
            birth_year=int(self.years[row]),
            sex=sex,
            **names,
        )
