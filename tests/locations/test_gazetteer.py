"""Places by name: every spelling of the registers, and never a choice between two places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.locations import gazetteer
from mafaka.locations.gazetteer import COMMUNE, DEPARTMENT, REGION, How

KANTCHE, MATAMEY, MIRRIAH, TOWN_OF_ZINDER = "NE007005005", "NE007005007", "NE007007007", "NE007011"


@pytest.mark.parametrize(
    ("written", "pcode", "how"),
    [
        ("Kantché", KANTCHE, How.EXACT),
        ("KANTCHE", KANTCHE, How.EXACT),
        ("  kantche ", KANTCHE, How.EXACT),
        ("Kantchi", KANTCHE, How.SPELLING),
        ("Matamey", MATAMEY, How.EXACT),
        ("Matamèye", MATAMEY, How.ALIAS),
        ("Matameye", MATAMEY, How.ALIAS),
        ("Miria", MIRRIAH, How.SPELLING),
        ("Mirria", MIRRIAH, How.ALIAS),
        ("Mirriah", MIRRIAH, How.EXACT),
        ("Magariya", "NE007006004", How.ALIAS),
        ("Goure", "NE007004004", How.EXACT),
        ("Drum", "NE007007002", How.SPELLING),
        ("Doungass", "NE007003002", How.ALIAS),
        ("Tirminy", "NE007008003", How.SPELLING),
        ("Tsauni", "NE007005008", How.SPELLING),
        ("Yauri", "NE007005009", How.SPELLING),
        ("Daouche", "NE007005002", How.EXACT),
        ("Ichirnaoua", "NE007005004", How.ALIAS),
        ("Bande", "NE007006001", How.EXACT),
        ("Dan-Barto", "NE007005001", How.EXACT),
        ("DANBARTO", "NE007005001", How.EXACT),
        ("Kourni", "NE007005006", How.EXACT),
        ("G. Roumdji", "NE004005002", How.ALIAS),
        ("G Roumdji", "NE004005002", How.ALIAS),
        ("D. Takaya", "NE007002002", How.ABBREVIATION),
        ("B. N’Konni", "NE005003003", How.ABBREVIATION),
        ("Maradi 2", "NE004007002", How.EXACT),
        ("zinder iv", "NE007011004", How.EXACT),
        ("Commune rurale de Kourni", "NE007005006", How.EXACT),
        ("NER007005005", KANTCHE, How.EXACT),
        ("ne007005005", KANTCHE, How.EXACT),
    ],
)
def test_every_way_of_writing_a_commune_finds_it(written: str, pcode: str, how: How) -> None:
    found = gazetteer.resolve(written)
    assert (found.pcode, found.how) == (pcode, how)


@pytest.mark.parametrize("written", ["Tibiri", "TIBIRI", "Gangara", "Sinder", "Tahoua"])
def test_two_places_of_one_name_are_left_to_a_person(written: str) -> None:
    found = gazetteer.resolve(written)
    assert found.pcode is None
    assert found.how is How.AMBIGUOUS
    assert len(found.candidates) == 2


def test_the_surroundings_decide_only_when_the_caller_gives_them() -> None:
    assert gazetteer.resolve("Gangara").pcode is None
    assert gazetteer.resolve("Gangara", near="NE007").pcode == "NE007009002"
    assert gazetteer.resolve("Tibiri", near="NE007").pcode is None, "neither Tibiri is near Zinder"


@pytest.mark.parametrize(
    ("written", "pcode"),
    [
        ("Tibiri (Maradi)", "NE004005005"),
        ("Tibiri, Dosso", "NE003008004"),
        ("Zinder / Matamèye", MATAMEY),
        ("Gangara - Tanout", "NE007009002"),
    ],
)
def test_a_place_written_with_the_one_around_it_is_certain(written: str, pcode: str) -> None:
    assert gazetteer.resolve(written).pcode == pcode


@pytest.mark.parametrize(("written", "how"), [("Zinder", How.TOWN), ("Birni Zinder", How.QUARTER)])
def test_a_town_of_several_communes_is_given_as_far_as_it_is_certain(written: str, how: How) -> None:
    found = gazetteer.resolve(written)
    assert (found.pcode, found.how) == (TOWN_OF_ZINDER, how)
    inside = gazetteer.resolve(written, level=COMMUNE)
    assert inside.pcode is None
    assert inside.candidates == gazetteer.children(TOWN_OF_ZINDER)


def test_a_level_keeps_only_places_of_that_level() -> None:
    assert gazetteer.resolve("Zinder", level=REGION).pcode == "NE007"
    assert gazetteer.resolve("Kantché", level=DEPARTMENT).pcode == "NE007005"
    assert gazetteer.resolve("Département de Kantché").pcode == "NE007005"
    assert gazetteer.resolve("région de Zinder").pcode == "NE007"


def test_the_department_of_kantche_answers_to_its_former_name() -> None:
    found = gazetteer.resolve("Matamèye", level=DEPARTMENT)
    assert (found.pcode, found.how) == ("NE007005", How.OLD_NAME)


@pytest.mark.parametrize("written", ["", "   ", "???", "12", "Paris", "Tombokoirey", "Niger"])
def test_what_is_no_known_place_is_unknown(written: str) -> None:
    found = gazetteer.resolve(written)
    assert (found.pcode, found.how) == (None, How.UNKNOWN)


def test_a_near_miss_is_suggested_and_not_taken() -> None:
    found = gazetteer.resolve("Kantchett")
    assert found.pcode is None
    assert KANTCHE in found.candidates


def test_every_official_name_finds_its_place_or_says_that_there_are_several() -> None:
    for region in gazetteer.children("NE"):
        for department in gazetteer.children(region):
            for commune in gazetteer.children(department):
                found = gazetteer.resolve(gazetteer.name(commune))
                assert commune in found.candidates, gazetteer.name(commune)
                assert found.pcode in {commune, None}


def test_the_tree_of_places_holds_the_whole_country() -> None:
    regions = gazetteer.children("NE")
    departments = [d for region in regions for d in gazetteer.children(region)]
    communes = [c for department in departments for c in gazetteer.children(department)]
    assert (len(regions), len(departments), len(communes)) == (8, 67, 266)
    assert {gazetteer.region_of(commune) for commune in communes} == set(regions)


def test_namesakes_are_told_apart_by_what_holds_them() -> None:
    assert gazetteer.label("NE004005005") == "Tibiri (Guidan Roumdji, Maradi)"
    assert gazetteer.label("NE007") == "Zinder"


def test_a_rural_commune_has_no_point_of_its_own() -> None:
    assert gazetteer.place("NE007005006").point is None
    assert gazetteer.place(KANTCHE).point is not None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_an_answer(text: str) -> None:
    found = gazetteer.resolve(text)
    assert (found.pcode is None) == (found.how in {How.AMBIGUOUS, How.UNKNOWN})
