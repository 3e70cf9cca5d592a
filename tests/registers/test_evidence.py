"""What a register says for or against two rows being one person: both ways alike, and rarer says more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.registers.evidence import CLOSE_DAYS, Register, Sign, separate
from mafaka.registers.readrow import ReadRow

NEW_YEAR = date(2022, 1, 1)
in_2022 = st.integers(0, 364).map(lambda days: NEW_YEAR + timedelta(days=days))


@st.composite
def some_rows(draw: st.DrawFn) -> list[ReadRow]:
    """Rows of a year: each stay ends after it began, if it is known to have ended."""
    rows = []
    for number in range(2, draw(st.integers(2, 12)) + 2):
        arrived_on = draw(st.none() | in_2022)
        stayed = draw(st.none() | st.integers(0, 120))
        rows.append(
            ReadRow(
                number,
                name="Ali Moussa",
                arrived_on=arrived_on,
                left_on=arrived_on + timedelta(days=stayed) if arrived_on and stayed is not None else None,
                nationality=draw(st.sampled_from([None, "NE", "NG"])),
                returned_from=draw(st.sampled_from([None, "DZ", "LY"])),
                brought_by=draw(st.sampled_from([None, "police", "iom"])),
                needs=draw(st.sampled_from([(), ("medical",), ("medical", "food"), ("food", "medical")])),
                forms=draw(st.sampled_from([(), ("forced_begging",), ("forced_labour",)])),
            )
        )
    return rows


def by_field(signs: list[Sign]) -> dict[str, Sign]:
    found = {sign.field: sign for sign in signs}
    assert len(found) == len(signs), "a field speaks once"
    return found


@settings(max_examples=80)
@given(some_rows(), st.data())
def test_evidence_is_the_same_both_ways(rows: list[ReadRow], data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    register = Register(rows)
    forth, back = by_field(register.signs(one, other)), by_field(register.signs(other, one))
    assert forth.keys() == back.keys()
    for field, sign in forth.items():
        assert sign.agrees == back[field].agrees
        assert field == "arrived_on" or sign.weight == back[field].weight


@settings(max_examples=80)
@given(some_rows(), st.data())
def test_what_agrees_never_speaks_against_and_what_differs_never_for(
    rows: list[ReadRow], data: st.DataObject
) -> None:
    one, other = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    for sign in Register(rows).signs(one, other):
        assert sign.weight >= 0 if sign.agrees else sign.weight < 0
        assert sign.sentence.endswith(".")


@settings(max_examples=80)
@given(some_rows(), st.data())
def test_what_one_row_leaves_out_says_nothing(rows: list[ReadRow], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(rows))
    silent = ReadRow(99, name=one.name)
    assert Register([*rows, silent]).signs(one, silent) == []


@given(st.integers(1, 30), st.integers(31, 60))
def test_a_value_that_few_rows_share_says_more_than_one_that_many_share(few: int, many: int) -> None:
    rows = [ReadRow(n, brought_by="iom" if n < few + 2 else "police") for n in range(2, few + many + 2)]
    register = Register(rows)
    [rare] = register.signs(rows[0], replace(rows[0], row_number=900))
    [common] = register.signs(rows[-1], replace(rows[-1], row_number=900))
    assert rare.weight > common.weight
    assert (rare.sentence, common.sentence) == (
        "Amenée par\u00a0: OIM des deux côtés.",
        "Amenée par\u00a0: Police des deux côtés.",
    )


def test_the_order_of_needs_does_not_matter() -> None:
    one, other = ReadRow(2, needs=("medical", "food")), ReadRow(3, needs=("food", "medical"))
    [sign] = Register([one, other]).signs(one, other)
    assert (sign.field, sign.agrees) == ("needs", True)


def test_a_difference_is_said_with_both_values() -> None:
    one, other = ReadRow(2, nationality="NE"), ReadRow(3, nationality="NG")
    [sign] = Register([one, other]).signs(one, other)
    assert (sign.agrees, sign.sentence) == (False, "Nationalité\u00a0: Niger d’un côté, Nigeria de l’autre.")


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (0, "Arrivées le même jour."),
        (1, "Arrivées à un jour d’écart."),
        (2, "Arrivées à 2 jours d’écart."),
        (CLOSE_DAYS, "Arrivées à 7 jours d’écart."),
    ],
)
def test_arrivals_of_one_week_may_be_one_arrival_written_twice(gap: int, sentence: str) -> None:
    rows = [ReadRow(n, arrived_on=NEW_YEAR + timedelta(days=20 * n)) for n in range(2, 12)]
    again = ReadRow(99, arrived_on=rows[4].arrived_on + timedelta(days=gap))  # type: ignore[operator]
    for one, other in ((rows[4], again), (again, rows[4])):
        [sign] = Register([*rows, again]).signs(one, other)
        assert (sign.agrees, sign.sentence) == (True, sentence)
        assert sign.weight > 0


def test_arrivals_further_apart_say_nothing_unless_the_first_stay_was_over() -> None:
    first = ReadRow(2, arrived_on=NEW_YEAR)
    later = ReadRow(3, arrived_on=NEW_YEAR + timedelta(days=CLOSE_DAYS + 1))
    over = replace(first, left_on=NEW_YEAR + timedelta(days=2))
    assert Register([first, later]).signs(first, later) == []
    for one, other in ((over, later), (later, over)):
        [sign] = Register([over, later]).signs(one, other)
        assert (sign.agrees, sign.sentence) == (False, "Le premier séjour était fini.")


def test_a_convoy_of_many_makes_a_shared_day_say_less() -> None:
    alone = [ReadRow(n, arrived_on=NEW_YEAR + timedelta(days=30 * n)) for n in range(2, 10)]
    convoy = [ReadRow(n, arrived_on=NEW_YEAR) for n in range(20, 40)]
    register = Register([*alone, *convoy])
    [rare] = register.signs(alone[0], replace(alone[0], row_number=99))
    [common] = register.signs(convoy[0], convoy[1])
    assert rare.weight > common.weight


@settings(max_examples=80)
@given(some_rows(), st.data())
def test_separate_stays_are_so_both_ways_and_never_overlap(rows: list[ReadRow], data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    assert separate(one, other) == separate(other, one) or one.arrived_on == other.arrived_on
    if separate(one, other):
        first, second = sorted((one, other), key=lambda row: row.arrived_on or date.max)
        assert first.left_on < second.arrived_on  # type: ignore[operator]


def test_nobody_leaves_and_comes_back_within_one_row() -> None:
    row = ReadRow(2, arrived_on=NEW_YEAR, left_on=NEW_YEAR)
    assert not separate(row, row)
    assert not separate(row, replace(row, arrived_on=None))
