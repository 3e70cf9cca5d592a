"""Dates, plurals, numbers and masked names as a French reader expects them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mafaka.ui import text
from mafaka.ui.templatetags import ui

NO_BREAK = text.NO_BREAK


@pytest.fixture(autouse=True)
def _french() -> None:
    translation.activate("fr")


def test_a_day_is_written_in_full() -> None:
    assert text.day(date(2026, 10, 12)) == "12 octobre 2026"


def test_the_first_of_a_month_is_ordinal_in_french_only() -> None:
    assert text.day(date(2026, 2, 1)) == "1er février 2026"
    with translation.override("en"):
        assert text.day(date(2026, 2, 1)) == "1 February 2026"


@pytest.mark.parametrize(
    ("month", "word"), [(1, "janv."), (2, "févr."), (5, "mai"), (7, "juil."), (12, "déc.")]
)
def test_short_months_are_the_french_ones(month: int, word: str) -> None:
    assert text.short_day(date(2026, month, 12)) == f"12{NO_BREAK}{word}"
    assert text.short_date(date(2026, month, 12)) == f"12{NO_BREAK}{word}{NO_BREAK}2026"


def test_a_moment_is_told_in_local_time() -> None:
    assert text.moment(datetime(2026, 10, 12, 17, 25, tzinfo=UTC)) == f"12{NO_BREAK}oct., 18:25"


def test_midnight_in_niamey_is_the_next_day() -> None:
    assert text.moment(datetime(2026, 10, 12, 23, 30, tzinfo=UTC)).startswith("13")


def test_no_date_is_nothing() -> None:
    assert [ui.day(None), ui.short_day(None), ui.short_date(None), ui.moment(None)] == [""] * 4


def test_french_counts_zero_as_one_and_english_does_not() -> None:
    assert [text.plural(number, "lit,lits") for number in (0, 1, 2)] == ["lit", "lit", "lits"]
    with translation.override("en"):
        assert [text.plural(number, "bed,beds") for number in (0, 1, 2)] == ["beds", "bed", "beds"]


def test_what_is_left_to_correct_is_counted_in_words() -> None:
    assert text.to_correct(1) == "Il reste un point à corriger"
    assert text.to_correct(2) == "Il reste deux points à corriger"
    assert text.to_correct(12) == "Il reste 12 points à corriger"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Amina Moussa", "A••••• M••••"),
        ("amina moussa ibrahim", "A••••• M••••"),
        ("Ɗan Ladi", "Ɗ••••• L••••"),
        ("ɗan ladi", "Ɗ••••• L••••"),
        ("'Yar Auta", "Y••••• A••••"),
        ("Ali", "A•••••"),
        ("", "•••••"),
        (" - ", "•••••"),
    ],
)
def test_a_masked_name_keeps_two_initials(name: str, masked: str) -> None:
    assert text.mask(name) == masked


@given(st.text())
def test_a_masked_name_never_tells_its_length_nor_more_than_two_initials(name: str) -> None:
    masked = text.mask(name)
    assert masked.count("•") in (5, 9)
    assert len([part for part in masked.replace("•", " ").split() if part]) <= 2


@given(st.text(alphabet="ɓɗƙƴabcé' ", min_size=1))
def test_masking_twice_changes_nothing(name: str) -> None:
    assert text.mask(text.mask(name)) == text.mask(name)


def test_each_form_gets_its_own_key() -> None:
    first, second = ui.once(), ui.once()
    assert first != second
    assert first.startswith('<input type="hidden" name="once" value="')


def test_an_icon_is_silent_for_those_who_listen() -> None:
    assert 'aria-hidden="true"' in ui.icon("print")
    assert "built/icons.svg#print" in ui.icon("print")
