"""What every answer carries, in which language it speaks, and how long somebody stays signed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from mafaka.accounts.models import User
from mafaka.office.middleware import CONTENT_SECURITY_POLICY, Headers, Language

pytestmark = pytest.mark.django_db


# --- Headers -------------------------------------------------------------------------------------------------------


def headers(path: str = "/", **given: str) -> Any:
    def answer(_request: Any) -> HttpResponse:
        return HttpResponse(headers=given)

    return Headers(answer)(RequestFactory().get(path)).headers


def test_nothing_is_fetched_from_anywhere_else_and_no_script_stands_in_a_page() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    for rule in ("script-src", "style-src", "connect-src", "font-src"):
        assert rules[rule] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_no_page_is_kept_by_a_browser_even_if_it_asks_to_be() -> None:
    assert headers(**{"Cache-Control": "max-age=3600"})["Cache-Control"] == "no-store"
    assert headers()["Cache-Control"] == "no-store"


def test_files_that_hold_no_data_may_be_kept() -> None:
    kept = headers("/static/ui/mafaka.css", **{"Cache-Control": "max-age=3600"})
    assert kept["Cache-Control"] == "max-age=3600"


@pytest.mark.parametrize("path", ["/statics/", "/static", "/dossiers/static/", "//static/x"])
def test_what_only_looks_like_such_a_file_is_not_kept(path: str) -> None:
    assert headers(path)["Cache-Control"] == "no-store"


def test_a_page_may_be_stricter_than_the_house() -> None:
    assert headers(**{"Content-Security-Policy": "default-src 'none'"})["Content-Security-Policy"] == (
        "default-src 'none'"
    )


def test_the_device_is_left_alone() -> None:
    allowed = headers()["Permissions-Policy"]
    for what in ("camera", "microphone", "geolocation", "payment"):
        assert f"{what}=()" in allowed


@pytest.mark.parametrize(
    ("path", "status"), [("/nulle-part/", 404), ("/connexion/", 200), ("/deconnexion/", 405), ("/", 302)]
)
def test_even_a_refusal_carries_them(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


# --- Language ------------------------------------------------------------------------------------------------------


def spoken(cookie: str | None = None, **more: str) -> tuple[str, str]:
    """Return the language in which a page is made, and the one it says it is in."""
    seen = []

    def answer(_request: Any) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    request = RequestFactory().get("/", **more)
    if cookie is not None:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = Language(answer)(request)
    return seen[0], response.headers["Content-Language"]


@pytest.mark.parametrize("cookie", [None, "", "fr", "de", "EN", "en-GB", "../en", "x" * 4000, "\x00"])
def test_pages_are_french_unless_one_of_our_languages_was_chosen(cookie: str | None) -> None:
    assert spoken(cookie) == ("fr", "fr")


def test_the_reader_may_choose_english() -> None:
    assert spoken("en") == ("en", "en")


def test_the_browsers_own_wish_does_not_decide() -> None:
    assert spoken(None, HTTP_ACCEPT_LANGUAGE="en") == ("fr", "fr")


def test_the_language_of_one_reader_is_not_the_next_ones() -> None:
    with translation.override("fr"):
        spoken("en")
        assert translation.get_language() == "fr"


def test_a_language_is_chosen_from_any_page_and_kept(amina: User, browse: Callable[[User], Client]) -> None:
    client = browse(amina)
    answer = client.post(
        "/preferences/", {"language": "en"}, headers={"referer": "http://testserver/dossiers/"}
    )
    assert (answer.status_code, answer["Location"]) == (303, "/dossiers/")
    assert answer.cookies["language"].value == "en"
    assert answer.cookies["language"]["samesite"] == "Strict"
    amina.refresh_from_db()
    assert amina.language == "en"
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["de", "", "fr'; --", "x" * 500])
def test_an_unknown_language_is_not_kept(
    amina: User, browse: Callable[[User], Client], language: str
) -> None:
    answer = browse(amina).post("/preferences/", {"language": language})
    assert answer.status_code == 303
    assert "language" not in answer.cookies
    amina.refresh_from_db()
    assert amina.language == "fr"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_colours_are_chosen_without_signing_in(client: Client, theme: str) -> None:
    answer = client.post("/preferences/", {"theme": theme})
    assert answer.cookies["theme"].value == theme


@pytest.mark.parametrize("theme", ["", "neon", "dark; domain=evil"])
def test_invented_colours_are_not_kept(client: Client, theme: str) -> None:
    assert "theme" not in client.post("/preferences/", {"theme": theme}).cookies


@pytest.mark.parametrize(
    "referer", ["https://evil.example//evil.example/x", "http://testserver//evil.example/", "x:y"]
)
def test_choosing_never_leads_away_from_the_house(client: Client, referer: str) -> None:
    where = client.post("/preferences/", {"theme": "dark"}, headers={"referer": referer})["Location"]
    assert where.startswith("/")
    assert not where.startswith("//")


# --- Sessions ------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(amina: User, browse: Callable[[User], Client]) -> Client:
    client = browse(amina)
    client.get("/")
    return client


def wind(client: Client, **ages: int) -> None:
    """Make the session as old as said, in seconds, for what is named."""
    session = client.session
    for name, age in ages.items():
        session[name] = int(time.time()) - age
    session.save()


def test_a_session_says_when_it_began_and_when_it_was_last_seen(signed_in: Client) -> None:
    assert abs(signed_in.session["begun"] - time.time()) < 60
    assert abs(signed_in.session["seen"] - time.time()) < 60


def test_reading_pages_keeps_one_signed_in_but_not_beyond_a_day_of_work(signed_in: Client) -> None:
    wind(signed_in, seen=600, begun=36_000 - 30)
    assert signed_in.get("/").status_code == 200
    wind(signed_in, seen=10, begun=36_000 + 30)
    assert signed_in.get("/").status_code == 302


def test_somebody_who_types_for_long_stays_signed_in(signed_in: Client) -> None:
    wind(signed_in, seen=14 * 60)
    assert signed_in.get("/present/").status_code == 204
    assert abs(signed_in.session["seen"] - time.time()) < 60


def test_a_session_is_written_at_most_once_a_minute(signed_in: Client) -> None:
    wind(signed_in, seen=30)
    before = signed_in.session["seen"]
    signed_in.get("/")
    assert signed_in.session["seen"] == before
    wind(signed_in, seen=61)
    signed_in.get("/")
    assert signed_in.session["seen"] > before


def test_what_was_shown_and_who_it_was_leave_with_the_session(signed_in: Client) -> None:
    session = signed_in.session
    session["shown"] = {"x": 1}
    session.save()
    wind(signed_in, seen=16 * 60)
    signed_in.get("/")
    assert "shown" not in signed_in.session
    assert "_auth_user_id" not in signed_in.session


def test_a_form_that_arrives_too_late_writes_nothing(signed_in: Client, amina: User) -> None:
    wind(signed_in, seen=16 * 60)
    assert signed_in.post("/preferences/", {"language": "en"}).status_code == 303
    amina.refresh_from_db()
    assert amina.language == "fr"


def test_a_house_may_be_stricter(signed_in: Client) -> None:
    wind(signed_in, seen=61)
    with override_settings(IDLE_SECONDS=60):
        assert signed_in.get("/").status_code == 302
