"""Presence and nights: against the plainest count there is, one night after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mafaka.cases import operations as cases
from mafaka.cases.models import PresenceFact
from mafaka.people import operations as people
from mafaka.people.ages import Birth, is_child, majority_from
from mafaka.reports import nights, queries
from mafaka.reports.period import Period, Source
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db

YEAR = 2022
DAY = timedelta(days=1)
FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


def share(by: Any, code: str, year: int = YEAR, **asked: Any) -> queries.ChildrenShare:
    found = queries.figures(year=year, by=by, at=NOW, **asked)
    return next(each for each in found.shares if each.code == code)


def numbers(by: Any, code: str, year: int = YEAR, **asked: Any) -> tuple[int, int]:
    found = share(by, code, year, **asked)
    return found.children, found.everyone


def stay(case: Any, first: date, left: date | None, *, known: bool = True) -> None:
    cases.note_presence(case=case, from_date=first, left_on=left, exit_known=known, at=NOW)


def born(case: Any, day: date | None) -> None:
    birth = {"birth": Birth(day, day)} if day else {"birth_earliest": None, "birth_latest": None}
    people.correct(person=case.person, by=SETUP, at=NOW, **birth)
    cases.note_person(person=case.person)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def slept(span: PresenceFact, night: date) -> bool:
    """Say whether a span holds the night that begins on a day."""
    if span.left_on is None and not span.exit_known:
        return False
    return span.from_date <= night and (span.left_on is None or night < span.left_on)


def one_by_one(spans: list[PresenceFact], person: dict[Any, Any], night: date) -> tuple[int, int]:
    """Return children and everyone of one night."""
    here = {person[span.case_id]: span.birth_latest for span in spans if slept(span, night)}
    return sum(bool(is_child(birth, on=night)) for birth in here.values()), len(here)


def test_the_night_of_leaving_does_not_count(moussa: Any, make_case: Any) -> None:
    stay(make_case(years=40), date(2022, 3, 1), date(2022, 3, 4))
    assert numbers(moussa, "nights") == (0, 3)
    assert [numbers(moussa, "day", day=date(2022, 3, day))[1] for day in (1, 3, 4)] == [1, 1, 0]


def test_a_stay_of_no_night_counts_nowhere(moussa: Any, make_case: Any) -> None:
    stay(make_case(), date(2022, 3, 1), date(2022, 3, 1))
    assert numbers(moussa, "nights") == (0, 0)
    assert numbers(moussa, "day", day=date(2022, 3, 1)) == (0, 0)


def test_stays_are_cut_to_the_year(moussa: Any, make_case: Any) -> None:
    stay(make_case(years=40), date(2021, 12, 30), date(2023, 1, 2))
    assert [numbers(moussa, "nights", year)[1] for year in (2021, 2022, 2023, 2024)] == [2, 365, 1, 0]


def test_the_night_of_today_is_not_over(moussa: Any, make_case: Any) -> None:
    stay(make_case(years=40, opened_on=date(2026, 10, 1)), date(2026, 10, 1), None)
    assert numbers(moussa, "nights", 2026) == (0, 11)
    assert numbers(moussa, "day", 2026) == (0, 1)
    assert "12 octobre 2026" in share(moussa, "day", 2026).base


def test_who_turns_18_stops_counting_that_night(moussa: Any, make_case: Any) -> None:
    case = make_case()
    born(case, date(2004, 3, 3))
    stay(case, date(2022, 3, 1), date(2022, 3, 6))
    assert numbers(moussa, "nights") == (2, 5)
    assert numbers(moussa, "day", day=date(2022, 3, 2)) == (1, 1)
    assert numbers(moussa, "day", day=date(2022, 3, 3)) == (0, 1)


def test_a_child_at_the_arrival_may_be_an_adult_on_the_day(moussa: Any, make_case: Any) -> None:
    case = make_case(opened_on=date(2022, 3, 1))
    born(case, date(2004, 6, 1))
    stay(case, date(2022, 3, 1), None)
    assert numbers(moussa, "arrivals") == (1, 1)
    assert numbers(moussa, "day") == (0, 1)
    assert numbers(moussa, "nights") == (92, 306)


def test_a_night_spent_twice_counts_once(moussa: Any, make_case: Any) -> None:
    case = make_case()
    twin = cases.open_case(person=case.person, centre=case.centre, opened_on=FIRST, by=SETUP, at=NOW)
    stay(case, date(2022, 3, 1), date(2022, 3, 11))
    stay(twin, date(2022, 3, 6), date(2022, 3, 16))
    assert numbers(moussa, "nights")[1] == 15
    assert numbers(moussa, "day", day=date(2022, 3, 8))[1] == 1


def test_stays_whose_end_nobody_knows_are_left_out_and_said(moussa: Any, make_case: Any) -> None:
    for number in range(12):
        stay(make_case(), date(2022, 2 + number % 2, 1), None, known=False)
    found = queries.figures(year=YEAR, by=moussa, at=NOW)
    assert found.excluded == 12
    assert found.excluded_text == "12 séjours sans date de sortie connue ne sont pas comptés."
    assert numbers(moussa, "nights") == numbers(moussa, "day") == (0, 0)
    assert share(moussa, "nights").base.endswith(found.excluded_text)
    assert "6 séjours sans date" in share(moussa, "day", day=date(2022, 2, 10)).base
    assert queries.figures(year=2021, by=moussa, at=NOW).excluded == 0


def test_who_is_of_unknown_age_is_counted_but_not_as_a_child(moussa: Any, make_case: Any) -> None:
    case = make_case()
    born(case, None)
    stay(case, date(2022, 3, 1), date(2022, 3, 3))
    assert numbers(moussa, "nights") == (0, 2)


def test_another_centres_nights_are_theirs(moussa: Any, user: Any, agadez: Any, make_case: Any) -> None:
    stay(make_case(agadez), date(2022, 3, 1), date(2022, 3, 3))
    assert numbers(moussa, "nights") == numbers(moussa, "day", day=date(2022, 3, 1)) == (0, 0)
    assert share(moussa, "nights").percent is None


@given(on=st.dates(date(2000, 1, 1), date(2040, 1, 1)), days_off=st.integers(-3, 3))
@settings(max_examples=300)
def test_the_majority_in_sql_is_the_majority(on: date, days_off: int) -> None:
    birth = majority_from(on) + timedelta(days=days_off)
    assert is_child(birth, on=on) == (birth > majority_from(on))


def test_who_was_born_on_29_february_comes_of_age_on_the_28th() -> None:
    assert majority_from(date(2022, 2, 28)) == date(2004, 2, 29)
    assert majority_from(date(2022, 2, 27)) == date(2004, 2, 27)


births = st.none() | st.dates(date(2003, 10, 1), date(2005, 3, 1)) | st.sampled_from([date(2004, 2, 29)])
starts = st.dates(date(2021, 11, 1), date(2023, 1, 15))
lengths = st.none() | st.integers(0, 400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people_born=st.lists(births, min_size=4, max_size=4),
    drawn=st.lists(st.tuples(st.integers(0, 5), starts, lengths, st.booleans()), max_size=9),
    chosen=st.dates(FIRST, LAST),
)
def test_presence_and_nights_are_what_counting_one_by_one_gives(
    moussa: Any, houseful: list[Any], people_born: list[date | None], drawn: list[Any], chosen: date
) -> None:
    PresenceFact.objects.all().delete()
    person = {case.pk: case.person_id for case in houseful}
    order = list(dict.fromkeys(person.values()))
    spans = [
        PresenceFact(
            case=houseful[which], centre_id=houseful[which].centre_id, person_id=houseful[which].person_id,
            from_date=first,
            left_on=None if length is None else first + timedelta(days=length),
            exit_known=known or length is not None,
            birth_latest=people_born[order.index(houseful[which].person_id)], created_at=NOW,
        )
        for which, first, length, known in drawn
    ]  # fmt: skip
    PresenceFact.objects.bulk_create(spans)
    source = Source.open(period=Period.of(YEAR, NOW), centre=None, by=moussa, act="reports.figures")
    assert nights.present(source, chosen) == one_by_one(spans, person, chosen)
    each = [one_by_one(spans, person, night) for night in days(FIRST, LAST)]
    expected = (sum(children for children, _all in each), sum(everyone for _children, everyone in each))
    assert nights.nights(source) == expected
    behind = queries.listing(year=YEAR, code="nights", by=moussa, at=NOW)
    assert sum(line.nights.everyone for line in behind.page if line.nights) == expected[1]
    assert sum(line.nights.children for line in behind.page if line.nights) == expected[0]


@pytest.fixture
def houseful(make_case: Any) -> list[Any]:
    """Six cases of four people: the first two have two each."""
    found = [make_case() for _number in range(4)]
    return found + [
        cases.open_case(person=case.person, centre=case.centre, opened_on=FIRST, by=SETUP, at=NOW)
        for case in found[:2]
    ]


@pytest.mark.parametrize(
    ("children", "everyone", "words"),
    [
        (196, 220, "89,1\u00a0%"),
        (2, 3, "66,7\u00a0%"),
        (1, 3, "33,3\u00a0%"),
        (3, 3, "100,0\u00a0%"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_rounded_not_cut(children: int, everyone: int, words: str) -> None:
    assert queries.ChildrenShare("day", "", children, everyone, "", "", "").percent_text == words
