from __future__ import annotations

from itertools import combinations

import pytest

from mafaka.matching import Comparison, Entry, Index
from tests.matching.people import (
    COMMUNES,
    SAME_NAME_OTHER_CHILD,
    WRITTEN_TWICE,
    arrival_bits,
    child,
    register,
    village_people,
)
from tests.matching.people import entry as row_entry

SAME_ARRIVAL = {"entered": 2.0, "left": 3.0, "brought_by": 1.0, "needs": 3.0, "returned_from": 0.5}
FAMILY = {"father": ("Illiassou",), "mother": ("Rakia",), "village": "Guidan Roumdji"}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(village_people(), communes=COMMUNES)


def weight(comparison: Comparison, field: str) -> float:
    return sum(reason.weight for reason in comparison.reasons if reason.field == field)


def level(comparison: Comparison, field: str) -> str:
    return next(reason.level for reason in comparison.reasons if reason.field == field)


# --- Who must not be taken for one person ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassane Illiassou", "Ousseini Illiassou"),
        ("Hassan Iliasu", "Housseini Illiassou"),
        ("Issa Illiassou", "Issaka Illiassou"),
        ("Danladi Illiassou", "Danlami Illiassou"),
    ],
)
def test_twins_and_brothers_with_like_names_are_two_children(index: Index, one: str, other: str) -> None:
    """Same parents, village, age and arrival: only the given name tells them apart, and it must."""
    comparison = index.compare(child(1, one, **FAMILY), child(2, other, **FAMILY), extra=SAME_ARRIVAL)
    assert level(comparison, "given") == "distinct"
    assert comparison.score < 0


def test_brothers_are_two_children_however_much_they_share(index: Index) -> None:
    one, other = (
        child(1, "Maïdabo Illiassou", **FAMILY),
        child(2, "Chaïbou Illiassou", birth_year=2011, **FAMILY),
    )
    assert index.compare(one, other, extra=SAME_ARRIVAL).score < -1


def test_father_and_son_are_two_people(index: Index) -> None:
    son, father = child(1, "Maïdabo Illiassou"), child(2, "Illiassou Maïdabo", birth_year=1975)
    assert index.compare(son, father).score < 0


def test_a_boy_is_not_a_girl(index: Index) -> None:
    boy, girl = child(1, "Maïdabo Illiassou"), child(2, "Maïdabo Illiassou", sex="female")
    same, other = index.compare(boy, boy), index.compare(boy, girl)
    assert weight(other, "sex") < -5
    assert same.score - other.score > 7


def test_another_name_in_the_same_convoy_is_another_child(index: Index) -> None:
    assert (
        index.compare(child(1, "Maïdabo Illiassou"), child(2, "Laouali Abdou"), extra=SAME_ARRIVAL).score < 0
    )


# --- Who is one person ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other", ["Maidabo Iliasou", "MAÏDABO ILLIASSOU", "Illiassou Maïdabo", "Maidabo Ilyasu"]
)
def test_one_child_in_two_spellings_or_orders(index: Index, other: str) -> None:
    assert index.compare(child(1, "Maïdabo Illiassou", **FAMILY), child(2, other, **FAMILY)).score > 2


def test_a_swap_costs_little(index: Index) -> None:
    one = child(1, "Maïdabo Illiassou", **FAMILY)
    straight, swapped = index.compare(one, one), index.compare(one, child(2, "Illiassou Maïdabo", **FAMILY))
    assert 0 < straight.score - swapped.score < 3
    assert weight(straight, "order") == 0 > weight(swapped, "order")


def test_a_girl_written_after_her_fathers_name_is_read_by_her_sex(index: Index) -> None:
    one = child(1, "Souleymane Zeinabou", sex="female")
    comparison = index.compare(one, child(2, "Zeinabou Souleymane", sex="female"))
    assert next(reason.query_token for reason in comparison.reasons if reason.field == "given") == "zeinabou"
    assert weight(comparison, "order") == 0


def test_the_fathers_name_may_stand_as_the_second_own_name(index: Index) -> None:
    one, other = child(1, "Maïdabo", father=("Illiassou",)), child(2, "Maidabo Iliasu")
    assert weight(index.compare(one, other), "father") > 0
    assert weight(index.compare(other, one), "father") > 0


# --- How evidence is counted -----------------------------------------------------------------------------------


def test_the_patronym_is_counted_once(index: Index) -> None:
    plain = index.compare(child(1, "Maïdabo Illiassou"), child(2, "Maïdabo Illiassou"))
    one = child(1, "Maïdabo Illiassou", father=("Illiassou",))
    said_twice = index.compare(one, one)
    both = weight(said_twice, "family") + weight(said_twice, "father")
    assert both < 1.3 * weight(plain, "family")


def test_what_is_missing_weighs_nothing(index: Index) -> None:
    bare = Entry(key=2, own=("Maïdabo Illiassou",))
    fields = {reason.field for reason in index.compare(child(1, "Maïdabo Illiassou", **FAMILY), bare).reasons}
    assert fields == {"given", "family", "father", "household", "prior"}
    assert index.compare(Entry(key=1), Entry(key=2)).score < 0


def test_a_rare_name_says_more_than_a_common_one(index: Index) -> None:
    rare, common = child(1, "Ghoumour"), child(1, "Moussa")
    assert weight(index.compare(rare, rare), "given") > weight(index.compare(common, common), "given") + 1


def test_estimated_ages_are_forgiven_a_little(index: Index) -> None:
    def bits(years: int) -> float:
        return weight(index.compare(child(1, "Maïdabo"), child(2, "Maïdabo", birth_year=2010 + years)), "age")

    assert bits(0) > 0
    assert bits(2) > -2
    assert bits(2) > bits(5) > bits(9)
    assert bits(9) < -3


def test_the_score_is_the_sum_of_its_reasons_and_extra_evidence_is_among_them(index: Index) -> None:
    one, other = child(1, "Maïdabo Illiassou", **FAMILY), child(2, "Maidabo Iliasu", birth_year=2012)
    plain, more = index.compare(one, other), index.compare(one, other, extra={"needs": 3.0})
    assert weight(more, "extra:needs") == 3.0
    assert plain.score < more.score < plain.score + 3.0
    for comparison in (plain, more):
        assert comparison.score == pytest.approx(sum(reason.weight for reason in comparison.reasons))


def test_a_title_that_only_one_clerk_wrote_does_not_matter(index: Index) -> None:
    plain = index.compare(child(1, "Moussa Illiassou"), child(2, "Moussa Illiassou"))
    titled = index.compare(child(1, "Elhadji Moussa Illiassou"), child(2, "Moussa Illiassou"))
    assert titled.score == pytest.approx(plain.score)


# --- Suggestions -----------------------------------------------------------------------------------------------


def test_the_person_comes_before_brothers_and_strangers() -> None:
    index = Index.build(
        [
            *village_people(),
            child(1, "Maïdabo Illiassou", **FAMILY),
            child(2, "Chaïbou Illiassou", **FAMILY),
            child(3, "Maïdabo Oumarou"),
        ]
    )
    asked = child(9, "Maidabo Iliasu", father=("Iliasou",), birth_year=2011)
    found = index.duplicates(asked)
    assert found[0].key == 1
    assert found[0].score > 0 > found[1].score


def test_nobody_is_suggested_as_the_double_of_himself() -> None:
    people = village_people()
    index = Index.build(people)
    for entry in people[:10]:
        assert entry.key not in [suggestion.key for suggestion in index.duplicates(entry)]


def test_a_suggestion_says_what_a_comparison_says() -> None:
    people = village_people()
    index = Index.build(people)
    by_key = {entry.key: entry for entry in people}
    for suggestion in index.duplicates(people[0], limit=3):
        assert suggestion.score == pytest.approx(index.compare(people[0], by_key[suggestion.key]).score)


# --- The demonstration register ----------------------------------------------------------------------------------


def test_exactly_the_six_people_written_twice_stand_out_of_the_register() -> None:
    rows = register()
    index = Index.build(map(row_entry, rows.values()))
    scores = {
        (a, b): index.compare(
            row_entry(rows[a]), row_entry(rows[b]), extra=arrival_bits(rows[a], rows[b])
        ).score
        for a, b in combinations(rows, 2)
    }
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    assert set(ranked[:6]) == WRITTEN_TWICE
    assert scores[ranked[5]] > 4
    assert scores[ranked[6]] < -3
    assert all(scores[pair] < -3 for pair in SAME_NAME_OTHER_CHILD)


def test_the_register_alone_without_dates_and_needs_ranks_the_six_first() -> None:
    rows = register()
    index = Index.build(map(row_entry, rows.values()))
    found = {
        tuple(sorted((number, int(suggestion.key)))): suggestion.score
        for number, row in rows.items()
        for suggestion in index.duplicates(row_entry(row), limit=3)
    }
    assert set(sorted(found, key=found.__getitem__, reverse=True)[:6]) == WRITTEN_TWICE
