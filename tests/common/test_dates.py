"""A date in three boxes: every day that exists is read, nothing else is, and each mistake meets its sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mafaka.common.forms import EARLIEST_YEAR, DateBoxes, DateBoxesField, Form

LIMIT = date(2026, 10, 12)
LAWFUL = st.dates(date(EARLIEST_YEAR, 1, 1), date(2100, 12, 31))
NOT_YET = "Cette date n’est pas encore venue."
NO_DAY = "Cette date n’existe pas. Vérifiez le jour, le mois et l’année."
FOUR_DIGITS = "L’année doit s’écrire en quatre chiffres, par exemple 2026."
ASKED = "Indiquez la date : jour, mois et année."


class Paper(Form):
    """One date that is needed, one that is not."""

    held_on = DateBoxesField(label="Jour", latest=lambda: LIMIT)
    until = DateBoxesField(label="Fin", required=False)


def boxes(name: str, day: object, month: object, year: object) -> dict[str, str]:
    return {f"{name}_0": str(day), f"{name}_1": str(month), f"{name}_2": str(year)}


def read(day: object, month: object, year: object, **kwargs: Any) -> date | None:
    return DateBoxesField(**kwargs).clean([str(day), str(month), str(year)])


def said(*typed: object, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        read(*typed, **kwargs)
    return " ".join(refused.value.messages).replace("\u00a0", " ")


@given(LAWFUL)
def test_every_day_is_read_and_shown_again_as_it_was(day: date) -> None:
    assert read(day.day, day.month, day.year) == day
    shown = DateBoxes().decompress(day)
    assert DateBoxesField().clean(shown) == day


@given(LAWFUL)
def test_leading_zeros_and_spaces_do_not_matter(day: date) -> None:
    assert read(f"{day.day:02}", f" {day.month}", f"{day.year}") == day


@given(st.integers(0, 99), st.integers(0, 99), st.integers(EARLIEST_YEAR, 2100))
def test_a_day_that_does_not_exist_is_never_moved_to_one_that_does(day: int, month: int, year: int) -> None:
    try:
        expected = date(year, month, day)
    except ValueError:
        assert said(day, month, year) == NO_DAY
    else:
        assert read(day, month, year) == expected


@given(st.text(max_size=4), st.text(max_size=4), st.text(max_size=4))
def test_any_text_is_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    with suppress(ValidationError):
        found = read(day, month, year)
        assert found is not None
        assert (found.day, found.month, found.year) == (int(day), int(month), int(year))


@pytest.mark.parametrize(
    "typed",
    [("1_2", 1, 2026), ("+1", 1, 2026), ("-1", 1, 2026), (1, "1.0", 2026), (1, 1, "+202"), (1, 1, "2_26"),
     (1, "½", 2026), ("1e1", 1, 2026), (1, "²", 2026), ("x", "y", "z"), (1, "mai", 2026)],
)  # fmt: skip
def test_what_is_not_written_in_digits_is_no_date(typed: tuple[object, ...]) -> None:
    assert said(*typed) == NO_DAY


@pytest.mark.parametrize("year", [0, 26, 202, 1899])
def test_a_short_or_ancient_year_is_asked_for_in_four_digits(year: int) -> None:
    assert said(1, 1, year) in (FOUR_DIGITS, NO_DAY)
    if year:
        assert said(1, 1, year) == FOUR_DIGITS


@pytest.mark.parametrize(("year", "lawful"), [(2100, True), (2101, False), (9999, False), (1900, True)])
def test_years_end_in_2100(year: int, lawful: bool) -> None:
    if lawful:
        assert read(31, 12, year) == date(year, 12, 31)
    else:
        assert said(31, 12, year) == FOUR_DIGITS


def test_a_room_may_begin_later() -> None:
    assert read(1, 1, 2015, earliest_year=2015) == date(2015, 1, 1)
    assert said(31, 12, 2014, earliest_year=2015) == FOUR_DIGITS


@given(st.integers(-2000, 2000))
def test_what_has_not_happened_yet_is_refused_from_the_very_next_day(offset: int) -> None:
    day = LIMIT + timedelta(days=offset)
    if offset > 0:
        assert said(day.day, day.month, day.year, latest=lambda: LIMIT) == NOT_YET
    else:
        assert read(day.day, day.month, day.year, latest=lambda: LIMIT) == day


def test_the_last_lawful_day_is_asked_for_at_each_form_and_not_when_the_program_starts() -> None:
    days = iter([LIMIT, LIMIT + timedelta(days=1)])
    field = DateBoxesField(latest=lambda: next(days))
    with pytest.raises(ValidationError):
        field.clean(["13", "10", "2026"])
    assert field.clean(["13", "10", "2026"]) == LIMIT + timedelta(days=1)


@pytest.mark.parametrize("typed", [(), ["", "", ""], [" ", "\u00a0", ""], None])
def test_empty_boxes_are_nothing_where_a_date_may_be_missing(typed: Any) -> None:
    assert DateBoxesField(required=False).clean(typed) is None
    with pytest.raises(ValidationError) as refused:
        DateBoxesField().clean(typed)
    assert [message.replace("\u00a0", " ") for message in refused.value.messages] == [ASKED]


@pytest.mark.parametrize(
    "typed", [("1", "", ""), ("", "2", ""), ("", "", "2026"), ("1", "2", ""), ("", "2", "2026")]
)
@pytest.mark.parametrize("required", [True, False])
def test_half_a_date_is_asked_for_whole_even_where_it_may_be_missing(
    typed: tuple[str, ...], required: bool
) -> None:
    assert said(*typed, required=required) == ASKED


def test_a_form_may_say_itself_what_is_missing() -> None:
    assert said("", "", "", missing="Dites quand.") == "Dites quand."
    assert said("1", "", "", missing="Dites quand.") == "Dites quand."


def test_a_form_reads_its_boxes_by_name() -> None:
    form = Paper(boxes("held_on", 28, 2, 2026) | boxes("until", "", "", ""))
    assert form.is_valid()
    assert form.cleaned_data == {"held_on": date(2026, 2, 28), "until": None}


def test_a_form_without_its_boxes_asks_for_the_one_that_is_needed() -> None:
    form = Paper({})
    assert not form.is_valid()
    assert set(form.errors) == {"held_on"}


def test_what_was_typed_stays_in_its_boxes_when_it_is_refused() -> None:
    page = str(Paper(boxes("held_on", 31, 2, 2026))["held_on"])
    for value in ("31", "2", "2026"):
        assert f'value="{value}"' in page


def test_a_known_date_stands_in_its_boxes() -> None:
    page = str(Paper(initial={"held_on": date(2026, 2, 28)})["held_on"])
    for value in ("28", "2", "2026"):
        assert f'value="{value}"' in page


def test_numbers_are_typed_on_a_number_pad_and_remembered_by_no_browser() -> None:
    page = str(Paper()["held_on"])
    assert page.count('inputmode="numeric"') == 3
    assert page.count('autocomplete="off"') == 3


def test_no_box_takes_more_than_four_characters() -> None:
    assert "4" in said("00001", 1, 2026)


@pytest.mark.parametrize("typed", ["\x00", "<b>", "'; --", "٣١"])
def test_odd_characters_do_no_harm(typed: str) -> None:
    form = Paper(boxes("held_on", typed, 1, 2026))
    form.is_valid()
    assert "<b>" not in str(form["held_on"])
