"""All 341 places of the list, under all their names: each is found, or it is said that several are meant."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.locations import gazetteer
from mafaka.locations.gazetteer import COMMUNE, DATA, DEPARTMENT, REGION, How

with Path(DATA / "ner_admin_pcodes.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
with Path(DATA / "other_names.csv").open(encoding="utf-8", newline="") as file:
    OTHERS = [(row["pcode"], row["name"]) for row in csv.DictReader(file)]

PCODES = [row["pcode"] for row in ROWS]
BY_PCODE = {row["pcode"]: row for row in ROWS}
OFFICIAL = [
    (row["pcode"], name)
    for row in ROWS
    for name in dict.fromkeys((row["name_fr"], row["name_ocha_ascii"]))
    if name
]
ALIASES = [(row["pcode"], alias) for row in ROWS for alias in row["aliases"].split("|") if alias]
NAMES = [*OFFICIAL, *ALIASES, *OTHERS]
LEVELS = {REGION: 5, DEPARTMENT: 8, COMMUNE: 11}
pcodes = st.sampled_from(PCODES)
names = st.sampled_from(NAMES)


def level_of(pcode: str) -> int:
    return int(BY_PCODE[pcode]["level"])


def means(found: gazetteer.Resolution, pcode: str) -> bool:
    """Whether an answer is this place, or leaves a choice in which it, or a place inside it, can be chosen."""
    if found.pcode is not None:
        return found.pcode == pcode or found.pcode.startswith(pcode)
    return found.how is How.AMBIGUOUS and any(each.startswith(pcode) for each in found.candidates)


# --- Names


@pytest.mark.parametrize("level", LEVELS)
def test_every_official_name_at_its_level_is_its_place_or_is_shared(level: int) -> None:
    at_level = [(pcode, name) for pcode, name in OFFICIAL if level_of(pcode) == level]
    assert len({pcode for pcode, _name in at_level}) == {REGION: 8, DEPARTMENT: 67, COMMUNE: 266}[level]
    for pcode, name in at_level:
        found = gazetteer.resolve(name, level=level)
        assert pcode in found.candidates, name
        assert found.pcode == pcode or (found.how is How.AMBIGUOUS and len(found.candidates) > 1), name


def test_every_name_whatever_its_kind_leads_to_its_place_or_to_a_choice_with_it() -> None:
    for pcode, name in NAMES:
        assert means(gazetteer.resolve(name, level=level_of(pcode)), pcode), name
        assert means(gazetteer.resolve(name), pcode), name


def test_only_names_that_are_shared_are_left_to_a_person() -> None:
    for pcode, name in OFFICIAL:
        found = gazetteer.resolve(name, level=level_of(pcode))
        if found.how is How.AMBIGUOUS:
            sharing = [gazetteer.name(each) for each in found.candidates]
            assert len(sharing) > 1
            assert len({plain(each) for each in sharing}) == 1 or "Ville" in " ".join(sharing), sharing


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(sign for sign in letters if sign.isalnum())


@given(names, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["", " ", "  \t"]))
def test_case_and_blanks_do_not_matter(pair: tuple[str, str], change: object, blank: str) -> None:
    _pcode, name = pair
    straight, turned = gazetteer.resolve(name), gazetteer.resolve(f"{blank}{change(name)}{blank}")  # type: ignore[operator]
    assert (turned.pcode, turned.how, turned.candidates) == (
        straight.pcode,
        straight.how,
        straight.candidates,
    )


@given(names)
def test_accents_and_hyphens_do_not_matter(pair: tuple[str, str]) -> None:
    _pcode, name = pair
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    for written in (bare, name.replace("-", " "), name.replace("'", "’")):
        assert gazetteer.resolve(written).candidates == gazetteer.resolve(name).candidates


@given(pcodes)
def test_every_code_is_read_as_it_is_and_as_it_was(pcode: str) -> None:
    for code in (pcode, pcode.lower(), BY_PCODE[pcode]["pcode_old"], f" {pcode} "):
        found = gazetteer.resolve(code)
        assert (found.pcode, found.how, found.candidates) == (pcode, How.EXACT, (pcode,))
        assert gazetteer.place(code.strip().upper()).pcode == pcode


@given(st.sampled_from([row for row in ROWS if row["level"] == "3"]))
def test_a_commune_written_with_what_holds_it_is_found_as_itself(row: dict[str, str]) -> None:
    around = gazetteer.name(row["parent_pcode"])
    if plain(around) == plain(row["name_fr"]):
        return
    for written in (
        f"{row['name_fr']} ({around})",
        f"{around} / {row['name_fr']}",
        f"{row['name_fr']}, {around}",
    ):
        found = gazetteer.resolve(written)
        assert row["pcode"] in found.candidates, written


@given(names)
def test_an_answer_is_one_place_or_several_candidates_and_never_a_guess(pair: tuple[str, str]) -> None:
    found = gazetteer.resolve(pair[1])
    if found.pcode:
        assert found.candidates == (found.pcode,)
    else:
        assert found.how in {How.AMBIGUOUS, How.UNKNOWN}
        assert len(set(found.candidates)) == len(found.candidates)


@given(names, st.sampled_from([REGION, DEPARTMENT, COMMUNE]))
def test_a_level_gives_nothing_of_another_level(pair: tuple[str, str], level: int) -> None:
    found = gazetteer.resolve(pair[1], level=level)
    assert {level_of(pcode) for pcode in found.candidates} <= {level}


@given(names, st.sampled_from([row["pcode"] for row in ROWS if row["level"] == "1"]))
def test_what_is_near_narrows_a_choice_and_never_changes_an_answer(
    pair: tuple[str, str], region: str
) -> None:
    free, near = gazetteer.resolve(pair[1]), gazetteer.resolve(pair[1], near=region)
    assert set(near.candidates) <= set(free.candidates)
    if free.pcode:
        assert near.pcode == free.pcode
    elif near.pcode:
        assert near.pcode.startswith(region)


@given(st.sampled_from([name for _pcode, name in OFFICIAL if len(name) > 7]), st.data())
def test_a_letter_too_many_is_a_suggestion_or_an_answer_that_can_be_explained(
    name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(name) - 1))
    found = gazetteer.resolve(name[:place] + "q" + name[place:])
    assert found.pcode is None or found.how in {How.SPELLING, How.ABBREVIATION}


# --- The tree


@given(pcodes)
def test_children_and_parents_agree(pcode: str) -> None:
    here = gazetteer.place(pcode)
    assert pcode in gazetteer.children(here.parent)
    assert all(gazetteer.place(child).parent == pcode for child in gazetteer.children(pcode))
    assert all(gazetteer.place(child).level == here.level + 1 for child in gazetteer.children(pcode))
    assert bool(gazetteer.children(pcode)) == (here.level < COMMUNE)


@given(pcodes)
def test_the_region_of_a_place_is_that_of_all_that_is_inside(pcode: str) -> None:
    region = gazetteer.region_of(pcode)
    assert gazetteer.place(region).level == REGION
    assert pcode.startswith(region)
    assert all(gazetteer.region_of(child) == region for child in gazetteer.children(pcode))
    assert gazetteer.region_of(region) == region


def test_a_code_is_as_long_as_its_level_and_begins_with_what_holds_it() -> None:
    for row in ROWS:
        assert len(row["pcode"]) == LEVELS[int(row["level"])]
        assert row["pcode"].startswith(row["parent_pcode"])
    assert len(set(PCODES)) == len({row["pcode_old"] for row in ROWS}) == len(ROWS) == 341


@given(pcodes)
def test_a_label_says_the_name_and_everything_around_it(pcode: str) -> None:
    here = gazetteer.place(pcode)
    said = gazetteer.label(pcode)
    assert said.startswith(here.name)
    assert said.count(",") == max(0, here.level - 2)
    assert ("(" in said) == (here.level > REGION)
    if here.level > REGION:
        assert said.endswith(f"{gazetteer.name(gazetteer.region_of(pcode))})")


def test_no_two_places_of_a_level_have_one_label() -> None:
    for level in LEVELS:
        labels = Counter(gazetteer.label(pcode) for pcode in PCODES if level_of(pcode) == level)
        assert [label for label, count in labels.items() if count > 1] == []


def test_points_lie_in_the_country() -> None:
    points = [gazetteer.place(pcode).point for pcode in PCODES]
    known = [point for point in points if point]
    assert len(known) > 50
    for north, east in known:
        assert 11.5 < north < 23.6
        assert 0.1 < east < 16.1


@pytest.mark.parametrize("code", ["", "NE", "NE999", "NE007999", "XX001", "kantché"])
def test_a_code_of_nowhere_is_no_place(code: str) -> None:
    for ask in (gazetteer.place, gazetteer.name, gazetteer.label, gazetteer.region_of):
        with pytest.raises(KeyError):
            ask(code)
    assert code == "NE" or gazetteer.children(code) == ()


def test_the_search_by_place_knows_every_name_of_every_place() -> None:
    known = gazetteer.spellings()
    assert set(known) == set(PCODES)
    for pcode, name in NAMES:
        assert plain(name) in {plain(each) for each in known[pcode]}
    assert all(names[0] == gazetteer.name(pcode) for pcode, names in known.items())
    assert all(len(set(names)) == len(names) for names in known.values())
