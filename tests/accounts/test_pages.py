"""A form that is sent twice writes once, also when both arrive together."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from mafaka.accounts.pages import SeeOther, page, undeclared
from mafaka.cases import operations as cases
from mafaka.cases.models import Consent
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
ANSWER = {
    "purpose": "care", "agreed": "yes", "giver": "person", "mode": "oral", "language": "ha",
    "given_on_0": "12", "given_on_1": "10", "given_on_2": "2026",
}  # fmt: skip


def test_the_same_form_sent_again_leads_to_the_same_place_and_writes_nothing(
    browse: Callable[..., Client], amina: Any, make_case: Any
) -> None:
    case, client = make_case(), browse(amina)
    url = f"/dossiers/{case.reference}/consentement/"
    form = ANSWER | {"once": str(uuid.uuid4())}
    first, second = client.post(url, form), client.post(url, form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Consent.objects.count() == 1


def test_after_a_write_the_next_page_says_once_what_was_done(
    browse: Callable[..., Client], amina: Any, make_case: Any
) -> None:
    client = browse(amina)
    url = f"/dossiers/{make_case().reference}/consentement/"
    answer = client.post(url, ANSWER | {"once": str(uuid.uuid4())})
    said = "La réponse est notée."
    assert said in client.get(answer["Location"]).content.decode()
    assert said not in client.get(answer["Location"]).content.decode()


def test_a_refused_form_can_be_corrected_and_sent_with_its_key(
    browse: Callable[..., Client], amina: Any, make_case: Any
) -> None:
    case, client = make_case(), browse(amina)
    url = f"/dossiers/{case.reference}/consentement/"
    key = str(uuid.uuid4())
    assert client.post(url, ANSWER | {"once": key, "given_on_1": "13"}).status_code == 422
    assert client.post(url, ANSWER | {"once": key}).status_code == 303
    assert Consent.objects.count() == 1


def test_a_key_is_its_owners_alone(
    browse: Callable[..., Client], amina: Any, moussa: Any, make_case: Any
) -> None:
    one, other = make_case(), make_case()
    key = str(uuid.uuid4())
    browse(amina).post(f"/dossiers/{one.reference}/consentement/", ANSWER | {"once": key})
    browse(moussa).post(f"/dossiers/{other.reference}/consentement/", ANSWER | {"once": key})
    assert {consent.case for consent in Consent.objects.all()} == {one, other}


def test_a_key_of_one_page_does_not_silence_another(
    browse: Callable[..., Client], amina: Any, make_case: Any
) -> None:
    one, other, client = make_case(), make_case(), browse(amina)
    form = ANSWER | {"once": str(uuid.uuid4())}
    for case in (one, other):
        url = f"/dossiers/{case.reference}/consentement/"
        assert client.post(url, form)["Location"] == url
    assert {consent.case for consent in Consent.objects.all()} == {one, other}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_once(browse: Callable[..., Client], amina: Any, make_case: Any) -> None:
    case = make_case()
    form = ANSWER | {"once": str(uuid.uuid4())}
    clients = [browse(amina) for _click in range(4)]
    answers: list[int] = []

    def click(client: Client) -> None:
        answers.append(client.post(f"/dossiers/{case.reference}/consentement/", form).status_code)
        connections.close_all()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET", "TRACE"])
def test_a_page_that_only_writes_answers_no_method_that_is_not_checked_for_forgery(
    method: str, browse: Callable[..., Client], moussa: Any, make_case: Any
) -> None:
    case, client = make_case(), browse(moussa)
    cases.close(case=case, reason="left", closed_on=TODAY, by=moussa, at=NOW)
    answer = client.generic(method, f"/dossiers/{case.reference}/reouverture/")
    case.refresh_from_db()
    assert (answer.status_code, case.status) == (405, "closed")
    assert client.generic(method, "/deconnexion/").status_code == 405
    assert client.get("/").status_code == 200


def test_a_page_that_is_read_answers_head_like_get_and_without_a_body(
    browse: Callable[..., Client], amina: Any, make_case: Any
) -> None:
    client, url = browse(amina), f"/dossiers/{make_case().reference}/"
    assert (client.head(url).status_code, client.head(url).content) == (200, b"")
    assert client.options(url).status_code == 405


@pytest.mark.parametrize(
    "url", ["/dossiers/%00/", "/dossiers/ZIN-2026-0001%00/", "/dossiers/ZIN-2026-0001%00/plan/"]
)
def test_an_address_with_a_sign_that_a_database_refuses_makes_no_sense(
    url: str, browse: Callable[..., Client], moussa: Any
) -> None:
    assert browse(moussa).get(url).status_code == 400


def test_a_page_without_a_declared_act_is_named() -> None:
    def bare(request: Any) -> HttpResponse:
        return SeeOther("/")

    assert list(undeclared([path("nu/", bare)])) == ["nu/"]
    assert list(undeclared([path("nu/", page("office.today")(bare))])) == []


def test_an_act_without_a_policy_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="No policy"):
        page("cases.burn")
