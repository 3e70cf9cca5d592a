from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.matching import lexicon
from mafaka.matching.closeness import Level, Vocabulary, closeness
from mafaka.matching.lexicon import one_word

LIST = json.loads((files("mafaka.matching") / "data" / "names_variants.json").read_text(encoding="utf-8"))
SHOULD_MATCH = LIST["test_pairs"]["should_match"]
KNOWN_MISSES = 6  # of more than 1,600; each is also the usual spelling of another name, or of the other sex
MUST_NOT_MATCH = [(pair["a"], pair["b"]) for pair in LIST["test_pairs"]["must_not_match_automatically"]]
FORMS = sorted(lexicon.lexicon().names_of)


@pytest.mark.parametrize(("one", "other"), SHOULD_MATCH)
def test_spellings_of_one_name_are_near(one: str, other: str) -> None:
    assert closeness(one_word(one), one_word(other)) >= Level.CONSONANTS


@pytest.mark.parametrize(("one", "other"), MUST_NOT_MATCH)
def test_names_that_must_be_kept_apart_are_distinct(one: str, other: str) -> None:
    assert lexicon.distinct(one_word(one), one_word(other))
    assert closeness(one_word(one), one_word(other)) <= Level.LOOSE


def test_variants_are_recognised_and_the_misses_may_not_grow() -> None:
    """A variant that is the usual spelling of another name of the list is left to that name: these are the misses."""
    pairs = [(name["canonical"], variant) for name in LIST["names"] for variant in name["variants"]]
    missed = [(a, b) for a, b in pairs if closeness(one_word(a), one_word(b)) < Level.CONSONANTS]
    assert len(missed) <= KNOWN_MISSES, missed


@pytest.mark.parametrize(
    ("name", "sex"),
    [("Moussa", "male"), ("Hadiza", "female"), ("Khadija", "female"), ("Rabi", None), ("Xyz", None)],
)
def test_the_sex_of_a_name_is_known_when_all_agree(name: str, sex: str | None) -> None:
    assert lexicon.sex_of(one_word(name)) == sex


@given(st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_closeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert closeness(one, other) == closeness(other, one)


@given(st.sampled_from(FORMS))
def test_the_vocabulary_finds_every_near_form(form: str) -> None:
    near = VOCABULARY.near(form)
    assert near[form] == Level.SOUND
    for other in FORMS[::7]:
        if closeness(form, other) >= Level.NEAR:
            assert near[other] == closeness(form, other)


VOCABULARY = Vocabulary(FORMS)


def test_a_form_added_later_is_found() -> None:
    vocabulary = Vocabulary(["musa", "isufu"])
    assert "musu" not in vocabulary.near("musa")
    vocabulary.add("musu")
    assert vocabulary.near("musa")["musu"] == Level.CONSONANTS
