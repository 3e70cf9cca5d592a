"""Registers between two pages: which sheet, which columns, which marks, and how long they stay in memory."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mafaka.exchange import reading
from mafaka.exchange.reading import MOST_KEPT, Register, day_of, mapping_of, read_file, signature
from tests.conftest import TODAY
from tests.exchange.conftest import WIDE, line
from tests.registers.sheets import saved, xlsx

ROWS = [line(1, "Ali Moustapha"), line(2, "Rabi Sani", sex="F"), ["Total", "", "", 2]]


def read(*rows: Any, headers: Any = WIDE, **options: Any) -> Register:
    asked: dict[str, Any] = {"name": "registre.xlsx", "sheet": None, "chosen": {}, "today": TODAY} | options
    return read_file(asked.pop("content", None) or xlsx(headers, *rows), **asked)


def two_sheets() -> bytes:
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "Notes"
    notes.append(["Nom", "Date d'entrée"])
    page = book.create_sheet("Entrées")
    page.append(list(WIDE))
    page.append(ROWS[0])
    return saved(book)


# --- What is read


def test_rows_and_lines_that_are_nobody_each_have_their_mark() -> None:
    register = read(*ROWS)
    assert len(register.rows) == len(register.marks) == 2
    assert len(register.skipped) == len(register.skipped_marks) == 1
    assert len({*register.marks, *register.skipped_marks}) == 3
    assert register.place_of == {2: 0, 3: 1}


@pytest.mark.parametrize(("sheet", "place"), [(None, 1), (0, 0), (1, 1), (7, 1)])
def test_the_likeliest_sheet_is_read_unless_one_is_asked_for(sheet: int | None, place: int) -> None:
    register = read(content=two_sheets(), sheet=sheet)
    assert register.sheets == ("Notes", "Entrées")
    assert register.sheet == place


def test_a_mark_tells_nothing_of_its_row_and_is_the_same_in_every_copy() -> None:
    one, other = read(*ROWS), read(ROWS[1], ROWS[0])
    assert set(one.marks) == set(other.marks)
    for mark in one.marks:
        assert len(mark) == 64
        assert int(mark, 16)


def test_the_second_of_two_equal_lines_has_a_mark_of_its_own() -> None:
    register = read(ROWS[0], ROWS[0], ROWS[2], ROWS[2])
    assert len(set(register.marks)) == len(set(register.skipped_marks)) == 2


def test_a_settled_column_is_read_as_settled_and_one_that_is_gone_does_no_harm() -> None:
    register = read(*ROWS, chosen={"L": "remarks", "D": "", "ZZ": "sex"})
    assert mapping_of(register.columns)["L"] == "remarks"
    assert [row.sex for row in register.rows] == ["unknown", "unknown"]
    assert [row.remarks for row in register.rows] == ["1,20 m", "1,20 m"]


def test_settling_the_columns_leaves_the_marks_as_they_were() -> None:
    assert read(*ROWS).marks == read(*ROWS, chosen={"L": "remarks", "D": ""}).marks


def test_days_after_today_are_not_read() -> None:
    [row, _other] = read(*ROWS, today=date(2022, 1, 10)).rows
    assert (row.arrived_on, row.left_on) == (date(2022, 1, 5), None)


def test_the_words_of_a_row_are_given_as_they_were_written() -> None:
    register = read(line(1, "  ALI   Moustapha ", by="Police/BPM"))
    [row] = register.rows
    assert register.written(row, "brought_by") == "Police/BPM"
    assert register.written(row, "name") == "ALI   Moustapha"
    assert register.written(row, "mother") == ""


# --- The form of a register


def test_a_signature_is_of_the_headers_and_not_of_the_people() -> None:
    assert signature(read(*ROWS).columns) == signature(read(line(9, "Sani Garba")).columns)


@pytest.mark.parametrize("headers", [[*WIDE[:-1], "Poids"], [*WIDE[1:], WIDE[0]], [*WIDE, "Photo"]])
def test_other_headers_are_another_form(headers: list[str]) -> None:
    rows = [[f"{n}" for n in range(len(headers))]]
    assert signature(read(*rows, headers=headers).columns) != signature(read(*ROWS).columns)


def test_case_and_accents_of_the_headers_are_no_other_form() -> None:
    loud = [header.upper().replace("É", "E") for header in WIDE]
    assert signature(read(*ROWS, headers=loud).columns) == signature(read(*ROWS).columns)


# --- Which day it is


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 10, 12, 22, 59, tzinfo=UTC), date(2026, 10, 12)),
        (datetime(2026, 10, 12, 23, 0, tzinfo=UTC), date(2026, 10, 13)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_is_that_of_the_centre(at: datetime, day: date) -> None:
    assert day_of(at) == day


# --- In memory


def batch(number: int) -> Any:
    return SimpleNamespace(pk=number)


@given(st.lists(st.integers(1, 20), max_size=8, unique=True))
def test_only_the_last_few_registers_are_kept(numbers: list[int]) -> None:
    kept = reading._Kept()
    for number in numbers:
        kept.put((number, "key"), number)  # type: ignore[arg-type]
    found = [number for number in numbers if kept.get((number, "key")) is not None]
    assert found == numbers[-MOST_KEPT:]


def test_a_register_that_is_looked_at_stays_longer() -> None:
    kept = reading._Kept()
    for number in range(MOST_KEPT):
        kept.put((number, "key"), number)  # type: ignore[arg-type]
    assert kept.get((0, "key")) == 0
    kept.put((99, "key"), 99)  # type: ignore[arg-type]
    assert kept.get((0, "key")) == 0
    assert kept.get((1, "key")) is None


def test_a_register_is_forgotten_with_all_its_versions_and_no_other() -> None:
    kept = reading._Kept()
    kept.put((1, "one sheet"), "a")  # type: ignore[arg-type]
    kept.put((1, "another"), "b")  # type: ignore[arg-type]
    kept.put((2, "one sheet"), "c")  # type: ignore[arg-type]
    kept.forget(batch(1))
    assert [kept.get((1, "one sheet")), kept.get((1, "another")), kept.get((2, "one sheet"))] == [
        None,
        None,
        "c",
    ]
