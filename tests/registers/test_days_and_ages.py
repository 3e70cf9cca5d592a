"""Any day and any age, in every way of writing them: what was written comes out, and never anything else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mafaka.registers.ages import ADULT_MARGIN, CHILD_MARGIN, parse_age
from mafaka.registers.values import LAST_DATE, OLDEST, Age, parse_date, parse_sex, plain, says_nothing
from mafaka.registers.words import age as age_in_words
from mafaka.ui.text import NO_BREAK

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

days = st.dates(date(1990, 1, 1), LAST_DATE)
today = st.dates(date(2015, 1, 1), date(2040, 12, 31))

WAYS = {
    "slashes": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "bare numbers": lambda d: f"{d.day}-{d.month}-{d.year}",
    "points": lambda d: f"{d.day}.{d.month:02}.{d.year}",
    "ISO": lambda d: d.isoformat(),
    "ISO with an hour": lambda d: f"{d.isoformat()} 14:05:00",
    "month in full": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "month in short": lambda d: f"{d.day:02} {SHORT[d.month - 1]} {d.year}",
    "month in capitals": lambda d: f"{d.day}-{MONTHS[d.month - 1].upper()}-{d.year}",
    "with its weekday": lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    "in English": lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    "serial of a spreadsheet": lambda d: (d - date(1899, 12, 30)).days,
    "serial with an hour": lambda d: (d - date(1899, 12, 30)).days + 0.75,
    "serial as a text": lambda d: str((d - date(1899, 12, 30)).days),
    "a date": lambda d: d,
    "a moment": lambda d: datetime(d.year, d.month, d.day, 17, 40),  # noqa: DTZ001  a cell knows no zone
}


@pytest.mark.parametrize("way", WAYS)
@given(day=days)
def test_any_day_comes_out_of_every_way_of_writing_it(way: str, day: date) -> None:
    found = parse_date(WAYS[way](day))
    assert (found.value, found.problem, found.note) == (day, None, None)


@given(day=st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_a_year_of_two_digits_is_of_the_century_in_which_people_may_have_arrived(day: date) -> None:
    assert parse_date(f"{day.day}/{day.month}/{day:%y}").value == day


@given(day=days)
def test_a_month_before_its_day_is_only_read_so_when_it_cannot_be_otherwise(day: date) -> None:
    found = parse_date(f"{day.month}/{day.day}/{day.year}")
    if day.day > 12:
        assert (found.value, bool(found.note)) == (day, True)
    else:
        assert (found.value, found.note) == (date(day.year, day.day, day.month), None)


@given(day=days, latest=days)
def test_no_day_after_the_latest_is_ever_read(day: date, latest: date) -> None:
    for write in WAYS.values():
        found = parse_date(write(day), latest=latest)
        assert found.value == (day if day <= latest else None)
        assert bool(found.problem) == (day > latest)


@given(day=st.integers(32, 99), month=st.integers(1, 12), year=st.integers(1990, 2030))
def test_a_day_beyond_the_month_is_no_day(day: int, month: int, year: int) -> None:
    for text in (f"{day}/{month}/{year}", f"{day} {MONTHS[month - 1]} {year}", f"{year}-{month}-{day}"):
        found = parse_date(text)
        assert found.value is None
        assert text in str(found.problem)


@pytest.mark.parametrize(
    "text", ["", "-", "?", "N/A", "n.d.", "NSP", "Inconnue", "non précisé", "NE SAIT PAS", "…"]
)
def test_ways_of_saying_that_nothing_is_known_are_no_problem(text: str) -> None:
    assert says_nothing(text)
    for parse in (parse_date, parse_age):
        found = parse(text)
        assert (found.value, found.problem) == (None, None)


@given(text=st.text(max_size=40))
@example(text="𝜜")
def test_a_text_made_plain_is_plain(text: str) -> None:
    once = plain(text)
    assert once == once.strip()
    assert "  " not in once
    assert plain(once) == once


@pytest.mark.parametrize("text", ["𝐌𝐀𝐋𝐄", "ＭＡＬＥ", "Mâle", "MALE"])
def test_bold_and_wide_letters_of_a_phone_are_letters(text: str) -> None:
    assert plain(text) == "male"
    assert parse_sex(text).value == "male"


# --- Ages


def months_between(born: date, on: date) -> int:
    """Completed months from a birth to a day."""
    months = (on.year - born.year) * 12 + on.month - born.month
    return months - (on.day < born.day)


@given(on=today, lived=st.integers(0, 90 * 365))
def test_the_true_birthday_is_in_the_interval_of_an_age_said_in_years(on: date, lived: int) -> None:
    born = on - timedelta(days=lived)
    found = parse_age(months_between(born, on) // 12)
    assert found.value
    first, last = found.value.born_between(on)
    assert first <= born <= last


@given(on=today, lived=st.integers(0, 900))
def test_the_true_birthday_is_in_the_interval_of_an_age_said_in_months(on: date, lived: int) -> None:
    born = on - timedelta(days=lived)
    found = parse_age(f"{months_between(born, on)} mois")
    assert found.value
    first, last = found.value.born_between(on)
    assert first <= born <= last


@given(years=st.integers(0, OLDEST))
def test_every_word_for_years_says_the_same_age(years: int) -> None:
    expected = Age(years * 12, to_the_year=True)
    for text in (
        years,
        float(years),
        f"{years}",
        f"{years} ans",
        f"{years}ans",
        f"{years} ANS",
        f"{years} years old",
    ):
        assert parse_age(text).value == expected, text


@given(years=st.integers(0, OLDEST - 1), months=st.integers(0, 11))
def test_years_and_months_add_up(years: int, months: int) -> None:
    for text in (f"{years} ans et {months} mois", f"{years} ans {months} mois", f"{years} ans {months}"):
        assert parse_age(text).value == Age(years * 12 + months, to_the_year=False), text


@pytest.mark.parametrize(
    "about",
    ["env. {}", "environ {}", "vers {}", "à peu près {}", "± {}", "{} environ", "{} ?", "~{}", "{} (estimé)"],
)
@given(years=st.integers(0, OLDEST))
def test_an_estimate_gives_its_own_age_a_margin_and_never_less_than_none(about: str, years: int) -> None:
    age = parse_age(about.format(f"{years} ans")).value
    assert age
    assert (age.months, age.estimated) == (years * 12, True)
    assert age.margin == min(CHILD_MARGIN if years < 18 else ADULT_MARGIN, years * 12)
    assert age.months - age.margin >= 0


@given(on=today, years=st.integers(0, 90))
def test_the_interval_of_an_estimate_holds_that_of_the_age_itself(on: date, years: int) -> None:
    said, about = parse_age(years).value, parse_age(f"env. {years}").value
    assert said
    assert about
    (first, last), (earlier, later) = said.born_between(on), about.born_between(on)
    assert earlier <= first <= last <= later


@given(on=today, low=st.integers(0, 60), more=st.integers(1, 20))
def test_a_range_of_ages_holds_both_of_its_ends(on: date, low: int, more: int) -> None:
    for text in (f"{low}-{low + more} ans", f"{low} à {low + more} ans", f"entre {low} et {low + more} ans"):
        age = parse_age(text).value
        assert age
        assert age.estimated
        first, last = age.born_between(on)
        for end in (low, low + more):
            earliest, latest = Age(end * 12, to_the_year=True).born_between(on)
            assert first <= earliest
            assert latest <= last


@given(low=st.integers(0, 120), less=st.integers(0, 120))
def test_a_range_that_does_not_rise_is_refused(low: int, less: int) -> None:
    text = f"{low}-{max(0, low - less)} ans"
    found = parse_age(text)
    assert found.value is None
    assert text in str(found.problem)


@given(years=st.integers(OLDEST + 1, 999))
def test_nobody_is_older_than_anybody_ever_was(years: int) -> None:
    for text in (years, f"{years} ans", f"env. {years}"):
        found = parse_age(text)
        assert found.value is None
        assert "n’est pas possible" in str(found.problem)


@given(weeks=st.integers(0, 52), days_old=st.integers(0, 365))
def test_weeks_and_days_are_completed_months(weeks: int, days_old: int) -> None:
    in_weeks, in_days = parse_age(f"{weeks} semaines").value, parse_age(f"{days_old} jours").value
    assert in_weeks == Age(weeks * 7 // 30, to_the_year=False)
    assert in_days == Age(days_old // 30, to_the_year=False)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (None, ""),
        (Age(0, to_the_year=False), "0 mois"),
        (Age(14, to_the_year=False), "14 mois"),
        (Age(23, to_the_year=False), "23 mois"),
        (Age(24, to_the_year=False), "2 ans"),
        (Age(12, to_the_year=True), "1 an"),
        (Age(108, to_the_year=True), "9 ans"),
        (Age(108, to_the_year=True, margin=12, estimated=True), "env. 9 ans"),
        (Age(14, to_the_year=False, margin=12, estimated=True), "env. 14 mois"),
    ],
)
def test_an_age_is_said_as_one_says_it(age: Age | None, words: str) -> None:
    assert age_in_words(age).replace(NO_BREAK, " ") == words


@given(months=st.integers(0, OLDEST * 12), to_the_year=st.booleans(), estimated=st.booleans())
def test_an_age_in_words_is_read_again_as_the_age_one_would_say(
    months: int, to_the_year: bool, estimated: bool
) -> None:
    said = Age(months, to_the_year, estimated=estimated)
    again = parse_age(age_in_words(said)).value
    assert again
    assert (again.years, again.estimated) == (said.years, estimated)
