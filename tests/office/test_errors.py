"""When something is wrong the page says what to do, in the house's own dress, and nothing of what it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.config import urls
from mafaka.office import queries, views

pytestmark = pytest.mark.django_db
SECRET = "Rakia Maïdabo"


def pages() -> dict[int, HttpResponse]:
    request = RequestFactory().get("/")
    return {
        400: views.bad_request(request, SuspiciousOperation(SECRET)),
        403: views.stale_form(request, SECRET),
        404: views.not_found(request, LookupError(SECRET)),
        500: views.broken(request),
    }


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_each_page_of_errors_has_its_status_and_is_a_whole_page(status: int) -> None:
    page = pages()[status]
    text = page.content.decode()
    assert page.status_code == status
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert '<html lang="fr"' in text
    assert text.count("<h1") == 1
    assert "<title>" in text


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_none_tells_why_in_the_words_of_the_program(status: int) -> None:
    text = pages()[status].content.decode()
    assert SECRET not in text
    for word in ("Traceback", "Exception", "Django", "CSRF", "Error"):
        assert word not in text


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_each_leads_back(status: int) -> None:
    assert 'href="/' in pages()[status].content.decode()


def test_the_addresses_name_these_pages() -> None:
    for status in (400, 403, 404, 500):
        handler = getattr(urls, f"handler{status}")
        module, _dot, name = handler.rpartition(".")
        assert module == "mafaka.office.views"
        assert callable(getattr(views, name))


def test_a_page_that_breaks_shows_nothing_of_it(
    amina: User, browse: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(queries, "today", broken)
    client = browse(amina)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_told_to_go_back_and_writes_nothing(amina: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    answer = client.post("/preferences/", {"language": "en"})
    assert answer.status_code == 403
    amina.refresh_from_db()
    assert amina.language == "fr"


def test_another_sites_form_is_not_carried_out(amina: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    client.get("/")
    token = client.cookies["csrf"].value
    answer = client.post(
        "/preferences/",
        {"language": "en", "csrfmiddlewaretoken": token},
        headers={"origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_an_address_of_another_host_is_refused(client: Client) -> None:
    assert client.get("/connexion/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/nulle-part/", "/dossiers/x/y/z/", "/admin/", "/.env", "/recherche"])
def test_what_does_not_exist_is_not_found_signed_in_or_not(
    path: str, client: Client, amina: User, browse: Callable[[User], Client]
) -> None:
    for who in (client, browse(amina)):
        answer = who.get(path, follow=True)
        assert answer.status_code == (200 if path == "/recherche" else 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_a_page_that_is_only_read_takes_nothing(
    amina: User, browse: Callable[[User], Client], method: str
) -> None:
    assert getattr(browse(amina), method)("/dossiers/").status_code == 405


def test_leaving_takes_a_form_and_not_a_link(client: Client) -> None:
    assert client.get("/deconnexion/").status_code == 405


# --- Odd questions to the journal ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before", ["", "x", "-1", "0", "²", "١٢", "1e3", "9" * 30, "9" * 6000, "\x00", "1 OR 1=1", "1.5"]
)
def test_the_journal_answers_any_question(
    before: str, user: Callable[..., User], browse: Callable[[User], Client], make_case: Any
) -> None:
    make_case()
    assert browse(user(Role.DPO)).get("/journal/", {"avant": before}).status_code == 200
