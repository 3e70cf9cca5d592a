"""How decisions bring rows together: each row stands in one group, and only decisions "same" make it larger."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mafaka.exchange import pairs
from mafaka.exchange.models import Decision
from mafaka.exchange.reading import Register
from mafaka.registers.columns import Mapping
from mafaka.registers.readrow import ReadRow

ROWS = 8
places = st.integers(0, ROWS - 1)
answers = st.lists(
    st.tuples(places, places, st.booleans()).filter(lambda drawn: drawn[0] != drawn[1]), max_size=10
)
sexes = st.lists(st.sampled_from(["male", "female", "unknown"]), min_size=ROWS, max_size=ROWS)


def register(sexes_of_rows: list[str] | None = None) -> Register:
    chosen = sexes_of_rows or ["unknown"] * ROWS
    rows = tuple(ReadRow(place + 2, name=f"Ali {place}", sex=sex) for place, sex in enumerate(chosen))
    marks = tuple(f"mark {place}" for place in range(ROWS))
    return Register("registre.xlsx", ("Registre",), 0, Mapping((1,), ()), rows, marks, (), ())


def decided(drawn: list[tuple[int, int, bool]]) -> list[Decision]:
    return [Decision(row=f"mark {row}", other=f"mark {other}", same=same) for row, other, same in drawn]


def case(number: int, sex: str = "unknown") -> Any:
    return SimpleNamespace(pk=number, person_id=number, fact=SimpleNamespace(sex=sex))


def imported(place: int, of: Any) -> dict[str, Any]:
    return {f"mark {place}": SimpleNamespace(case_id=of.pk, case=of)}


def reach(start: int, drawn: list[tuple[int, int, bool]]) -> set[int]:
    """Everybody to whom decisions "same" lead from one row."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        near = {a if b == here else b for a, b, same in drawn if same and here in {a, b}}
        waiting += near - found
        found |= near
    return found


@given(answers)
def test_every_row_is_in_one_group(drawn: list[tuple[int, int, bool]]) -> None:
    groups = pairs.groups(register(), decided(drawn), {})
    assert sorted(place for group in groups for place in group.places) == list(range(ROWS))
    assert all(group.places == sorted(group.places) for group in groups)


@given(answers)
def test_a_group_is_everybody_to_whom_decisions_lead_and_nobody_else(
    drawn: list[tuple[int, int, bool]],
) -> None:
    for group in pairs.groups(register(), decided(drawn), {}):
        assert set(group.places) == reach(group.places[0], drawn)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_the_decisions_does_not_matter(drawn: list[tuple[int, int, bool]], chance: Any) -> None:
    turned = list(drawn)
    chance.shuffle(turned)
    assert pairs.groups(register(), decided(drawn), {}) == pairs.groups(register(), decided(turned), {})


@given(st.lists(st.tuples(places, places, st.just(False)), max_size=10))
def test_two_people_stay_two(drawn: list[tuple[int, int, bool]]) -> None:
    assert len(pairs.groups(register(), decided(drawn), {})) == ROWS


@given(answers)
def test_a_decision_on_a_row_that_is_not_here_any_more_does_nothing(
    drawn: list[tuple[int, int, bool]],
) -> None:
    gone = [Decision(row=f"mark {row}", other="another mark", same=True) for row, _other, _same in drawn]
    assert len(pairs.groups(register(), gone, {})) == ROWS


@given(answers, sexes)
def test_the_sexes_of_a_group_are_those_known_of_its_rows(
    drawn: list[tuple[int, int, bool]], chosen: list[str]
) -> None:
    read = register(chosen)
    for group in pairs.groups(read, decided(drawn), {}):
        assert pairs.sexes(read, group) == {chosen[place] for place in group.places} - {"unknown"}


@given(answers, places)
def test_a_row_imported_before_brings_its_case_into_its_group(
    drawn: list[tuple[int, int, bool]], place: int
) -> None:
    known = case(7, sex="female")
    read = register()
    for group in pairs.groups(read, decided(drawn), imported(place, known)):
        assert (group.cases == {7: known}) == (place in group.places)
        assert pairs.sexes(read, group) == ({"female"} if place in group.places else set())


@given(answers)
def test_a_group_is_held_apart_exactly_when_two_of_it_were_said_to_be_two(
    drawn: list[tuple[int, int, bool]],
) -> None:
    read, said = register(), decided(drawn)
    for group in pairs.groups(read, said, {}):
        denied = any(not same and {one, other} <= set(group.places) for one, other, same in drawn)
        assert pairs.held_apart(read, group, said) == denied


def test_a_row_said_not_to_be_of_a_case_is_held_apart_from_it() -> None:
    read, known = register(), case(7)
    said = [*decided([(1, 0, True)]), Decision(row="mark 1", other="7", same=False)]
    [group, *_others] = pairs.groups(read, said, imported(0, known))
    assert group.places == [0, 1]
    assert pairs.held_apart(read, group, said)
    assert not pairs.held_apart(read, group, said[:1])
