"""The headers: found below titles, over two lines, in French and English; a person's corrections are kept."""

from __future__ import annotations

import json

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mafaka.registers.codes import FIELDS
from mafaka.registers.columns import Mapping, as_known, guess
from mafaka.registers.headers import HEADERS as WORDS
from mafaka.workbooks.package import UnreadableWorkbook
from tests.registers.sheets import DEMONSTRATION, HEADERS, ROW, grid_of, xlsx


def mapping_of(*rows: object, **options: object) -> Mapping:
    return guess(grid_of(xlsx(*rows, **options)))  # type: ignore[arg-type]


def fields_of(*headers: str) -> list[str | None]:
    return [column.field for column in mapping_of(headers, ["x"] * len(headers)).columns]


def test_the_demonstration_register_is_understood_whole() -> None:
    mapping = guess(grid_of(DEMONSTRATION.read_bytes()))
    assert mapping.header_rows == (4,)
    assert [column.field for column in mapping.columns] == [
        "number", "arrived_on", "name", "sex", "age", "nationality", "origin", "returned_from", "brought_by",
        "forms", "needs", "left_on", "reintegration",
    ]  # fmt: skip
    assert not mapping.missing
    assert not mapping.clashes
    assert mapping.columns[4].samples == ("9", "15", "14 mois")


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (("NOMS ET PRENOMS", "DATE D’ARRIVEE", "SEXE (M/F)"), ["name", "arrived_on", "sex"]),
        (("Name", "Date of arrival", "Gender", "Phone number"), ["name", "arrived_on", "sex", "phone"]),
        (("Nom", "Prénom", "Date entrée"), ["name", "own_name", "arrived_on"]),
        (("Nom", "Nom du père", "Nom de la mère"), ["name", "father", "mother"]),
        (("Nom", "Date", "Date sortie"), ["name", "arrived_on", "left_on"]),
        (("Nom et prenoms", "Nationnalité", "Observation"), ["name", "nationality", "remarks"]),
        (
            ("Nom", "Provenance", "Village/Quartier", "Pays de provenance"),
            ["name", "origin", "village", "returned_from"],
        ),
        (("Nom et prénom", "Nom et prénom du tuteur", "Nom du village"), ["name", None, "village"]),
        (("Nom", "Date d'entrée", "Date de retour au village"), ["name", "arrived_on", None]),
        (("Nom", "Besoin 1", "Besoin 2"), ["name", "needs", "needs"]),
        (("Nom", "Sexe", "Groupe sanguin"), ["name", "sex", None]),
        (("Nom", "Sexe", "Sexe"), ["name", "sex", None]),
        (("Nom", "Age (ans)", "Référé par", "Formes d'exploitation"), ["name", "age", "brought_by", "forms"]),
    ],
)
def test_headers_are_recognised_however_they_are_written(headers: tuple[str, ...], fields: list[str]) -> None:
    assert fields_of(*headers) == fields


def test_titles_above_the_headers_are_passed_over() -> None:
    def merge(page: Worksheet) -> None:
        page.merge_cells("A1:G1")

    rows = (["Registre des noms et dates d'entrée"], [], ["Centre :", "Zinder"], HEADERS, ROW)
    assert mapping_of(*rows, change=merge).header_rows == (4,)


@pytest.mark.parametrize("titles", [["Centre d'accueil - Zinder"], ["Registre", "Noms et dates d'entrée"]])
def test_a_title_right_above_the_headers_is_none_of_them(titles: list[str]) -> None:
    mapping = mapping_of(*([title] for title in titles), HEADERS, ROW)
    assert mapping.header_rows == (len(titles) + 1,)
    assert [column.header for column in mapping.columns] == list(HEADERS)


def test_headers_over_two_lines_are_read_together() -> None:
    def merge(page: Worksheet) -> None:
        for box in ("A1:A2", "B1:C1", "D1:E1"):
            page.merge_cells(box)

    mapping = mapping_of(
        ["N°", "Identité", None, "Date", None],
        [None, "Nom et prénom", "Sexe", "Entrée", "Sortie"],
        [1, "Ali Moussa", "M", "01/01/2022", "05/01/2022"],
        change=merge,
    )
    assert mapping.header_rows == (1, 2)
    assert [column.field for column in mapping.columns] == ["number", "name", "sex", "arrived_on", "left_on"]
    assert mapping.columns[3].header == "Date Entrée"


def test_a_first_row_of_people_is_not_taken_for_a_second_line_of_headers() -> None:
    assert mapping_of(HEADERS, [str(value) for value in ROW]).header_rows == (1,)


def test_a_sheet_without_headers_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableWorkbook, match="titres des colonnes"):
        mapping_of(ROW, ROW)


def test_a_column_without_header_is_kept() -> None:
    mapping = mapping_of(["Nom", "Date d'entrée", None], ["Ali", "01/01/2022", "a pleuré"])
    assert (mapping.columns[2].header, mapping.columns[2].field) == ("Colonne C", None)


def test_what_is_needed_and_missing_is_said() -> None:
    assert mapping_of(["N°", "Sexe", "Âge"], [1, "M", 9]).missing == ("name", "arrived_on")
    assert mapping_of(["Prénom", "Date d'entrée"], ["Ali", "01/01/2022"]).missing == ()


def test_a_person_corrects_the_guess_and_the_next_register_remembers() -> None:
    headers = ["Nom", "Date d'entrée", "Contact"]
    mapping = mapping_of(headers, ["Ali", "01/01/2022", "oncle Issa"])
    assert mapping.columns[2].field == "phone"
    corrected = mapping.corrected({"C": ""})
    assert [column.field for column in corrected.columns] == ["name", "arrived_on", None]
    kept = as_known(json.loads(json.dumps(corrected.to_json())))
    again = guess(grid_of(xlsx(["Titre"], headers, ["Issa", "02/01/2022", "x"])), known=kept)
    assert [column.field for column in again.columns] == ["name", "arrived_on", None]


def test_a_correction_must_name_a_column_and_a_field() -> None:
    mapping = mapping_of(HEADERS, ROW)
    for choices in ({"A": "shoe_size"}, {"ZZ": "age"}):
        with pytest.raises(ValueError):  # noqa: PT011
            mapping.corrected(choices)


def test_one_field_in_two_columns_is_a_clash_unless_it_may_be_spread() -> None:
    mapping = mapping_of(HEADERS, ROW)
    assert mapping.corrected({"A": "sex"}).clashes == ("sex",)
    assert mapping.corrected({"A": "remarks", "D": "remarks"}).clashes == ()


def test_a_kept_mapping_of_another_version_does_no_harm() -> None:
    assert as_known({"nom": "name", "taille": "shoe_size", "x": ""}) == {"nom": "name", "x": ""}
    assert as_known(None) == {}


def test_every_field_has_words_for_its_header() -> None:
    assert set(WORDS) == set(FIELDS)
