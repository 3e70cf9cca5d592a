"""Numbers, days and plurals over all their values: what is always true of how they are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mafaka.ui import text
from mafaka.ui.templatetags import ui

NIAMEY = ZoneInfo("Africa/Niamey")
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.fixture(autouse=True)
def _french() -> None:
    translation.activate("fr")


@given(days)
def test_a_day_in_full_says_its_day_month_and_year(day: date) -> None:
    number, month, year = text.day(day).split(" ")
    assert number == ("1er" if day.day == 1 else str(day.day))
    assert month.isalpha()
    assert year == str(day.year)


def test_the_twelve_months_are_twelve_words_in_both_lengths() -> None:
    each = [date(2026, month, 12) for month in range(1, 13)]
    assert len({text.day(day) for day in each}) == len({text.short_day(day) for day in each}) == 12


@given(days)
def test_a_short_day_cannot_break_over_two_lines(day: date) -> None:
    for said in (text.short_day(day), text.short_date(day)):
        assert " " not in said
        assert text.NO_BREAK in said
    assert text.short_date(day).startswith(text.short_day(day))


@given(days, days)
def test_two_days_of_a_year_never_look_alike(one: date, other: date) -> None:
    assert (text.short_date(one) == text.short_date(other)) == (one == other)
    assert (text.day(one) == text.day(other)) == (one == other)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  made aware
def test_a_moment_is_that_of_the_clock_on_the_wall(at: datetime) -> None:
    local = at.astimezone(NIAMEY)
    assert text.moment(at) == f"{text.short_day(local.date())}, {local:%H:%M}"


@given(st.integers(-1_000, 1_000))
def test_a_number_in_words_is_a_word_below_ten_and_figures_elsewhere(number: int) -> None:
    said = text.in_words(number)
    assert said.isalpha() == (0 <= number < 10)
    assert said.isalpha() or said == str(number)


def test_the_ten_words_for_numbers_are_different() -> None:
    assert len({text.in_words(number) for number in range(10)}) == 10


@given(st.integers(-10_000, 10_000))
def test_a_plural_is_one_of_its_two_forms_and_french_begins_at_two(number: int) -> None:
    said = text.plural(number, "lit,lits")
    assert said == ("lit" if -2 < number < 2 else "lits")
    with translation.override("en"):
        assert text.plural(number, "bed,beds") == ("bed" if number == 1 else "beds")


def test_a_plural_may_hold_commas_after_its_first() -> None:
    assert text.plural(2, "un lit,des lits, enfin") == "des lits, enfin"


@pytest.mark.parametrize("language", ["fr", "fr-ne", None])
def test_french_is_spoken_wherever_nothing_else_is(language: str | None) -> None:
    if language is None:
        with translation.override(None):
            assert text.speaks_french()
    else:
        with translation.override(language):
            assert text.speaks_french()
    with translation.override("en"):
        assert not text.speaks_french()


# --- In templates


def drawn(source: str, **known: object) -> str:
    return Template(source).render(Context(known))


def test_templates_say_days_and_moments_in_the_same_words() -> None:
    at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert drawn("{{ at|day }}", at=at) == "1er novembre 2026"
    assert drawn("{{ at|short_day }}", at=at) == f"1er{text.NO_BREAK}nov."
    assert drawn("{{ at|short_date }}", at=at) == f"1er{text.NO_BREAK}nov.{text.NO_BREAK}2026"
    assert drawn("{{ at|moment }}", at=at) == f"1er{text.NO_BREAK}nov., 00:30"
    for name in ("day", "short_day", "short_date", "moment"):
        assert drawn(f"{{{{ nothing|{name} }}}}", nothing=None) == ""


def test_templates_count_in_french() -> None:
    source = '{% for n in counts %}{{ n }} {{ n|plural:"lit,lits" }}{% if not forloop.last %}, {% endif %}{% endfor %}'
    assert drawn(source, counts=[0, 1, 2, 10]) == "0 lit, 1 lit, 2 lits, 10 lits"
    assert drawn("{{ 7|in_words }}") == "sept"


@given(st.text(alphabet="<>&\"'abAB ɓ", max_size=20))
def test_a_masked_name_needs_no_escaping(name: str) -> None:
    masked = ui.mask(name)
    assert not set(masked) & set("<>&\"'")
    assert drawn("{{ name|mask }}", name=name) == masked


def test_who_has_no_name_is_masked_too() -> None:
    assert ui.mask(None) == ui.mask("") == "•••••"  # type: ignore[arg-type]


@given(st.integers(1, 60), st.data())
def test_the_page_numbers_shown_hold_the_ends_and_the_neighbours_in_order(
    count: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, count))
    shown = list(ui.page_numbers(Paginator(range(count), 1).page(number)))
    numbers = [each for each in shown if isinstance(each, int)]
    assert numbers == sorted(set(numbers))
    assert {1, count, number} <= set(numbers)
    assert {max(1, number - 1), min(count, number + 1)} <= set(numbers)
    for place, each in enumerate(shown):
        if not isinstance(each, int):
            assert shown[place + 1] - shown[place - 1] > 1  # type: ignore[operator]


@pytest.mark.parametrize(("own_id", "link"), [("id_bed", "id_bed"), ("", "id_day_0")])
def test_an_error_leads_to_the_input_or_to_the_first_of_its_boxes(own_id: str, link: str) -> None:
    field = SimpleNamespace(id_for_label=own_id, auto_id="id_day")
    assert ui.first_input(field) == link  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["show", '"><script>'])
def test_the_name_of_a_picture_is_only_a_name(name: str) -> None:
    html = str(ui.icon(name))
    assert html.count("<") == 3
    assert html.startswith('<svg class="icon"')


def test_a_thousand_forms_have_a_thousand_keys() -> None:
    assert len({str(ui.once()) for _each in range(1_000)}) == 1_000


def test_a_night_is_a_day_for_whoever_reads_it_here() -> None:
    evening = datetime(2026, 10, 12, 22, 59, tzinfo=UTC)
    assert [text.moment(evening + timedelta(minutes=each))[:2] for each in (0, 1)] == ["12", "13"]
