"""What our own pages call a choice is read back as that choice; lists are read in any order; nothing is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.locations import gazetteer
from mafaka.locations.countries import COUNTRIES
from mafaka.registers import codes, words
from mafaka.registers.choices import (
    _COUNTRY_WORDS,
    parse_brought_by,
    parse_country,
    parse_forms,
    parse_needs,
    parse_place,
    parse_reintegration,
)
from mafaka.registers.readrow import ReadRow
from mafaka.registers.values import parse_sex

SEPARATORS = [", ", " ; ", "/", " + ", " & ", "\n", " et ", " ainsi que "]
FORMS = {str(label): code for code, label in codes.FORMS.items()}
NEEDS = {str(label): code for code, label in codes.NEEDS.items()}
SUPPORTS = {
    "AGR": "income_generating",
    "scolarisation": "schooling",
    "kit": "kit",
    "formation": "vocational_training",
}
texts = st.text(max_size=60) | st.lists(st.sampled_from([*FORMS, *NEEDS, *SUPPORTS, "chèvre", ",", "/"])).map(
    " ".join
)


@pytest.mark.parametrize(("code", "label"), COUNTRIES.items())
def test_a_country_is_read_by_its_label_and_by_its_code(code: str, label: object) -> None:
    for text in (str(label), str(label).upper(), code, code.lower(), f" {label} "):
        assert (parse_country(text).value, parse_country(text).problem) == (code, None), text


@pytest.mark.parametrize(
    ("word", "code"), [(word, code) for code, group in _COUNTRY_WORDS.items() for word in group.split("|")]
)
def test_no_word_for_a_country_is_a_word_for_two(word: str, code: str) -> None:
    assert [other for other, group in _COUNTRY_WORDS.items() if word in group.split("|")] == [code]
    assert parse_country(word.capitalize()).value == code


@pytest.mark.parametrize("label", FORMS)
def test_a_form_of_exploitation_is_read_by_its_label(label: str) -> None:
    assert (parse_forms(label).value, parse_forms(label).problem) == ((FORMS[label],), None)


@pytest.mark.parametrize("label", NEEDS)
def test_a_need_is_read_by_its_label(label: str) -> None:
    assert (parse_needs(label).value, parse_needs(label).problem) == ((NEEDS[label],), None)


@pytest.mark.parametrize(("code", "label"), codes.BROUGHT_BY.items())
def test_who_brought_a_person_is_read_by_the_label(code: str, label: object) -> None:
    assert parse_brought_by(str(label)).value == code


@pytest.mark.parametrize("code", ["male", "female"])
def test_a_sex_is_read_by_its_label(code: str) -> None:
    assert parse_sex(str(codes.SEXES[code])).value == code


@pytest.mark.parametrize(("parse", "known"), [(parse_forms, FORMS), (parse_needs, NEEDS)])
@given(data=st.data())
def test_a_list_is_read_in_its_order_whatever_parts_it(
    parse: object, known: dict[str, str], data: st.DataObject
) -> None:
    simple = [label for label in known if not re.search(r"\b(?:ou|et)\b", label)]
    labels = data.draw(st.lists(st.sampled_from(simple), min_size=1, max_size=5))
    text = labels[0]
    for label in labels[1:]:
        text += data.draw(st.sampled_from(SEPARATORS)) + label
    found = parse(text)  # type: ignore[operator]
    assert found.value == tuple(dict.fromkeys(known[label] for label in labels))
    assert found.problem is None


@settings(max_examples=150)
@given(text=texts)
def test_no_text_gives_a_code_that_is_not_in_the_list_nor_one_twice(text: str) -> None:
    for parse, known in ((parse_forms, codes.FORMS), (parse_needs, codes.NEEDS)):
        found = parse(text).value
        assert set(found) <= set(known)
        assert len(set(found)) == len(found)
    kinds = [each.kind for each in parse_reintegration(text).value]
    assert set(kinds) <= set(codes.REINTEGRATION)
    assert len(set(kinds)) == len(kinds)
    assert parse_brought_by(text).value in {None, *codes.BROUGHT_BY}
    assert parse_country(text).value in {None, *COUNTRIES}


@settings(max_examples=150)
@given(text=texts)
def test_a_list_says_that_something_was_not_recognised_or_knows_all_of_it(text: str) -> None:
    for parse in (parse_forms, parse_needs):
        found = parse(text)
        if codes.OTHER not in found.value:
            assert found.problem is None
        if found.problem:
            assert codes.OTHER in found.value


@given(known=st.lists(st.sampled_from(list(NEEDS)), min_size=1, max_size=4), place=st.integers(0, 4))
def test_one_strange_word_in_a_list_takes_nothing_from_the_others(known: list[str], place: int) -> None:
    expected = set(parse_needs(", ".join(known)).value)
    mixed = [*known[:place], "Xylophone", *known[place:]]
    found = parse_needs(", ".join(mixed))
    assert set(found.value) == expected | {codes.OTHER}
    assert "Xylophone" in str(found.problem)


@given(
    st.lists(st.sampled_from(list(SUPPORTS)), min_size=1, max_size=4),
    st.sampled_from(["", " couture", " scolaire"]),
)
def test_supports_are_told_apart_and_their_words_kept(kinds: list[str], detail: str) -> None:
    found = parse_reintegration(" + ".join(f"{kind}{detail}" for kind in kinds))
    assert {each.kind for each in found.value} == {SUPPORTS[kind] for kind in kinds}
    assert found.problem is None
    if detail:
        assert all(detail.strip() in each.detail for each in found.value)


@pytest.mark.parametrize("text", ["non", "NÉANT", "aucun", "Aucune", "RAS", "rien", "pas encore", "-", "N/A"])
def test_ways_of_saying_that_there_is_none_give_none_and_no_problem(text: str) -> None:
    for parse in (parse_forms, parse_needs, parse_reintegration):
        assert (parse(text).value, parse(text).problem) == ((), None)


def test_a_boarded_school_is_no_country_and_a_country_is_no_school() -> None:
    assert parse_country("École").value is None
    assert parse_needs("Niger").value == (codes.OTHER,)


# --- A row in words


def test_a_row_in_words_says_all_its_fields_and_nothing_for_what_is_unknown() -> None:
    said = words.of_row(ReadRow(7))
    assert set(said) == set(codes.FIELDS) - {"own_name", "remarks"}
    assert {field: text for field, text in said.items() if text} == {"sex": "sexe inconnu"}


def test_codes_become_their_labels_and_a_code_without_label_stays() -> None:
    row = ReadRow(7, sex="female", nationality="NE", brought_by="police", forms=("forced_begging", "other"))
    said = words.of_row(row)
    assert (said["sex"], said["nationality"], said["brought_by"]) == ("féminin", "Niger", "Police")
    assert said["forms"] == "Mendicité forcée, Autre"
    assert words.word(COUNTRIES, "XK") == "XK"
    assert words.word(COUNTRIES, None) == ""


@pytest.mark.parametrize(
    ("written", "shown"), [("kantchi", "Kantché"), ("Tibiri", "Tibiri"), ("Atlantis", "Atlantis")]
)
def test_a_place_is_shown_by_its_name_where_it_is_certain_and_else_as_written(
    written: str, shown: str
) -> None:
    row = ReadRow(7, origin=parse_place(written, gazetteer).value)
    assert words.of_row(row)["origin"] == shown
