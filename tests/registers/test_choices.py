"""Cells that hold a choice become codes; what is not in the list is kept and said."""

from __future__ import annotations

import pytest

from mafaka.locations import gazetteer
from mafaka.locations.countries import COUNTRIES
from mafaka.registers import codes
from mafaka.registers.choices import (
    _BROUGHT_BY,
    _COUNTRY_WORDS,
    _FORMS,
    _NEEDS,
    _REINTEGRATION,
    Support,
    parse_brought_by,
    parse_country,
    parse_forms,
    parse_needs,
    parse_place,
    parse_reintegration,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nigérienne", "NE"),
        ("nigérien", "NE"),
        ("Niger", "NE"),
        ("NE", "NE"),
        ("Nigériane", "NG"),
        ("nigérian", "NG"),
        ("Nigeria", "NG"),
        ("Nigerian", "NG"),
        ("Nigerien", "NE"),
        ("Burkinabè", "BF"),
        ("Algérie", "DZ"),
        ("Libye", "LY"),
        ("Lybie", "LY"),
        ("Niger (interne)", "NE"),
        ("Côte d’Ivoire", "CI"),
        ("Guinée-Bissau", "GW"),
        ("MALIENNE", "ML"),
    ],
)
def test_countries_and_nationalities(written: str, code: str) -> None:
    found = parse_country(written)
    assert (found.value, found.problem) == (code, None)


def test_a_precision_beside_a_country_is_kept() -> None:
    assert "interne" in str(parse_country("Niger (interne)").note)


@pytest.mark.parametrize("written", ["Nigerrienne", "Wakanda", "Malienne / Nigérienne", "Nigéri"])
def test_a_country_is_never_guessed_by_resemblance(written: str) -> None:
    found = parse_country(written)
    assert found.value is None
    assert written in str(found.problem)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Police/BPM", "police"),
        ("Police Zinder", "police"),
        ("Gendarmerie", "gendarmerie"),
        ("OIM Arlit", "iom"),
        ("IOM", "iom"),
        ("ONG", "ngo"),
        ("convoi officiel", "official_convoy"),
        ("venue d’elle-même", "self"),
        ("seul", "self"),
        ("son oncle", "relative"),
        ("sa grand-mère", "relative"),
        ("Mairie de Tanout", "other"),
    ],
)
def test_who_brought_the_person(written: str, code: str) -> None:
    assert parse_brought_by(written).value == code


def test_of_two_who_brought_the_person_the_first_is_kept_and_it_is_said() -> None:
    found = parse_brought_by("Gendarmerie et OIM")
    assert found.value == "gendarmerie"
    assert found.note


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("mendicité", ("forced_begging",)),
        ("mendicite", ("forced_begging",)),
        ("Mendicité forcée", ("forced_begging",)),
        ("travail forcé", ("forced_labour",)),
        ("domestique", ("domestic_servitude",)),
        ("travaux domestiques", ("domestic_servitude",)),
        ("servitude domestique", ("domestic_servitude",)),
        ("prostitution forcée", ("sexual_exploitation",)),
        ("exploitation sexuelle", ("sexual_exploitation",)),
        ("exploitation par le travail", ("labour_exploitation",)),
        ("mendicité, travail forcé", ("forced_begging", "forced_labour")),
        ("prostitution et mendicité", ("sexual_exploitation", "forced_begging")),
        ("mariage forcé", ("forced_marriage",)),
        ("aucune", ()),
        ("Autre", ("other",)),
    ],
)
def test_forms_of_exploitation(written: str, expected: tuple[str, ...]) -> None:
    found = parse_forms(written)
    assert (found.value, found.problem) == (expected, None)


def test_a_form_that_is_not_known_is_other_and_said_beside_those_that_are() -> None:
    found = parse_forms("mendicité / orpaillage")
    assert found.value == ("forced_begging", "other")
    assert "orpaillage" in str(found.problem)
    assert "mendicité" not in str(found.problem)


def test_needs_in_every_punctuation() -> None:
    expected = ("accommodation", "medical", "family_tracing", "psychosocial")
    for mark in (", ", " / ", ";", "\n", " et "):
        found = parse_needs(mark.join(["hébergement", "médical", "recherche familiale", "psychosocial"]))
        assert (found.value, found.problem) == (expected, None)
    assert parse_needs("juridique, scolarisation, alimentation, vêtements, juridique").value == (
        "legal",
        "schooling",
        "food",
        "clothing",
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("AGR + scolarisation", (Support("income_generating", ""), Support("schooling", ""))),
        ("scolarisation + kit", (Support("schooling", ""), Support("kit", ""))),
        ("formation couture", (Support("vocational_training", "couture"),)),
        ("AGR parents: embouche", (Support("income_generating", "parents: embouche"),)),
        (
            "AGR parents: petit commerce et embouche",
            (Support("income_generating", "parents: petit commerce, embouche"),),
        ),
        ("kit scolaire", (Support("kit", "scolaire"),)),
        ("néant", ()),
        ("non", ()),
    ],
)
def test_reintegration_support(written: str, expected: tuple[Support, ...]) -> None:
    found = parse_reintegration(written)
    assert (found.value, found.problem) == (expected, None)


def test_support_of_another_kind_is_kept_in_its_words() -> None:
    found = parse_reintegration("deux chèvres")
    assert found.value == (Support("other", "deux chèvres"),)
    assert found.problem


def test_a_place_is_said_as_it_was_understood() -> None:
    assert parse_place("Kantché", gazetteer).note is None
    assert "Kantché (Kantché, Zinder)" in str(parse_place("Kantchi", gazetteer).note)
    assert "arrondissement" in str(parse_place("Zinder", gazetteer).note)
    assert "Tibiri (Tibiri, Dosso)" in str(parse_place("Tibiri", gazetteer).problem)
    assert "Kantché" in str(parse_place("Kantchett", gazetteer).problem)
    assert parse_place("", gazetteer).problem is None


def test_every_code_has_its_label() -> None:
    for patterns, labels in (
        (_BROUGHT_BY, codes.BROUGHT_BY),
        (_FORMS, codes.FORMS),
        (_NEEDS, codes.NEEDS),
        (_REINTEGRATION, codes.REINTEGRATION),
    ):
        assert {code for code, _pattern in patterns} | {codes.OTHER} == set(labels)
    assert set(_COUNTRY_WORDS) == set(COUNTRIES)
