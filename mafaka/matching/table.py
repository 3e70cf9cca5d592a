"""The bulk of the index in columns: words as numbers, one array per field, the rows of each word.

A hundred thousand people are some tens of megabytes so, and a question touches only the rows of the words
that are near its own. A table never changes, except that a row can be struck out.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mafaka.matching.entry import WORD_FIELDS, Key, Reading
from mafaka.matching.normalise import Word

Rows = npt.NDArray[np.int32]
_SEXES = ("", "male", "female")


class Ragged:
    """Numbers per row, any count of them; and the way back, from a number to its rows."""

    def __init__(self, numbers: array[int], lengths: array[int], distinct: int) -> None:
        counts = np.frombuffer(lengths, np.uint8) if lengths else np.empty(0, np.uint8)
        self.start = np.concatenate([[0], np.cumsum(counts, dtype=np.int32)]).astype(np.int32)
        self.numbers = np.array(numbers, np.int32)
        order = np.argsort(self.numbers, kind="stable")
        self._rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
        self._first = np.concatenate([[0], np.cumsum(np.bincount(self.numbers, minlength=distinct))]).astype(
            np.int32
        )

    def of(self, row: int) -> list[int]:
        """The numbers of a row."""
        return list(map(int, self.numbers[self.start[row] : self.start[row + 1]]))

    def rows(self, number: int) -> Rows:
        """The rows that hold a number, in order."""
        return self._rows[self._first[number] : self._first[number + 1]]


class _Column:
    """A ragged column while it grows. Several columns may share one numbering of values."""

    def __init__(self, numbering: dict[Any, int]) -> None:
        self.numbering = numbering
        self._numbers = array("i")
        self._lengths = array("B")

    def append(self, values: Sequence[Any]) -> None:
        numbering = self.numbering
        self._numbers.extend(numbering.setdefault(value, len(numbering)) for value in values[:255])
        self._lengths.append(min(len(values), 255))

    def done(self) -> Ragged:
        return Ragged(self._numbers, self._lengths, len(self.numbering))


class Table:
    """Readings in columns. They are taken one by one, so that they need never be in memory all at once."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        numbering: dict[Word, int] = {}
        names = {field: _Column(numbering) for field in WORD_FIELDS}
        villages, communes, years, sexes = _Column({}), _Column({}), array("h"), array("B")
        self.keys: list[Key] = []
        for reading in readings:
            self.keys.append(reading.key)
            for field, column in names.items():
                column.append(getattr(reading, field))
            villages.append((reading.village,) if reading.village else ())
            communes.append((reading.commune,))
            years.append(reading.birth_year)
            sexes.append(_SEXES.index(reading.sex))
        self.row_of: dict[Key, int] = {key: row for row, key in enumerate(self.keys)}
        self.words: list[Word] = list(numbering)
        self.fields = {field: column.done() for field, column in names.items()}
        self._villages, self._village_numbers = villages.done(), villages.numbering
        self._village_names: list[str] = list(villages.numbering)
        self.communes, self.commune_numbers = communes.done().numbers, communes.numbering
        self._commune_codes: list[str] = list(communes.numbering)
        self.years, self.sexes = np.array(years, np.int16), np.array(sexes, np.uint8)
        self.standing = np.ones(len(self.keys), bool)
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
        return self._villages.rows(number) if number is not None else np.empty(0, np.int32)

    def of_other_sex(self, sex: str) -> npt.NDArray[np.bool_]:
        """For each row whether its sex is known and is not this one."""
        return np.asarray((self.sexes > 0) & (self.sexes != _SEXES.index(sex)), np.bool_)

    def reading(self, row: int) -> Reading:
        """The reading that was put in at this row."""
        names = {
            field: tuple(self.words[number] for number in self.fields[field].of(row)) for field in WORD_FIELDS
        }
        villages = self._villages.of(row)
        return Reading(
            key=self.keys[row],
            village=self._village_names[villages[0]] if villages else "",
            commune=self._commune_codes[self.communes[row]],
            birth_year=int(self.years[row]),
            sex=_SEXES[self.sexes[row]],
            **names,
        )
