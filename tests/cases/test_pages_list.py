"""The list of cases: who may not see it, that it names nobody, filters, pages, empty states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.cases import operations
from mafaka.cases.queries import PER_PAGE
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db

MAY = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.LAWYER}
LIST = reverse("cases:list")


def shown(client: Any, **filters: str) -> str:
    answer = client.get(LIST, filters)
    assert answer.status_code == 200
    return answer.content.decode()


def references(text: str) -> set[str]:
    return {part[:13] for part in text.split("/dossiers/")[1:] if part[3:4] == "-"}


def test_nobody_enters_without_signing_in(browse) -> None:
    assert browse(None).get(LIST).status_code == 302


@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_other_roles_find_no_such_page(browse, user, role) -> None:
    assert browse(user(role)).get(LIST).status_code == 404


def test_another_centre_sees_none_of_these_cases(make_case, browse, binta) -> None:
    make_case()
    assert references(shown(browse(binta))) == set()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.LAWYER])
def test_the_list_names_nobody(make_case, browse, user, role) -> None:
    case = make_case()
    text = shown(browse(user(role)))
    assert references(text) == {case.reference}
    assert not [name for name in ("Rakia", "Maïdabo", "Tsaouni") if name in text]
    assert "Fille, 14 ans" in text


def test_the_list_says_what_each_case_waits_for_and_who_follows_it(make_case, browse, amina) -> None:
    case = make_case(worker=amina)
    operations.note_facts(case=case, registered_on=TODAY)
    text = shown(browse(amina))
    assert "Identification" in text
    assert "Amina" in text
    assert "1 dossier<" in text


def test_filters_narrow_the_list_and_are_told_in_words(make_case, browse, amina) -> None:
    girl = make_case(worker=amina)
    man = make_case(sex="male", years=30)
    closed = operations.close(case=make_case(), reason="left", closed_on=TODAY, by=amina, at=NOW)
    client = browse(amina)
    for filters, expected in (
        ({}, {girl, man, closed}),
        ({"sex": "male"}, {man}),
        ({"age": "child", "status": "open"}, {girl}),
        ({"status": "closed"}, {closed}),
        ({"worker": "me"}, {girl}),
        ({"worker": "none", "sex": "female"}, {closed}),
        ({"year": str(TODAY.year)}, {girl, man, closed}),
        ({"year": str(TODAY.year - 1)}, set()),
    ):
        text = shown(client, **filters)
        assert references(text) == {case.reference for case in expected}, filters
    told = shown(client, sex="male", age="adult")
    assert "Sexe : Masculin" in told.replace("\u00a0", " ")
    assert "Adultes" in told
    assert "Tout afficher" in told


def test_an_empty_list_says_why(make_case, browse, amina) -> None:
    client = browse(amina)
    assert "Aucun dossier pour le moment" in shown(client)
    make_case()
    text = shown(client, status="closed")
    assert "Aucun dossier ne correspond" in text
    assert "Élargissez les filtres." in text


@pytest.mark.parametrize("filters", [{"sex": "x"}, {"year": "202"}, {"year": "deux mille"}, {"stage": "id"}])
def test_a_filter_that_makes_no_sense_narrows_nothing_and_is_said(make_case, browse, amina, filters) -> None:
    case = make_case()
    text = shown(browse(amina), **filters)
    assert references(text) == {case.reference}
    assert "<details open>" in text


def test_pages_follow_each_other_and_keep_the_filters(make_case, browse, amina) -> None:
    for day in range(PER_PAGE + 1):
        make_case(opened_on=TODAY - timedelta(days=day))
    client = browse(amina)
    first = shown(client, sex="female")
    assert len(references(first)) == PER_PAGE
    assert f"{PER_PAGE + 1} dossiers" in first
    assert "?sex=female&amp;page=2" in first
    second = shown(client, sex="female", page="2")
    assert len(references(second)) == 1
    assert not references(first) & references(second)
    assert references(shown(client, page="999")) == references(second)


def test_the_list_takes_as_many_queries_for_many_cases_as_for_one(make_case, browse, amina) -> None:
    client = browse(amina)

    def queries_taken() -> int:
        with CaptureQueriesContext(connection) as taken:
            shown(client)
        return len(taken)

    make_case(worker=amina)
    shown(client)
    before = queries_taken()
    for _turn in range(6):
        make_case(worker=amina)
    assert queries_taken() == before
