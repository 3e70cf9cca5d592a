"""Ages are intervals of birth; they agree with counting day by day, leap days included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.people.ages import Birth, estimate, from_age, is_child, majority_from, text, years

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
YEARS = st.integers(0, 100)
ONE = timedelta(days=1)


def whole_years(born: date, on: date) -> int:
    """Count birthdays one by one; somebody born on 29 February has theirs on 1 March in common years."""
    count, year = 0, born.year + 1
    while True:
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if birthday > on:
            return count
        count, year = count + 1, year + 1


@given(age=YEARS, on=DAYS)
def test_an_age_in_years_holds_exactly_those_who_have_it(age: int, on: date) -> None:
    birth = from_age(months=12 * age, on=on)
    assert birth.earliest <= birth.latest
    for inside in (birth.earliest, birth.latest, birth.earliest + (birth.latest - birth.earliest) / 2):
        assert whole_years(inside, on) == age or (inside.month, inside.day) in {
            (2, 28),
            (2, 29),
            (3, 1),
        }
    assert whole_years(birth.latest + ONE, on) <= age
    assert whole_years(birth.earliest - ONE, on) >= age


@given(age=YEARS, margin=st.integers(0, 10), on=DAYS)
def test_a_margin_widens_both_ends(age: int, margin: int, on: date) -> None:
    wide = from_age(months=12 * age, on=on, margin=12 * margin)
    assert wide.latest == from_age(months=12 * max(0, age - margin), on=on).latest
    assert wide.earliest == from_age(months=12 * (age + margin), on=on).earliest


@given(months=st.integers(0, 40), on=DAYS)
def test_months_follow_one_another_without_a_gap(months: int, on: date) -> None:
    younger, older = (from_age(months=each, exact_to=1, on=on) for each in (months, months + 1))
    assert younger.earliest - ONE == older.latest or younger.earliest > older.latest
    assert younger.earliest - older.latest <= timedelta(days=4)


@given(born=st.dates(date(1990, 1, 1), date(2020, 12, 31)), on=DAYS)
def test_a_child_is_who_has_not_had_eighteen_birthdays(born: date, on: date) -> None:
    if (born.month, born.day) != (2, 29):
        assert is_child(born, on=on) is (whole_years(born, on) < 18 if on >= born else True)
    assert is_child(born, on=on) is (born > majority_from(on)) or (born.month, born.day) in {(2, 28), (2, 29)}


def test_who_is_born_on_a_leap_day_is_of_age_on_28_february_of_a_common_year() -> None:
    assert is_child(date(2008, 2, 29), on=date(2026, 2, 27)) is True
    assert is_child(date(2008, 2, 29), on=date(2026, 2, 28)) is False


def test_doubt_counts_as_child_and_an_unknown_age_as_unknown() -> None:
    on = date(2026, 10, 12)
    assert is_child(from_age(months=12 * 18, margin=24, on=on).latest, on=on) is True
    assert is_child(from_age(months=12 * 18, on=on).latest, on=on) is False
    assert is_child(None, on=on) is None


def test_an_age_said_on_a_leap_day() -> None:
    assert from_age(months=12, on=date(2024, 2, 29)) == Birth(date(2022, 3, 1), date(2023, 2, 28))


@given(age=YEARS, margin=st.integers(0, 10), on=DAYS)
def test_the_age_that_is_shown_gives_the_interval_back(age: int, margin: int, on: date) -> None:
    birth = from_age(months=12 * age, margin=12 * margin, on=on)
    shown = estimate(birth, on=on)
    again = from_age(
        months=shown.number * shown.exact_to,
        exact_to=shown.exact_to,
        margin=shown.margin * shown.exact_to,
        on=on,
    )
    assert again == birth
    if age >= margin:
        assert (shown.number, shown.exact_to, shown.margin) == (age, 12, margin)


@given(months=st.integers(0, 23), on=DAYS)
def test_months_are_shown_as_months(months: int, on: date) -> None:
    shown = estimate(from_age(months=months, exact_to=1, on=on), on=on)
    assert (shown.number, shown.exact_to, shown.margin) == (months, 1, 0)


@given(born=st.dates(date(1920, 1, 1), date(2026, 1, 1)))
def test_a_date_of_birth_is_shown_as_an_age_near_the_true_one(born: date) -> None:
    on = date(2026, 10, 12)
    shown = estimate(Birth(born, born), on=on)
    assert abs(shown.number * shown.exact_to / 12 - whole_years(born, on)) <= 1


@pytest.mark.parametrize(
    ("months", "exact_to", "margin", "said"),
    [(168, 12, 0, "14 ans"), (120, 12, 12, "9 à 11 ans"), (14, 1, 0, "14 mois"), (0, 1, 0, "0 mois")],
)
def test_ages_in_words(months: int, exact_to: int, margin: int, said: str) -> None:
    on = date(2026, 10, 12)
    birth = from_age(months=months, exact_to=exact_to, margin=margin, on=on)
    assert text(birth.earliest, birth.latest, on=on).replace("\u00a0", " ") in {
        said,
        said.replace("11", "12"),
    }


def test_an_unknown_age_in_words() -> None:
    assert text(None, None, on=date(2026, 10, 12)) == "âge inconnu"


@given(age=YEARS, on=DAYS)
def test_the_least_and_the_greatest_age_hold_the_one_said(age: int, on: date) -> None:
    low, high = years(from_age(months=12 * age, on=on), on=on)
    assert low - 1 <= age <= high <= age + 1
