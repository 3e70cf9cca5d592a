"""What openpyxl's fast reader does not tell of a sheet: filled and hidden rows, merged cells, uncalculated formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")

Box = tuple[int, int, int, int]  # first row, first column, last row, last column; all counted from 1


@dataclass
class Survey:
    """Facts about one sheet; rows and columns are counted from 1."""

    filled_rows: int = 0
    widest: int = 0
    hidden: set[int] = field(default_factory=set)
    merged: list[Box] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.match(reference)
    row, column = (int(found[2]), column_number(found[1])) if found else (0, 0)
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ValueError(reference)
    return row, column


class _Surveyor:
    """Follows the elements of a sheet in the order of the file."""

    def __init__(self) -> None:
        self.survey = Survey()
        self.row = self.column = 0
        self.row_is_filled = self.has_formula = self.has_value = self.in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                if not 1 <= self.row <= LAST_ROW:
                    raise ValueError(self.row)
                self.column, self.row_is_filled = 0, False
                if attributes.get("hidden") in {"1", "true"}:
                    self.survey.hidden.add(self.row)
            case "c":
                self.column = _place(attributes["r"])[1] if "r" in attributes else self.column + 1
                if self.column > LAST_COLUMN:
                    raise ValueError(self.column)
                self.has_formula = False
                self.has_value = attributes.get("t") == "str"  # a text calculated as empty is a value
            case "v" | "is":
                self.in_value = True
            case "f":
                self.has_formula = True
            case "mergeCell":
                first, _, last = attributes["ref"].partition(":")
                self.survey.merged.append((*_place(first), *_place(last or first)))

    def text(self, text: str) -> None:
        if self.in_value and text:
            self.has_value = True

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v" | "is":
                self.in_value = False
            case "c" if self.has_value or self.has_formula:
                self.row_is_filled = True
                self.survey.widest = max(self.survey.widest, self.column)
                if not self.has_value:
                    self.survey.uncalculated.add((self.row, self.column))
            case "row" if self.row_is_filled:
                self.survey.filled_rows += 1


def survey(sheet: IO[bytes]) -> Survey:
    """Go through the XML of a sheet once; raises ValueError, KeyError or ExpatError when it is not one."""
    surveyor = _Surveyor()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = surveyor.start
    parser.EndElementHandler = surveyor.end
    parser.CharacterDataHandler = surveyor.text
    parser.ParseFile(sheet)
    return surveyor.survey
