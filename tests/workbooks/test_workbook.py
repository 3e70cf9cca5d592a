"""The grid: row numbers as in the sheet, values as displayed, nothing lost in silence."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mafaka.registers.columns import best_sheet
from mafaka.workbooks import workbook
from mafaka.workbooks.package import UnreadableWorkbook
from mafaka.workbooks.survey import column_letters, column_number
from mafaka.workbooks.workbook import open_book
from tests.registers.sheets import HEADERS, ROW, edited, grid_of, saved, xlsx

MORNING = datetime(2022, 1, 5, 8, 30)  # noqa: DTZ001  a spreadsheet knows no zone
SHEET = "xl/worksheets/sheet1.xml"


def test_lines_keep_the_row_numbers_of_the_sheet_and_blank_ones_are_left_out() -> None:
    grid = grid_of(xlsx(["Titre"], [], HEADERS, ROW, [], ["", "  "], ROW))
    assert [line.number for line in grid.lines] == [1, 3, 4, 7]


def test_values_are_shown_as_in_the_sheet() -> None:
    grid = grid_of(xlsx(HEADERS, [9, 9.0, 9.5, date(2022, 1, 5), MORNING, True, " a "]))
    assert [cell.text for cell in grid.lines[1].cells] == [
        "9", "9", "9.5", "05/01/2022", "05/01/2022 08:30", "VRAI", " a ",
    ]  # fmt: skip


def test_a_formula_gives_its_calculated_value() -> None:
    content = edited(
        xlsx(HEADERS, [1, "=4+5"]),
        SHEET,
        lambda xml: xml.replace(b"<v />", b"<v>9</v>").replace(b"<v></v>", b"<v>9</v>"),
    )
    cell = grid_of(content).lines[1].cells[1]
    assert (cell.value, cell.text, cell.problem) == (9, "9", None)


def test_a_formula_never_calculated_is_a_problem_of_its_cell_and_not_an_empty_one() -> None:
    cell = grid_of(xlsx(HEADERS, [1, "=4+5"])).lines[1].cells[1]
    assert cell.text == ""
    assert "formule" in str(cell.problem)


def test_a_line_that_holds_only_an_uncalculated_formula_is_not_blank() -> None:
    assert [line.number for line in grid_of(xlsx(HEADERS, [], ["=A1"])).lines] == [1, 3]


def test_an_error_of_calculation_is_said() -> None:
    content = edited(
        xlsx(HEADERS, ["x"]),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row></sheetData>'
        ),
    )
    cell = grid_of(content).lines[2].cells[0]
    assert "#REF!" in str(cell.problem)


def test_a_merged_cell_gives_its_value_to_every_line_and_says_so() -> None:
    def merge(page: Worksheet) -> None:
        page.merge_cells("B2:B3")

    grid = grid_of(xlsx(HEADERS, ROW, [2, None, "Issa Ali"], change=merge))
    cell = grid.lines[2].cells[1]
    assert (cell.text, cell.merged) == ("05/01/2022", "down")


def test_a_cell_merged_across_is_marked_as_such() -> None:
    grid = grid_of(xlsx(["Registre"], HEADERS, ROW, change=lambda page: page.merge_cells("A1:G1")))
    assert [cell.merged for cell in grid.lines[0].cells] == [""] + ["across"] * 6


def test_a_merge_of_the_whole_sheet_does_not_fill_a_million_rows() -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    grid = grid_of(edited(xlsx(HEADERS, ROW, ROW), SHEET, lambda xml: xml.replace(b"</sheetData>", merged)))
    assert len(grid.lines) == 3


def test_merges_laid_over_one_another_without_end_are_refused() -> None:
    box = b'<mergeCell ref="A1:CV5000"/>'
    lines = [["x"] * 100 for _ in range(100)]
    merged = b"</sheetData><mergeCells>" + box * 100 + b"</mergeCells>"
    with pytest.raises(UnreadableWorkbook, match="fusionnées"):
        grid_of(edited(xlsx(*lines), SHEET, lambda xml: xml.replace(b"</sheetData>", merged)))


def test_hidden_lines_are_kept_and_marked() -> None:
    def hide(page: Worksheet) -> None:
        page.row_dimensions[2].hidden = True

    assert [line.hidden for line in grid_of(xlsx(HEADERS, ROW, ROW, change=hide)).lines] == [
        False,
        True,
        False,
    ]


def test_fifty_thousand_lines_are_refused_with_their_number() -> None:
    line = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    content = edited(
        xlsx(HEADERS), SHEET, lambda xml: xml.replace(b"</sheetData>", line * 50_000 + b"</sheetData>")
    )
    book = open_book(content)
    with pytest.raises(UnreadableWorkbook) as refusal:
        book.grid("Registre")
    assert "50001" in refusal.value.sentence
    assert "5000" in refusal.value.sentence


def test_too_many_columns_are_refused_with_the_last_one() -> None:
    with pytest.raises(UnreadableWorkbook, match="CW"):
        grid_of(xlsx(HEADERS, ["x"] * (workbook.MOST_COLUMNS + 1)))


def test_a_wrong_declared_size_hides_nothing() -> None:
    content = edited(xlsx(HEADERS, ROW, ROW), SHEET, lambda xml: xml.replace(b'ref="A1:G3"', b'ref="A1"'))
    grid = grid_of(content)
    assert (len(grid.lines), grid.width) == (3, 7)


def test_one_stray_cell_at_the_bottom_of_the_sheet_does_no_harm() -> None:
    grid = grid_of(xlsx(HEADERS, ROW, change=lambda page: page.cell(1_048_576, 1, "x")))
    assert [line.number for line in grid.lines] == [1, 2, 1_048_576]


def test_a_row_number_beyond_the_sheet_is_refused() -> None:
    content = edited(
        xlsx(HEADERS, ROW), SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"')
    )
    with pytest.raises(UnreadableWorkbook):
        open_book(content)


def test_a_workbook_without_a_filled_row_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook, match="aucune ligne"):
        open_book(xlsx())


def test_the_sheet_that_looks_like_a_register_is_proposed_and_any_may_be_taken() -> None:
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "Notes"
    for number in range(40):
        notes.append([f"remarque {number}"])
    page = book.create_sheet("Entrées 2022")
    page.append(HEADERS)
    page.append(ROW)
    old = book.create_sheet("Ancien")
    old.append(HEADERS)
    old.sheet_state = "hidden"
    opened = open_book(saved(book))
    assert best_sheet(opened) == "Entrées 2022"
    assert [(sheet.name, sheet.hidden) for sheet in opened.sheets] == [
        ("Notes", False), ("Entrées 2022", False), ("Ancien", True),
    ]  # fmt: skip
    assert len(opened.grid("Notes").lines) == 40
    with pytest.raises(UnreadableWorkbook, match="Absente"):
        opened.grid("Absente")


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")]
)
def test_columns_are_counted_as_spreadsheets_do(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters) == number
