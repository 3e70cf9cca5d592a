"""The page of consent: who may not enter, what it takes, what it shows, and that withdrawing asks twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases import operations
from mafaka.cases.models import Consent
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db

MAY = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER}
ANSWER = {
    "purpose": "tracing",
    "agreed": "yes",
    "giver": "person",
    "mode": "oral",
    "language": "ha",
    "given_on_0": TODAY.day,
    "given_on_1": TODAY.month,
    "given_on_2": TODAY.year,
    "note": "Elle veut revoir sa grand-mère.",
}


def address(case: Any, name: str = "consent") -> str:
    return reverse(f"cases:{name}", args=[case.reference])


def agree(case: Any, by: Any, **changes: Any) -> Consent:
    plain = {"purpose": "tracing", "agreed": True, "giver": "person", "mode": "oral", "language": "ha"}
    given = plain | {"given_on": TODAY, "until": None} | changes
    return operations.note_consent(case=case, by=by, at=NOW, **given)


@pytest.mark.parametrize("name", ["consent", "withdraw"])
def test_nobody_enters_without_signing_in(make_case, browse, name) -> None:
    assert browse(None).post(address(make_case(), name)).status_code == 302


@pytest.mark.parametrize("name", ["consent", "withdraw"])
@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_other_roles_find_no_such_page(make_case, browse, user, role, name) -> None:
    client = browse(user(role))
    case = make_case()
    assert client.get(address(case)).status_code == 404
    assert client.post(address(case, name), ANSWER).status_code == 404
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", ["consent", "withdraw"])
def test_another_centre_finds_no_such_page(make_case, browse, binta, amina, name) -> None:
    case = make_case()
    agree(case, amina)
    assert browse(binta).get(address(case)).status_code == 404
    assert browse(binta).post(address(case, name), ANSWER).status_code == 404
    assert Consent.objects.get().withdrawn_on is None


def test_without_any_answer_the_page_says_what_that_means(make_case, browse, amina) -> None:
    assert "Aucune réponse notée" in browse(amina).get(address(make_case())).content.decode()


def test_an_answer_is_noted_and_shown_with_how_it_was_given(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)
    assert client.post(address(case), ANSWER).status_code == 303
    text = client.get(address(case)).content.decode()
    for part in ("Recherche de la famille", "Accord", "haoussa", "Oral", "Elle veut revoir sa grand-mère."):
        assert part in text
    assert b"grand-m" not in bytes(Consent.objects.get().sealed)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": ""}, "Choisissez l’objet de l’accord."),
        ({"agreed": "peut-être"}, "Sélectionnez un choix valide"),
        ({"giver": ""}, "Indiquez qui a répondu."),
        ({"given_on_0": "31", "given_on_1": "2"}, "Cette date n’existe pas."),
        ({"given_on_2": "2099"}, "Cette date n’est pas encore venue."),
        ({"until_0": "1", "until_1": "1", "until_2": "2020"}, "Choisissez une date après l’accord."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(make_case, browse, amina, change, said) -> None:
    answer = browse(amina).post(address(make_case()), ANSWER | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_refusal_stands_with_the_answers_and_has_nothing_to_withdraw(make_case, browse, amina) -> None:
    case = make_case()
    agree(case, amina, agreed=False, purpose="media")
    text = browse(amina).get(address(case)).content.decode()
    assert "Refus" in text
    assert address(case, "withdraw") not in text


def test_an_agreement_past_its_last_day_is_shown_as_over(make_case, browse, amina) -> None:
    case = make_case(opened_on=TODAY - timedelta(days=60))
    agree(case, amina, given_on=TODAY - timedelta(days=50), until=TODAY - timedelta(days=40))
    assert "Terminé" in browse(amina).get(address(case)).content.decode()


def test_withdrawing_is_asked_twice_and_ends_the_agreement(make_case, browse, amina) -> None:
    case = make_case()
    agree(case, amina)
    client = browse(amina)
    text = client.get(address(case)).content.decode()
    assert text.index("<summary>Retirer l’accord") < text.index("Oui, retirer l’accord")
    assert client.get(address(case, "withdraw")).status_code == 405
    assert client.post(address(case, "withdraw"), {"purpose": "tracing"}).status_code == 303
    assert Consent.objects.get().withdrawn_on
    assert Entry.objects.filter(act="cases.withdrew", case_id=case.pk).count() == 1
    assert "Aucune réponse notée" in client.get(address(case)).content.decode()


@pytest.mark.parametrize("purpose", ["tracing", "", "nonsense"])
def test_withdrawing_what_was_not_agreed_says_so(make_case, browse, amina, purpose) -> None:
    case = make_case()
    client = browse(amina)
    assert client.post(address(case, "withdraw"), {"purpose": purpose}).status_code == 303
    assert "pas d’accord en cours" in client.get(address(case)).content.decode()
    assert not Entry.objects.filter(act="cases.withdrew").exists()


def test_a_closed_case_takes_no_answer(make_case, browse, amina) -> None:
    case = make_case()
    operations.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    client = browse(amina)
    assert "<textarea" not in client.get(address(case)).content.decode()
    assert client.post(address(case), ANSWER).status_code == 422
    assert not Consent.objects.exists()


def test_the_page_takes_as_many_queries_for_all_purposes_as_for_one(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)

    def queries_taken() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address(case)).status_code == 200
        return len(taken)

    agree(case, amina)
    client.get(address(case))
    before = queries_taken()
    for purpose in Consent.Purpose.values:
        agree(case, amina, purpose=purpose)
    assert queries_taken() == before
