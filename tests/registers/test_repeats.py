"""People written down twice: proposed with reasons, never on a name alone, never across the sexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mafaka.registers.ages import parse_age
from mafaka.registers.readrow import ReadRow
from mafaka.registers.repeats import Repeat, Strength, find_repeats
from tests.registers.sheets import demonstration

ROWS = demonstration().rows
NUMBERS = {row.number: place for place, row in enumerate(ROWS)}
CHILD = ROWS[NUMBERS["104"]]  # Elhadj Abdoulaye, nine years old, whom nobody resembles
SOME = ROWS[:110]
ALL_PAIRS = find_repeats(ROWS)


def between(rows: list[ReadRow], first: int, second: int) -> Repeat | None:
    pairs = {(pair.first, pair.second): pair for pair in find_repeats(rows)}
    return pairs.get((first, second))


def in_register(first: str, second: str) -> Repeat | None:
    pairs = {(pair.first, pair.second): pair for pair in ALL_PAIRS}
    return pairs.get((NUMBERS[first], NUMBERS[second]))


def written_again(**changes: object) -> Repeat | None:
    """What is said of the child of the register and a copy of the row with changes, at the end of the file."""
    rows = [*SOME, replace(CHILD, row_number=999, number="999", **changes)]  # type: ignore[arg-type]
    return between(rows, NUMBERS["104"], len(SOME))


def test_the_six_people_written_twice_are_probable_and_nobody_else() -> None:
    probable = {
        (ROWS[pair.first].number, ROWS[pair.second].number)
        for pair in ALL_PAIRS
        if pair.strength is Strength.PROBABLE
    }
    assert probable == {
        ("2", "5"),
        ("43", "47"),
        ("91", "92"),
        ("100", "103"),
        ("181", "184"),
        ("188", "197"),
    }


@pytest.mark.parametrize(("first", "second"), [("39", "93"), ("15", "109"), ("77", "124")])
def test_the_same_name_alone_is_never_probable(first: str, second: str) -> None:
    assert ROWS[NUMBERS[first]].name == ROWS[NUMBERS[second]].name
    pair = in_register(first, second)
    assert pair is None or pair.strength is Strength.POSSIBLE


def test_a_probable_pair_says_why_field_by_field() -> None:
    pair = in_register("43", "47")
    assert pair
    assert "Arrivées le même jour." in pair.reasons
    assert "Date de sortie : 28/02/2022 des deux côtés." in pair.reasons
    assert "Même commune de provenance." in pair.reasons
    assert "Même âge : 8 ans." in pair.reasons
    assert pair.conflicts == ()


@pytest.mark.parametrize(
    "name", ["Elhadji Abdulaye", "Elhadj Abdoulaye", "Elhadj Abdoulay", "ELHAJ ABDOULAYE"]
)
def test_a_second_writing_of_the_same_arrival_is_probable_in_any_spelling(name: str) -> None:
    assert CHILD.arrived_on
    pair = written_again(
        name=name, arrived_on=CHILD.arrived_on + timedelta(days=2), age=parse_age("env. 9").value
    )
    assert pair
    assert pair.strength is Strength.PROBABLE


def test_a_boy_and_a_girl_are_never_probable_whatever_else_agrees() -> None:
    pair = written_again(sex="female")
    assert pair is None or pair.strength is Strength.POSSIBLE
    assert pair is None or "Sexes différents." in pair.conflicts


def test_an_unknown_sex_does_not_hide_a_pair() -> None:
    pair = written_again(sex="unknown")
    assert pair
    assert pair.strength is Strength.PROBABLE


@pytest.mark.parametrize(
    ("first", "second"),
    [("Hassane Moussa", "Ousseini Moussa"), ("Issa Moussa", "Issaka Moussa"), ("Ali Moussa", "Sani Moussa")],
)
def test_brothers_who_came_together_are_never_probable(first: str, second: str) -> None:
    rows = [*SOME, replace(CHILD, name=first, number="998"), replace(CHILD, name=second, number="999")]
    pair = between(rows, len(SOME), len(SOME) + 1)
    assert pair is None or pair.strength is Strength.POSSIBLE


def test_somebody_who_comes_back_after_leaving_is_possible_and_it_is_said() -> None:
    pair = written_again(arrived_on=date(2022, 8, 1), left_on=date(2022, 8, 20))
    assert pair
    assert pair.strength is Strength.POSSIBLE
    assert "Le premier séjour était fini." in pair.conflicts


def test_without_anything_of_the_stays_a_name_and_an_age_are_not_enough() -> None:
    bare = {"left_on": None, "needs": (), "forms": (), "brought_by": None, "returned_from": None}
    rows = [*SOME, *(replace(CHILD, name="Zoulaha Tanimoune", number=n, **bare) for n in ("998", "999"))]  # type: ignore[arg-type]
    pair = between(rows, len(SOME), len(SOME) + 1)
    assert pair
    assert pair.strength is Strength.POSSIBLE


def test_rows_without_a_name_are_in_no_pair() -> None:
    rows = [*SOME, replace(CHILD, name="", number="998"), replace(CHILD, name="", number="999")]
    assert all(pair.second < len(SOME) for pair in find_repeats(rows))


def test_an_empty_register_and_one_of_one_row_have_no_pair() -> None:
    assert find_repeats([]) == ()
    assert find_repeats([CHILD]) == ()


def test_pairs_come_surest_first_and_do_not_depend_on_the_order_of_rows() -> None:
    pairs = ALL_PAIRS
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    turned = list(reversed(ROWS))
    probable = {
        frozenset((turned[p.first].number, turned[p.second].number)) for p in find_repeats(turned)[:6]
    }
    assert probable == {frozenset((ROWS[p.first].number, ROWS[p.second].number)) for p in pairs[:6]}


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    find_repeats(SOME, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 110), (100, 110)]
