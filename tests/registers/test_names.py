"""Names are cleaned of what cannot be seen, and otherwise left alone."""

from __future__ import annotations

import pytest

from mafaka.registers.names import LONGEST_NAME, parse_name
from mafaka.registers.order import order_note


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Mahamadou Inoussa ", "Mahamadou Inoussa"),
        ("Ali\u00a0 Moussa\n", "Ali Moussa"),
        ("SANI IBRAHIM", "Sani Ibrahim"),
        ("NANA-AICHA MAHAMAN", "Nana-Aicha Mahaman"),
        ("MOUSSA AG AKLI", "Moussa ag Akli"),
        ("ALI OULD SIDI", "Ali ould Sidi"),
        ("N'GADE ÉLHADJ", "N'Gade Élhadj"),
        ("Dan-Ladi Rabiou", "Dan-Ladi Rabiou"),
        ("moussa ali", "moussa ali"),
        ("عائشة موسى", "عائشة موسى"),
        ("Ɗan Ladi", "Ɗan Ladi"),
    ],
)
def test_a_name_is_tidied(written: str, name: str) -> None:
    found = parse_name(written)
    assert (found.value, found.written, found.problem) == (name, written, None)


@pytest.mark.parametrize(
    "written",
    ["Ali\u202e Moussa", "Ali \x00Moussa", "\u200fAli Moussa", "Ali\u200b Moussa", "Ali \x1b[31mMoussa"],
)
def test_control_and_direction_characters_are_taken_out_and_it_is_said(written: str) -> None:
    found = parse_name(written)
    assert "Moussa" in found.value
    assert found.value.isprintable()
    assert found.note


@pytest.mark.parametrize("written", ["", "  ", "?", "X", "Inconnu", "sans nom", "\u200b", None])
def test_no_name_is_no_name(written: str | None) -> None:
    assert parse_name(written).value == ""


def test_a_name_of_two_thousand_characters_is_kept_as_written_and_flagged() -> None:
    written = "A" * 2_000
    found = parse_name(written)
    assert found.value == written
    assert "2000" in str(found.problem)
    assert parse_name("a" * LONGEST_NAME).problem is None


def test_digits_in_a_name_are_flagged() -> None:
    assert parse_name("Ali 2").problem


def test_a_name_written_the_other_way_round_is_said_and_not_changed() -> None:
    assert "Issa Jamila" in str(order_note("Issa Jamila", "female"))
    assert order_note("Jamila Issa", "female") is None
    assert order_note("Issa Jamila", "unknown") is None
    assert order_note("Issa Moussa", "female") is None, (
        "both are names of men: the sex may be wrong, not the order"
    )
