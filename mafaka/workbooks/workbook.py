"""An uploaded workbook as a grid of cells, each with the row number that its author sees in the sheet."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mafaka.workbooks.package import UnreadableWorkbook, open_package
from mafaka.workbooks.survey import Box, Survey, column_letters, survey
from mafaka.workbooks.written import written

MOST_ROWS = 5_000
TITLE_ROOM = 30  # lines that may stand above the data: titles, headers
MOST_COLUMNS = 100
MOST_SHEETS = 50
MOST_FILLED_CELLS = 200_000
LONGEST_CELL = 32_767  # no spreadsheet writes more into one

_FAULTS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, ArithmeticError,
    ParseError, ExpatError, InvalidFileException, zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value, its text as displayed, and what is wrong with it, if anything.

    `merged` says that the value comes from a merged cell: "down" from above, "across" from the left.
    """

    value: Any = None
    text: str = ""
    problem: str | None = None
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet that is not blank."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet without its blank rows; every line has `width` cells."""

    sheet: str
    lines: tuple[Line, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook and how many of its rows are filled."""

    name: str
    filled_rows: int
    hidden: bool


class Book:
    """A workbook that was found sound. `sheets` are those that hold something, in their order."""

    def __init__(self, content: bytes, surveys: dict[str, Survey], sheets: tuple[Sheet, ...]) -> None:
        self._content = content
        self._surveys = surveys
        self.sheets = sheets

    def grid(self, sheet: str, *, first: int | None = None) -> Grid:
        """The cells of a sheet, or of its `first` filled rows; raises UnreadableWorkbook when it is too large."""
        facts = self._surveys.get(sheet)
        if facts is None:
            raise UnreadableWorkbook(
                _("La feuille « {sheet} » n’est pas dans ce classeur.").format(sheet=sheet)
            )
        if first is None:
            _check_size(sheet, facts)
        width = min(facts.widest, MOST_COLUMNS)
        lines: list[Line] = []
        try:
            for line in _lines(self._content, sheet, facts, width):
                lines.append(line)
                if first is not None and len(lines) >= first:
                    break
        except _FAULTS as damage:
            raise UnreadableWorkbook(_unreadable()) from damage
        return Grid(sheet, tuple(_with_merged(lines, facts.merged)), width)


def open_book(content: bytes) -> Book:
    """Open an uploaded file; raises UnreadableWorkbook with a sentence that says what to do."""
    package = open_package(content)
    surveys: dict[str, Survey] = {}
    sheets: list[Sheet] = []
    try:
        for source in _load(content).worksheets[:MOST_SHEETS]:
            # The only way to know which member holds a sheet without reading the relations a second time.
            with package.open(source._worksheet_path) as stream:
                facts = survey(stream)
            if facts.filled_rows:
                surveys[source.title] = facts
                sheets.append(Sheet(source.title, facts.filled_rows, source.sheet_state != "visible"))
    except _FAULTS as damage:
        raise UnreadableWorkbook(_unreadable()) from damage
    if not sheets:
        raise UnreadableWorkbook(
            _("Le classeur ne contient aucune ligne remplie. Choisissez le classeur du registre.")
        )
    return Book(content, surveys, tuple(sheets))


def _unreadable() -> str:
    return _(
        "Le classeur ne peut pas être lu. Ouvrez-le dans le tableur, enregistrez-le de nouveau, puis recommencez."
    )


def _load(content: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that do not concern us
        return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def _check_size(sheet: str, facts: Survey) -> None:
    if facts.filled_rows > MOST_ROWS + TITLE_ROOM:
        sentence = _(
            "La feuille « {sheet} » a {rows} lignes remplies : {limit} au plus. Partagez-la en plusieurs classeurs."
        )
        raise UnreadableWorkbook(sentence.format(sheet=sheet, rows=facts.filled_rows, limit=MOST_ROWS))
    if facts.widest > MOST_COLUMNS:
        sentence = _(
            "La feuille « {sheet} » va jusqu’à la colonne {last} ({columns}) : {limit} colonnes au plus. "
            "Retirez les autres."
        )
        last = column_letters(facts.widest)
        columns = facts.widest
        raise UnreadableWorkbook(sentence.format(sheet=sheet, last=last, columns=columns, limit=MOST_COLUMNS))


def _lines(content: bytes, sheet: str, facts: Survey, width: int) -> Iterator[Line]:
    book = _load(content)
    source = book[sheet]
    source.reset_dimensions()  # the declared size of a sheet is often wrong
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in enumerate(source.iter_rows(), start=1):
            if not row:
                continue
            cells = tuple(
                _cell(cell, (number, column) in facts.uncalculated)
                for column, cell in enumerate(row[:width], start=1)
            )
            if any(cell.text.strip() or cell.problem for cell in cells):
                missing = (Cell(),) * (width - len(cells))
                yield Line(number, cells + missing, number in facts.hidden)


def _cell(cell: Any, uncalculated: bool) -> Cell:
    if uncalculated:
        problem = _(
            "Cette cellule contient une formule jamais calculée : ouvrez le classeur et enregistrez-le."
        )
        return Cell(problem=problem)
    text = written(cell.value)
    if len(text) > LONGEST_CELL:
        raise ValueError(len(text))
    if cell.data_type == "e":
        return Cell(
            text=text, problem=_("Cette cellule contient une erreur de calcul : {error}.").format(error=text)
        )
    return Cell(cell.value, text)


def _with_merged(lines: list[Line], boxes: list[Box]) -> list[Line]:
    """Give every cell of a merged box the value of its first; only lines that are there, never more."""
    place_of = {line.number: place for place, line in enumerate(lines)}
    rows = [list(line.cells) for line in lines]
    filled = 0
    for top, left, bottom, right in boxes:
        first = place_of.get(top)
        if first is None or left > len(rows[first]):
            continue
        source = rows[first][left - 1]
        # Lines are in order: walk on from the first one rather than along the box, which may be a million rows high.
        for place in range(first, len(lines)):
            if lines[place].number > bottom:
                break
            for column in range(left, min(right, len(rows[place])) + 1):
                if (place, column) != (first, left):
                    merged = "down" if column == left else "across"
                    rows[place][column - 1] = Cell(source.value, source.text, source.problem, merged)
                    filled += 1
        if filled > MOST_FILLED_CELLS:
            raise UnreadableWorkbook(
                _("La feuille a trop de cellules fusionnées. Annulez les fusions, puis recommencez.")
            )
    return [Line(line.number, tuple(cells), line.hidden) for line, cells in zip(lines, rows, strict=True)]
