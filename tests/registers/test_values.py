"""Dates, ages and sex: every form of the registers, and a sentence for what is not understood."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.registers.ages import parse_age
from mafaka.registers.choices import (
    parse_brought_by,
    parse_country,
    parse_forms,
    parse_needs,
    parse_reintegration,
)
from mafaka.registers.names import parse_name
from mafaka.registers.values import Age, parse_date, parse_sex

FIFTH = date(2022, 1, 5)


@pytest.mark.parametrize(
    "written",
    [
        "05/01/2022",
        "5/1/2022",
        "05/01/22",
        "05-01-2022",
        "05.01.2022",
        "5 1 2022",
        "2022-01-05",
        "2022-01-05 00:00:00",
        "5 janv 2022",
        "5 janv. 2022",
        "05 janvier 2022",
        "5-janv-22",
        "mercredi 5 janvier 2022",
        "le 5 janvier 2022",
        "5 JANVIER 2022",
        "5 january 2022",
        " 05/01/2022 ",
        "٠٥/٠١/٢٠٢٢",
        "44566",
        44566,
        44566.0,
        44566.9,
        FIFTH,
        datetime(2022, 1, 5, 9, 30),  # noqa: DTZ001
    ],
)
def test_a_date_is_read_day_first_in_every_form(written: object) -> None:
    assert parse_date(written).value == FIFTH


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 août 2022", date(2022, 8, 12)),
        ("22 fév 2022", date(2022, 2, 22)),
        ("9 déc 2022", date(2022, 12, 9)),
        ("20 juil 2022", date(2022, 7, 20)),
        ("20 juin 2022", date(2022, 6, 20)),
        ("8 avr 2022", date(2022, 4, 8)),
        ("1er mai 2022", date(2022, 5, 1)),
        ("28 oct 2022", date(2022, 10, 28)),
        ("03/04/99", date(1999, 4, 3)),
    ],
)
def test_french_months_and_short_years(written: str, day: date) -> None:
    assert parse_date(written).value == day


def test_a_month_written_first_is_read_when_it_can_be_nothing_else_and_said() -> None:
    found = parse_date("01/13/2022")
    assert found.value == date(2022, 1, 13)
    assert found.note


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("05/01/2202", "avenir"),
        (date(2202, 1, 5), "avenir"),
        ("05/01/1899", "ancienne"),
        (date(1922, 1, 5), "ancienne"),
        ("31/02/2022", "calendrier"),
        ("00/00/2022", "calendrier"),
        ("janvier 2022", "comprise"),
        ("hier", "comprise"),
        ("5 jui 2022", "comprise"),
        ("05/2022", "comprise"),
        (12, "pas une date"),
        (float("inf"), "pas une date"),
    ],
)
def test_an_impossible_date_is_refused_with_a_sentence_and_kept_as_written(
    written: object, word: str
) -> None:
    found = parse_date(written)
    assert found.value is None
    assert word in str(found.problem)
    assert found.written


def test_a_date_after_today_is_refused_when_today_is_known() -> None:
    assert parse_date("06/01/2022", latest=FIFTH).value is None
    assert parse_date("05/01/2022", latest=FIFTH).value == FIFTH


@pytest.mark.parametrize("written", [None, "", "  ", "-", "?", "NSP", "n/a", "Inconnu"])
def test_nothing_known_is_no_problem(written: str | None) -> None:
    for parse in (
        parse_date,
        parse_age,
        parse_sex,
        parse_country,
        parse_brought_by,
        parse_forms,
        parse_needs,
    ):
        assert parse(written).problem is None
    assert parse_age(written).value is None
    assert parse_sex(written).value == "unknown"


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("9", Age(108, to_the_year=True)),
        (9, Age(108, to_the_year=True)),
        (9.0, Age(108, to_the_year=True)),
        ("6 ans", Age(72, to_the_year=True)),
        ("1 an", Age(12, to_the_year=True)),
        ("9ans", Age(108, to_the_year=True)),
        ("0", Age(0, to_the_year=True)),
        ("12 years old", Age(144, to_the_year=True)),
        ("env. 9", Age(108, True, 12, True)),
        ("environ 9 ans", Age(108, True, 12, True)),
        ("± 12 ans", Age(144, True, 12, True)),
        ("+/- 12", Age(144, True, 12, True)),
        ("≈ 12", Age(144, True, 12, True)),
        ("~12 ans", Age(144, True, 12, True)),
        ("vers 12 ans", Age(144, True, 12, True)),
        ("12 ans environ", Age(144, True, 12, True)),
        ("12 ?", Age(144, True, 12, True)),
        ("env. 30", Age(360, True, 24, True)),
        ("14 mois", Age(14, to_the_year=False)),
        ("10-12 ans", Age(132, True, 12, True)),
        ("10 à 12 ans", Age(132, True, 12, True)),
        ("entre 10 et 11 ans", Age(126, True, 6, True)),
        ("5 ans et demi", Age(66, to_the_year=False)),
        ("5 ans ½", Age(66, to_the_year=False)),
        ("9,5", Age(114, to_the_year=False)),
        ("2 ans et 3 mois", Age(27, to_the_year=False)),
        ("3 jours", Age(0, to_the_year=False)),
        ("6 semaines", Age(1, to_the_year=False)),
        ("nouveau-né", Age(0, to_the_year=False)),
        ("env. 14 mois", Age(14, False, 12, True)),
    ],
)
def test_an_age_is_read_in_every_form(written: object, age: Age) -> None:
    found = parse_age(written)
    assert found.value == age
    assert found.problem is None


@pytest.mark.parametrize(
    "written",
    [
        "400",
        400,
        "400 ans",
        "-3",
        "adulte",
        "12-10 ans",
        "2 ans et 14 mois",
        True,
        date(2022, 9, 9),
        "9 chats",
    ],
)
def test_an_impossible_age_is_refused_with_a_sentence(written: object) -> None:
    found = parse_age(written)
    assert found.value is None
    assert found.problem
    assert found.written


def test_an_age_gives_the_days_between_which_one_was_born() -> None:
    assert Age(108, to_the_year=True).born_between(FIFTH) == (date(2012, 1, 6), date(2013, 1, 5))
    assert Age(14, to_the_year=False).born_between(FIFTH) == (date(2020, 10, 6), date(2020, 11, 5))
    assert Age(108, True, 12, True).born_between(FIFTH) == (date(2011, 1, 6), date(2014, 1, 5))
    assert Age(0, to_the_year=False).born_between(date(2024, 2, 29))[1] == date(2024, 2, 29)


@settings(deadline=None)
@given(
    st.integers(0, 120 * 12), st.booleans(), st.integers(0, 24), st.dates(date(1990, 1, 1), date(2100, 1, 1))
)
def test_nobody_is_born_after_the_day_or_in_an_empty_interval(
    months: int, years: bool, margin: int, day: date
) -> None:
    first, last = Age(months, years, margin).born_between(day)
    assert first <= last <= day


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("M", "male"),
        ("m.", "male"),
        ("Masculin", "male"),
        ("H", "male"),
        ("G", "male"),
        ("garçon", "male"),
        ("Homme", "male"),
        ("Male", "male"),
        ("F", "female"),
        ("Féminin", "female"),
        ("fille", "female"),
        ("FEMME", "female"),
        ("female", "female"),
    ],
)
def test_sex_is_read_in_every_form(written: str, sex: str) -> None:
    found = parse_sex(written)
    assert (found.value, found.problem) == (sex, None)


@pytest.mark.parametrize("written", ["X", "M/F", "1", "garçonne", "autre"])
def test_another_word_for_sex_is_unknown_and_said(written: str) -> None:
    found = parse_sex(written)
    assert found.value == "unknown"
    assert written in str(found.problem)


@settings(deadline=None)
@given(st.text(max_size=80) | st.integers() | st.floats() | st.booleans() | st.datetimes() | st.none())
def test_any_cell_whatever_is_survived(value: object) -> None:
    parsers = (
        parse_date,
        parse_age,
        parse_sex,
        parse_country,
        parse_brought_by,
        parse_forms,
        parse_needs,
        parse_reintegration,
        parse_name,
    )
    for parse in parsers:
        found = parse(value)
        assert found.problem is None or found.written
