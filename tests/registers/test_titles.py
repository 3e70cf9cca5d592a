"""The centre that a register's title names, for an installation that has none yet."""

from __future__ import annotations

import pytest

from mafaka.registers.titles import FALLBACK, ProposedCentre, read_centre
from mafaka.workbooks.package import UnreadableWorkbook
from tests.registers.sheets import DEMONSTRATION, HEADERS, ROW, xlsx


def centre_of(*titles: str) -> ProposedCentre:
    return read_centre(xlsx(*([title] for title in titles), HEADERS, ROW))


def test_the_demonstration_register_names_its_centre_and_says_that_it_is_invented() -> None:
    found = read_centre(DEMONSTRATION.read_bytes())
    assert (found.code, found.region, found.is_fictitious) == ("ZIN", "NE007", True)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("CENTRE D'ACCUEIL - ZINDER", ("ZIN", "Centre d’accueil, Zinder", "NE007")),
        ("Centre d’accueil – Agadez", ("AGA", "Centre d’accueil, Agadez", "NE001")),
        ("CENTRE DE TRANSIT, KANTCHÉ", ("KAN", "Centre de transit, Kantché", "NE007")),
        ("Centre d'écoute — Diffa", ("DIF", "Centre d’écoute, Diffa", "NE002")),
    ],
)
def test_a_title_gives_a_code_a_name_and_a_region(title: str, expected: tuple[str, str, str]) -> None:
    found = centre_of("REGISTRE DES ARRIVÉES", title)
    assert (found.code, found.name, found.region) == expected
    assert not found.is_fictitious


@pytest.mark.parametrize(
    "title",
    [
        "Registre des arrivées",
        "Centre d'accueil",
        "Centre d'accueil - Atlantis",
        "Zinder - Centre",
        "Centre - Tibiri",
    ],
)
def test_without_a_place_that_is_certain_nothing_is_guessed(title: str) -> None:
    assert centre_of(title) == ProposedCentre(FALLBACK, "Centre d’accueil", "", is_fictitious=False)


def test_a_register_without_a_title_has_no_centre() -> None:
    assert read_centre(xlsx(HEADERS, ROW)).code == FALLBACK


@pytest.mark.parametrize("word", ["Données fictives", "(noms FICTIFS)", "registre fictif"])
def test_a_title_may_say_that_everybody_is_invented(word: str) -> None:
    assert centre_of("Centre d'accueil - Zinder", word).is_fictitious


def test_a_person_of_that_name_below_the_headers_is_no_title() -> None:
    content = xlsx(HEADERS, [*ROW[:2], "Centre - Zinder", *ROW[3:]])
    assert read_centre(content).code == FALLBACK


def test_a_name_without_end_is_cut_and_what_cannot_be_seen_is_left_out() -> None:
    assert len(centre_of(f"Centre {'a' * 300} - Zinder").name) <= 100
    assert centre_of("Centre d'ac\u200bcueil\u202e - Zinder").name == "Centre d’accueil, Zinder"


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_centre(b"PK and nothing")
