"""A row beside a file: what is compared, what counts as a difference, and what is nobody's business."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from mafaka.cases.models import Case
from mafaka.exchange import words
from mafaka.exchange.words import COMPARED, POOLED, SPELT, compared, differences
from mafaka.people.names import Identity
from mafaka.registers.codes import FIELDS
from mafaka.registers.readrow import ReadRow
from mafaka.registers.words import of_row
from tests.conftest import NOW
from tests.exchange.conftest import case_of, line, run

values = st.sampled_from(
    ["", "Niger", "niger", "médical, vêtements", "vêtements, médical", "9 ans", "12 ans"]
)
texts = st.dictionaries(st.sampled_from(COMPARED), values)


@given(texts, texts)
def test_only_what_one_of_them_knows_is_compared_each_field_once_in_its_order(
    one: dict[str, str], other: dict[str, str]
) -> None:
    rows = compared(one, other)
    known = [field for field in COMPARED if one.get(field) or other.get(field)]
    assert [label for label, *_ in rows] == [str(FIELDS[field]) for field in known]
    assert [(here, there) for _label, here, there, _state in rows] == [
        (one.get(field, ""), other.get(field, "")) for field in known
    ]


@given(texts, texts)
def test_a_comparison_is_the_same_from_either_side(one: dict[str, str], other: dict[str, str]) -> None:
    assert [state for *_, state in compared(one, other)] == [state for *_, state in compared(other, one)]


@given(texts)
def test_nothing_differs_from_itself_nor_from_what_is_unknown(one: dict[str, str]) -> None:
    assert {state for *_, state in compared(one, one)} <= {"yes"}
    assert {state for *_, state in compared(one, {})} <= {"unknown"}
    assert differences(one, one) == differences(one, {}) == differences({}, one) == []


@given(texts, texts)
def test_each_difference_is_said_once_with_both_values(one: dict[str, str], other: dict[str, str]) -> None:
    told = differences(one, other)
    rows = [row for row in compared(one, other) if row[3] == "no"]
    assert len(told) == len(rows)
    for sentence, (label, here, there, _state) in zip(told, rows, strict=True):
        assert sentence.startswith(label)
        assert f"{there} dans le dossier, {here} dans cette ligne." in sentence


@pytest.mark.parametrize(
    ("here", "there", "state"),
    [
        ("médical, vêtements", "Vêtements, Médical", "yes"),
        ("médical", "médical, vêtements", "no"),
        ("Niger", "NIGER", "yes"),
        ("Niger", "Nigeria", "no"),
        ("", "Niger", "unknown"),
    ],
)
def test_lists_are_one_in_any_order_and_case(here: str, there: str, state: str) -> None:
    assert [row[3] for row in compared({"needs": here}, {"needs": there})] == [state]


def test_spellings_never_count_as_differences_and_pooled_lists_neither() -> None:
    one = dict.fromkeys(COMPARED, "ceci")
    other = dict.fromkeys(COMPARED, "cela")
    assert len(differences(one, other)) == len(COMPARED)
    assert len(differences(one, other | SPELT)) == len(COMPARED) - len(SPELT)
    assert len(differences(one, other | POOLED)) == len(COMPARED) - len(POOLED)
    assert set(SPELT) < set(POOLED) < set(COMPARED)
    assert not {"sex", "age", "arrived_on"} & set(POOLED)


# --- A file in the words of a row


@pytest.mark.django_db
def test_a_file_made_from_a_row_says_what_the_row_says(uploaded: Any) -> None:
    run(uploaded(line(1, "Ali Moustapha", age=9, forms="mendicité")))
    case = case_of(2)
    said = words.of_case(Case.objects.select_related("fact").get(pk=case.pk), None)
    assert (said["sex"], said["age"], said["brought_by"]) == ("masculin", "9 ans", "Police")
    assert said["forms"] == "Mendicité forcée"
    assert (said["arrived_on"], said["left_on"]) == ("5\u00a0janv.\u00a02022", "20\u00a0janv.\u00a02022")


@pytest.mark.django_db
def test_names_are_said_only_when_they_were_opened(make_case: Any) -> None:
    case = make_case()
    closed = words.of_case(case, None)
    assert not any(closed[field] for field in ("name", "father", "mother", "village", "phone", "origin"))
    opened = words.of_case(case, Identity(own_name="Rakia", father_name="Maïdabo", commune="NE007005005"))
    assert (opened["name"], opened["father"], opened["origin"]) == ("Rakia Maïdabo", "Maïdabo", "Kantché")
    written = words.of_case(case, Identity(written="MAIDABO Rakia", origin_written="Atlantis"))
    assert (written["name"], written["origin"]) == ("MAIDABO Rakia", "Atlantis")


@pytest.mark.django_db
def test_an_unknown_age_and_sex_are_no_difference_to_a_row_that_knows_them(make_case: Any) -> None:
    case = make_case(sex="unknown")
    case.fact.birth_earliest = case.fact.birth_latest = None
    said = words.of_case(case, None)
    assert said["age"] == ""
    row = of_row(ReadRow(2, arrived_on=date(2026, 10, 12)))
    assert differences(row, said | SPELT) == []


@pytest.mark.django_db
@pytest.mark.parametrize("sex", ["M", "?"])
def test_an_import_twice_with_other_words_never_rewrites_a_fact(uploaded: Any, sex: str) -> None:
    run(uploaded(line(1, "Ali Moustapha")))
    before = Case.objects.values(sex=F("fact__sex"), arrived_on=F("fact__arrived_on")).get()
    again = uploaded(line(1, "Ali Moustapha", sex=sex, age=10, arrived="06/01/2022"))
    run(again, at=NOW)
    assert Case.objects.order_by("created_at", "reference").values(
        sex=F("fact__sex"), arrived_on=F("fact__arrived_on")
    ).first() == before  # fmt: skip
    assert Case.objects.count() == 2
