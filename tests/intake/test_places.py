"""Communes: found, asked about, or kept as they were written; never guessed, never lost."""

from __future__ import annotations

import pytest

from mafaka.intake.places import AS_WRITTEN, Origin, Undecided, origin, shown, suggestions, unknown
from mafaka.locations import gazetteer
from mafaka.people.names import Identity

NOBODY = Identity()


def pcode(name: str) -> str:
    found = gazetteer.resolve(name, level=gazetteer.COMMUNE).pcode
    assert found is not None
    return found


@pytest.mark.parametrize("written", ["Kantché", "KANTCHE", "kantchi"])
def test_a_commune_is_found_in_any_spelling(written: str) -> None:
    assert origin(written, "", NOBODY, "") == Origin(pcode("Kantché"), written, "NE007")


def test_several_communes_of_one_name_are_asked_about() -> None:
    found = origin("Tibiri", "", NOBODY, "")
    assert isinstance(found, Undecided)
    assert len({label for _code, label in found.choices}) == len(found.choices) > 1
    chosen = found.choices[1][0]
    assert origin("Tibiri", chosen, NOBODY, "") == Origin(chosen, "Tibiri", gazetteer.region_of(chosen))
    assert isinstance(origin("Tibiri", "NE007005002", NOBODY, ""), Undecided)


def test_who_does_not_know_which_keeps_the_words_and_the_certain_region() -> None:
    assert origin("Tibiri", AS_WRITTEN, NOBODY, "NE004") == Origin("", "Tibiri", "NE004")
    assert isinstance(origin("Zinder", "", NOBODY, ""), Undecided)
    assert origin("Zinder", AS_WRITTEN, NOBODY, "") == Origin("", "Zinder", "NE007")


def test_an_unknown_place_is_kept_as_it_was_written() -> None:
    kept = origin("Kano, Nigeria", "", NOBODY, "")
    assert kept == Origin("", "Kano, Nigeria", "")
    names = Identity(origin_written="Kano, Nigeria")
    assert (unknown(names), shown(names)) == (True, "Kano, Nigeria")


def test_near_names_are_only_suggested() -> None:
    assert any("Kantché" in label for label in suggestions(Identity(origin_written="Kantcheu")))


def test_a_box_nobody_touched_changes_nothing() -> None:
    tibiri = origin("Tibiri", "", NOBODY, "")
    assert isinstance(tibiri, Undecided)
    known = Identity(commune=tibiri.choices[0][0], origin_written="Tibiri (Maradi), du registre")
    assert origin(shown(known), "", known, "NE004") == Origin(known.commune, known.origin_written, "NE004")


def test_the_words_of_the_register_outlive_a_better_commune() -> None:
    known = Identity(origin_written="Knché ?")
    assert origin("Kantché", "", known, "") == Origin(pcode("Kantché"), "Knché ?", "NE007")


def test_an_emptied_box_empties_the_place() -> None:
    assert origin("", "", Identity(origin_written="Kano"), "NE007") == Origin("", "", "NE007")
