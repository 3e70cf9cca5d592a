"""Pairs proposed in registers of every kind: never on a name alone, never across the sexes, in no order's favour."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.registers.evidence import separate
from mafaka.registers.readrow import ReadRow
from mafaka.registers.repeats import LEAST_AGREEMENTS, PROBABLE_BITS, Repeat, Strength, find_repeats
from tests.registers.sheets import demonstration

NAMES = [
    "Issoufou Malam",
    "Issufu Malam",
    "Ali Moussa",
    "Hassane Idi",
    "Ousseini Idi",
    "Rabi Sani",
    "Nouhou Garba",
    "",
]
OF_THE_STAY = ("arrived_on", "left_on", "nationality", "returned_from", "brought_by", "needs", "forms")
CROWD = [row for row in demonstration().rows[::5] if row.left_on][:30]
UNKNOWN: dict[str, Any] = dict.fromkeys(OF_THE_STAY) | {"needs": (), "forms": ()}
TWINS = {"Hassane Idi", "Ousseini Idi"}


@st.composite
def registers(draw: st.DrawFn) -> list[ReadRow]:
    """A crowd, and a few of them written down once more: with another sex, another name, with less, or back again."""
    rows = list(CROWD)
    for number in range(900, draw(st.integers(901, 904))):
        one = draw(st.sampled_from(rows))
        if draw(st.booleans()):
            rows.append(one := replace(one, row_number=number + 50, name=draw(st.sampled_from(NAMES))))
        forgotten = draw(st.sets(st.sampled_from(OF_THE_STAY)))
        changes = {field: UNKNOWN[field] for field in forgotten}
        changes |= draw(
            st.sampled_from([{}, {"sex": "female"}, {"sex": "male"}, {"name": "Hassane Idi"}, {"name": ""}])
        )
        if draw(st.booleans()) and one.left_on:
            changes["arrived_on"] = one.left_on + timedelta(days=draw(st.integers(1, 3)))
            changes["left_on"] = None
        rows.append(replace(one, row_number=number, **changes))
    return rows


def told(rows: list[ReadRow], pairs: tuple[Repeat, ...]) -> set[tuple[frozenset[int], Strength]]:
    """The pairs by the numbers of their rows, whichever comes first."""
    return {(frozenset((rows[p.first].row_number, rows[p.second].row_number)), p.strength) for p in pairs}


@settings(max_examples=40, deadline=None)
@given(registers())
def test_each_pair_is_two_different_named_rows_told_once_surest_first(rows: list[ReadRow]) -> None:
    pairs = find_repeats(rows)
    assert all(pair.first < pair.second for pair in pairs)
    assert len({(pair.first, pair.second) for pair in pairs}) == len(pairs)
    assert all(rows[pair.first].name and rows[pair.second].name for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)


@settings(max_examples=40, deadline=None)
@given(registers())
def test_a_boy_and_a_girl_are_never_probable(rows: list[ReadRow]) -> None:
    for pair in find_repeats(rows):
        if {rows[pair.first].sex, rows[pair.second].sex} == {"male", "female"}:
            assert pair.strength is Strength.POSSIBLE
            assert "Sexes différents." in pair.conflicts


@settings(max_examples=40, deadline=None)
@given(registers())
def test_a_probable_pair_agrees_in_much_more_than_its_name(rows: list[ReadRow]) -> None:
    for pair in find_repeats(rows):
        agreed = {sign.field for sign in pair.signs if sign.agrees and sign.field in OF_THE_STAY}
        if pair.strength is Strength.PROBABLE:
            assert pair.score >= PROBABLE_BITS
            assert len(agreed) >= LEAST_AGREEMENTS
            assert agreed & {"arrived_on", "left_on"}
            assert not separate(rows[pair.first], rows[pair.second])


@settings(max_examples=40, deadline=None)
@given(registers())
def test_without_anything_of_the_stays_no_pair_is_probable(rows: list[ReadRow]) -> None:
    bare = [replace(row, **UNKNOWN) for row in rows]
    assert {pair.strength for pair in find_repeats(bare)} <= {Strength.POSSIBLE}


def test_a_copy_of_a_row_is_probable_which_makes_the_others_of_these_tests_worth_something() -> None:
    rows = [*CROWD, replace(CROWD[7], row_number=900)]
    [pair] = [pair for pair in find_repeats(rows) if pair.second == len(CROWD)][:1]
    assert (pair.first, pair.strength) == (7, Strength.PROBABLE)


@settings(max_examples=30, deadline=None)
@given(registers())
def test_twins_are_never_probable(rows: list[ReadRow]) -> None:
    for pair in find_repeats(rows):
        if {rows[pair.first].name, rows[pair.second].name} == TWINS:
            assert pair.strength is Strength.POSSIBLE


@settings(max_examples=30, deadline=None)
@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[ReadRow], chance: Any) -> None:
    turned = list(rows)
    chance.shuffle(turned)
    one = {pair for pair in told(rows, find_repeats(rows)) if pair[1] is Strength.PROBABLE}
    other = {pair for pair in told(turned, find_repeats(turned)) if pair[1] is Strength.PROBABLE}
    assert one == other


@settings(max_examples=40, deadline=None)
@given(registers())
def test_reasons_speak_for_and_conflicts_against_and_no_name_is_repeated_in_them(rows: list[ReadRow]) -> None:
    for pair in find_repeats(rows):
        assert len(pair.reasons) + len(pair.conflicts) == len(pair.signs)
        for sentence in (*pair.reasons, *pair.conflicts):
            assert sentence.endswith(".")
            assert not {word for name in NAMES for word in name.split()} & set(re.findall(r"\w+", sentence))


@settings(max_examples=30, deadline=None)
@given(registers())
def test_looking_for_pairs_changes_no_row(rows: list[ReadRow]) -> None:
    before = list(rows)
    find_repeats(rows)
    assert rows == before
