"""Whatever a register holds: every row comes out, nothing written is lost, nothing is guessed, no order matters."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.locations import gazetteer
from mafaka.registers.codes import BROUGHT_BY, FIELDS, NEEDS
from mafaka.registers.columns import Mapping, guess
from mafaka.registers.readrow import ReadRow
from mafaka.registers.rows import Reading, fingerprints, read
from mafaka.registers.values import parse_sex
from mafaka.workbooks.workbook import Grid, Line
from tests.registers import strange
from tests.registers.strange import HEADERS, SEX, grid

MAPPING: Mapping = guess(grid(("1", "x", "x", "x", "x", "x", "x", "x", "x", "x")))
Lines = list[tuple[Any, ...]]


def reading(lines: Lines) -> Reading:
    return read(grid(*lines), MAPPING, places=gazetteer)


def test_the_columns_of_these_registers_are_known() -> None:
    assert [column.field for column in MAPPING.columns] == [
        "number", "arrived_on", "name", "sex", "age", "origin", "brought_by", "needs", "left_on", None,
    ]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(strange.rows)
def test_every_line_is_a_person_or_set_aside_with_its_reason_or_blank(lines: Lines) -> None:
    found = reading(lines)
    filled = [line.number for line in grid(*lines).lines if line.number > 1]
    assert sorted([row.row_number for row in (*found.rows, *found.skipped)]) == filled
    assert all(line.reason for line in found.skipped)
    last = max(filled, default=1)
    assert len(found.rows) + len(found.skipped) + found.blank == last - 1


@settings(max_examples=80, deadline=None)
@given(strange.rows)
def test_all_that_was_written_of_a_person_is_kept_word_for_word(lines: Lines) -> None:
    of_number = {line.number: line for line in grid(*lines).lines}
    for row in reading(lines).rows:
        texts = [cell.text for cell in of_number[row.row_number].cells]
        assert row.raw == {header: text for header, text in zip(HEADERS, texts, strict=True) if text.strip()}
        assert row.others == {header: text for header, text in row.raw.items() if header == "Taille"}


@settings(max_examples=80, deadline=None)
@given(strange.rows)
def test_what_is_read_is_lawful_or_absent(lines: Lines) -> None:
    for row in reading(lines).rows:
        assert row.sex in {"male", "female", "unknown"}
        assert row.brought_by in {None, *BROUGHT_BY}
        assert set(row.needs) <= set(NEEDS)
        assert row.origin is None or row.origin.pcode is None or gazetteer.place(row.origin.pcode)
        assert not (row.arrived_on and row.left_on and row.left_on < row.arrived_on)
        assert row.name == row.name.strip()


@settings(max_examples=80, deadline=None)
@given(strange.rows)
def test_a_row_is_blocked_exactly_when_its_name_or_its_arrival_is_missing(lines: Lines) -> None:
    for row in reading(lines).rows:
        assert row.blocked == (not row.name or row.arrived_on is None)
        assert {problem.field for problem in row.problems if problem.blocking} <= {"name", "arrived_on"}


@settings(max_examples=80, deadline=None)
@given(strange.rows)
def test_every_problem_names_a_field_and_says_a_sentence(lines: Lines) -> None:
    for row in reading(lines).rows:
        for problem in row.problems:
            assert problem.field in FIELDS
            assert problem.sentence.endswith((".", "?"))


@settings(max_examples=80, deadline=None)
@given(st.lists(strange.people, max_size=8))
def test_the_sex_of_a_row_is_that_of_its_cell_whatever_the_name(lines: Lines) -> None:
    for row in reading(lines).rows:
        assert row.sex == parse_sex(lines[row.row_number - 2][SEX]).value


def content(row: ReadRow) -> tuple[object, ...]:
    """A row without the place where it stands."""
    return (
        row.name,
        row.sex,
        row.age,
        row.arrived_on,
        row.left_on,
        row.origin,
        row.brought_by,
        row.needs,
        row.number,
    )


@settings(max_examples=60, deadline=None)
@given(strange.rows, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing_in_them(lines: Lines, chance: Any) -> None:
    turned = list(lines)
    chance.shuffle(turned)
    one, other = reading(lines), reading(turned)
    assert Counter(map(content, one.rows)) == Counter(map(content, other.rows))
    assert Counter(line.text for line in one.skipped) == Counter(line.text for line in other.skipped)


@settings(max_examples=60, deadline=None)
@given(strange.rows, st.randoms(use_true_random=False))
def test_marks_follow_the_rows_wherever_they_stand_and_are_all_different(lines: Lines, chance: Any) -> None:
    turned = list(lines)
    chance.shuffle(turned)
    one, other = fingerprints(reading(lines).rows), fingerprints(reading(turned).rows)
    assert len(set(one)) == len(one)
    assert set(one) == set(other)


@settings(max_examples=60, deadline=None)
@given(strange.rows, strange.PLAIN, st.integers(0, 12))
def test_one_more_row_leaves_the_marks_of_all_others(lines: Lines, more: tuple[Any, ...], place: int) -> None:
    before = fingerprints(reading(lines).rows)
    after = fingerprints(reading([*lines[:place], more, *lines[place:]]).rows)
    assert set(before) <= set(after)
    assert len(after) == len(before) + 1


@settings(max_examples=60, deadline=None)
@given(strange.PLAIN, st.integers(0, len(HEADERS) - 1))
def test_a_row_in_which_one_cell_changed_is_another_row(line: tuple[Any, ...], place: int) -> None:
    changed = (*line[:place], "autre chose", *line[place + 1 :])
    one, other = reading([line]).rows, reading([changed]).rows
    assert fingerprints(one) != fingerprints(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(strange.PLAIN, min_size=1, max_size=6), st.permutations(range(len(HEADERS))))
def test_the_order_of_the_columns_changes_neither_rows_nor_marks(lines: Lines, order: list[int]) -> None:
    straight = grid(*lines)
    turned = Grid(
        straight.sheet,
        tuple(Line(line.number, tuple(line.cells[place] for place in order)) for line in straight.lines),
        straight.width,
    )
    one, other = reading(lines), read(turned, guess(turned), places=gazetteer)
    assert list(map(content, one.rows)) == list(map(content, other.rows))
    assert fingerprints(one.rows) == fingerprints(other.rows)
