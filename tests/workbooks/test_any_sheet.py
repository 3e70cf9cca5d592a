"""Sheets of every shape: what was written is what is read, where it was written, and nothing more."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mafaka.workbooks.package import UnreadableWorkbook
from mafaka.workbooks.survey import LAST_COLUMN, column_letters, column_number, survey
from mafaka.workbooks.workbook import MOST_COLUMNS, Line, open_book
from mafaka.workbooks.written import written
from tests.registers.sheets import saved

FIRST, LAST = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001  a spreadsheet knows no zone

# What a spreadsheet can hold of a text: no control characters, and no formula.
texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
).filter(lambda text: not text.startswith("=") and text.strip())
values = st.one_of(
    texts,
    st.integers(-1_000_000, 1_000_000),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.datetimes(FIRST, LAST).map(lambda at: at.replace(second=0, microsecond=0)),
)
ROWS, COLUMNS = 12, 8
cells = st.dictionaries(
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)), values, min_size=1, max_size=25
)
boxes = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS), st.integers(0, 4), st.integers(0, 3))

Cells = dict[tuple[int, int], Any]


def sheet(filled: Cells) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Registre"
    for (row, column), value in filled.items():
        page.cell(row, column, value)
    return book, page


def lines_of(book: Workbook) -> tuple[Line, ...]:
    return open_book(saved(book)).grid("Registre").lines


def surveyed(xml: str) -> Any:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return survey(io.BytesIO(f"{head}{xml}</worksheet>".encode()))


# --- The grid


@settings(max_examples=40, deadline=None)
@given(cells)
def test_every_cell_is_read_where_it_was_written_and_no_other(filled: Cells) -> None:
    book, _page = sheet(filled)
    grid = open_book(saved(book)).grid("Registre")
    read = {
        (line.number, column): cell.text
        for line in grid.lines
        for column, cell in enumerate(line.cells, start=1)
        if cell.text
    }
    assert read == {place: written(value) for place, value in filled.items()}
    assert grid.width == max(column for _row, column in filled)
    assert all(len(line.cells) == grid.width for line in grid.lines)


@settings(max_examples=40, deadline=None)
@given(cells)
def test_a_book_counts_the_rows_that_are_filled(filled: Cells) -> None:
    book, _page = sheet(filled)
    opened = open_book(saved(book))
    assert [each.filled_rows for each in opened.sheets] == [len({row for row, _column in filled})]
    assert [line.number for line in opened.grid("Registre").lines] == sorted({row for row, _column in filled})


@settings(max_examples=40, deadline=None)
@given(cells, st.integers(1, ROWS))
def test_the_first_lines_are_the_beginning_of_all(filled: Cells, first: int) -> None:
    book, _page = sheet(filled)
    opened = open_book(saved(book))
    assert opened.grid("Registre", first=first).lines == opened.grid("Registre").lines[:first]


@settings(max_examples=40, deadline=None)
@given(cells, st.sets(st.integers(1, ROWS)))
def test_hidden_rows_are_those_that_were_hidden(filled: Cells, hidden: set[int]) -> None:
    book, page = sheet(filled)
    for row in hidden:
        page.row_dimensions[row].hidden = True
    for line in lines_of(book):
        assert line.hidden == (line.number in hidden)


@settings(max_examples=40, deadline=None)
@given(cells, boxes)
def test_a_merged_box_gives_its_first_value_to_all_of_its_rows_that_are_there(
    filled: Cells, box: tuple[int, int, int, int]
) -> None:
    top, left, down, across = box
    inside = [
        (row, column) for row in range(top, top + down + 1) for column in range(left, left + across + 1)
    ]
    lonely = {place: value for place, value in filled.items() if place not in inside} | {
        (top, left): "premier"
    }
    book, page = sheet(lonely)
    page.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + across)
    width = max(column for _row, column in lonely)
    for line in lines_of(book):
        for column, cell in enumerate(line.cells, start=1):
            place = (line.number, column)
            if place in inside and column <= width:
                expected = "" if place == (top, left) else "down" if column == left else "across"
                assert (cell.text, cell.merged) == ("premier", expected)
            else:
                assert (cell.text, cell.merged) == (written(lonely.get(place)), "")


@settings(max_examples=30, deadline=None)
@given(cells, st.sets(st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)), min_size=1, max_size=5))
def test_formulas_never_calculated_are_problems_and_hide_no_row(
    filled: Cells, places: set[tuple[int, int]]
) -> None:
    book, page = sheet({place: value for place, value in filled.items() if place not in places})
    for row, column in places:
        page.cell(row, column, "=A1+1")
    found = {
        (line.number, column)
        for line in lines_of(book)
        for column, cell in enumerate(line.cells, start=1)
        if cell.problem
    }
    assert found == places


def test_only_so_many_columns_are_read_and_more_are_refused_by_their_letter() -> None:
    book, _page = sheet({(1, column): "x" for column in range(1, MOST_COLUMNS + 1)})
    assert len(lines_of(book)[0].cells) == MOST_COLUMNS
    book, _page = sheet({(1, MOST_COLUMNS + 1): "x"})
    with pytest.raises(UnreadableWorkbook, match=column_letters(MOST_COLUMNS + 1)):
        lines_of(book)


# --- What a cell says


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" Ali ", " Ali "),
        (0, "0"),
        (-3, "-3"),
        (3.0, "3"),
        (3.25, "3.25"),
        (True, "VRAI"),
        (False, "FAUX"),
        (date(2022, 1, 5), "05/01/2022"),
        (datetime(2022, 1, 5), "05/01/2022"),  # noqa: DTZ001
        (datetime(2022, 1, 5, 0, 1), "05/01/2022 00:01"),  # noqa: DTZ001
        (float("inf"), "inf"),
    ],
)
def test_a_value_is_written_as_its_sheet_shows_it(value: object, text: str) -> None:
    assert written(value) == text


# --- The survey of a sheet


@given(st.integers(1, LAST_COLUMN))
def test_letters_and_numbers_of_columns_are_one_to_one(number: int) -> None:
    letters = column_letters(number)
    assert letters.isalpha()
    assert column_number(letters) == number


def test_cells_without_a_reference_stand_one_after_the_other() -> None:
    found = surveyed(
        "<sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    )
    assert (found.filled_rows, found.widest) == (2, 3)


def test_a_row_of_empty_cells_is_not_filled() -> None:
    found = surveyed('<sheetData><row r="4"><c r="A4" s="2"/><c r="B4"><v></v></c></row></sheetData>')
    assert (found.filled_rows, found.widest, found.uncalculated) == (0, 0, set())


def test_a_formula_is_uncalculated_only_without_a_value() -> None:
    calculated = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A9</f><v></v></c>'
    found = surveyed(f'<sheetData><row r="1">{calculated}<c r="C1"><f>1+1</f></c></row></sheetData>')
    assert found.uncalculated == {(1, 3)}
    assert (found.filled_rows, found.widest) == (1, 3)


def test_hidden_rows_and_merged_boxes_are_noted_with_their_numbers() -> None:
    rows = '<sheetData><row r="2" hidden="1"/><row r="3" hidden="true"/><row r="4" hidden="0"/></sheetData>'
    found = surveyed(rows + '<mergeCells><mergeCell ref="B2:C5"/><mergeCell ref="$D$1"/></mergeCells>')
    assert found.hidden == {2, 3}
    assert found.merged == [(2, 2, 5, 3), (1, 4, 1, 4)]


@pytest.mark.parametrize("reference", ["A0", "ZZZZ1", "1A", "", "A1048577", "XFE1", "a1"])
def test_a_place_outside_every_sheet_is_refused(reference: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        surveyed(f'<sheetData><row r="1"><c r="{reference}"><v>1</v></c></row></sheetData>')
    with pytest.raises(ValueError):  # noqa: PT011
        surveyed(f'<mergeCells><mergeCell ref="A1:{reference or "A0"}"/></mergeCells>')
