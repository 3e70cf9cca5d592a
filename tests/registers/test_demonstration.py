"""The whole demonstration register: every row read, and the figures of the year come out of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

from mafaka.registers.readrow import ReadRow
from mafaka.registers.repeats import Strength, find_repeats
from tests.registers.sheets import demonstration

READING = demonstration()


@lru_cache(maxsize=1)
def people() -> list[ReadRow]:
    """One row per person: the second row of each probable pair is left out."""
    pairs = find_repeats(READING.rows)
    again = {pair.second for pair in pairs if pair.strength is Strength.PROBABLE}
    return [row for place, row in enumerate(READING.rows) if place not in again]


def is_child(row: ReadRow) -> bool:
    """In doubt a child: the eighteenth birthday of the latest possible day of birth is after the arrival."""
    assert row.age
    assert row.arrived_on
    latest = row.age.born_between(row.arrived_on)[1]
    return (
        row.arrived_on.year
        - latest.year
        - ((row.arrived_on.month, row.arrived_on.day) < (latest.month, latest.day))
    ) < 18


def test_every_row_is_a_person_and_the_two_blank_ones_are_counted() -> None:
    assert (len(READING.rows), READING.skipped, READING.blank) == (226, (), 2)
    assert [row.number for row in READING.rows] == [str(number) for number in range(1, 227)]


def test_nothing_is_left_to_be_understood() -> None:
    assert [problem for row in READING.rows for problem in row.problems] == []
    assert all(row.age and row.arrived_on and row.sex != "unknown" for row in READING.rows)


def test_every_commune_resolves() -> None:
    unresolved = {row.origin.written for row in READING.rows if row.origin and not row.origin.pcode}
    assert unresolved == set()
    assert all(row.origin for row in READING.rows)


def test_the_figures_of_2022() -> None:
    counted = people()
    sexes = Counter(row.sex for row in counted)
    children = Counter(row.sex for row in counted if is_child(row))
    assert len(counted) == 220
    assert sexes == {"male": 157, "female": 63}
    assert children == {"male": 138, "female": 58}
    assert sum(bool(row.reintegration) for row in counted) == 28


def test_nigeriens_and_nigerians_are_not_mixed_up() -> None:
    assert Counter(row.nationality for row in READING.rows) == {"NE": 216, "BF": 8, "NG": 2}


def test_arrivals_are_all_of_2022_and_no_exit_is_before_its_arrival() -> None:
    for row in READING.rows:
        assert row.arrived_on
        assert date(2022, 1, 1) <= row.arrived_on <= date(2022, 12, 31)
        assert row.left_on is None or row.left_on >= row.arrived_on


def test_names_written_the_other_way_round_are_pointed_out_and_left_as_they_are() -> None:
    turned = {row.name for row in READING.rows if any("inversés" in note for note in row.notes)}
    assert turned == {"Souleymane Rabi", "Issa Jamila", "Rachid Habsatou"}
