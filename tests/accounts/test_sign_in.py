"""Signing in: one sentence for a wrong name and a wrong password, waits that grow, sessions that end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from mafaka.accounts import operations
from mafaka.accounts.models import Attempts, User
from mafaka.accounts.operations import AccountRefused, SignInRefused
from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db
PASSWORD = "sable-et-indigo-2026"


def create(username: str, role: Role, centre: Any, password: str = PASSWORD) -> User:
    return operations.create_user(
        username=username, display_name="R", role=role, centre=centre, password=password, by=SETUP, at=NOW
    )


@pytest.fixture
def rakia(zinder: Any) -> User:
    return operations.create_user(
        username="rakia",
        display_name="Rakia",
        role=Role.SOCIAL_WORKER,
        centre=zinder,
        password=PASSWORD,
        by=SETUP,
        at=NOW,
    )


def attempt(name: str, password: str, seconds: int = 0) -> User:
    request = RequestFactory().post("/connexion/")
    return operations.sign_in(
        request=request, username=name, password=password, at=NOW + timedelta(seconds=seconds)
    )


def test_the_right_password_opens_and_is_recorded(rakia: User) -> None:
    assert attempt(" Rakia ", PASSWORD) == rakia
    assert Entry.objects.latest("seq").act == "accounts.signed_in"


def test_an_unknown_name_reads_like_a_wrong_password(rakia: User) -> None:
    sentences = set()
    for name in ("rakia", "personne"):
        with pytest.raises(SignInRefused) as refused:
            attempt(name, "faux")
        sentences.add(refused.value.sentence)
    assert len(sentences) == 1


def test_each_failure_makes_the_next_try_wait_longer_even_with_the_right_password(rakia: User) -> None:
    at = 0
    for _failure in range(6):
        with pytest.raises(SignInRefused):
            attempt("rakia", "faux", at)
        at += 60
    with pytest.raises(SignInRefused, match="Trop d’essais"):
        attempt("rakia", PASSWORD, at - 59)
    assert attempt("rakia", PASSWORD, at) == rakia


def test_names_made_up_are_not_kept_for_ever(rakia: User) -> None:
    def fail(username: str, at: datetime) -> None:
        with pytest.raises(SignInRefused):
            operations.sign_in(request=RequestFactory().post("/"), username=username, password="x", at=at)

    for number in range(3):
        fail(f"nobody{number}", NOW)
    fail("rakia", NOW + timedelta(hours=1))
    assert Attempts.objects.count() == 4
    fail("rakia", NOW + timedelta(hours=24, minutes=59))
    assert [row.failures for row in Attempts.objects.all()] == [2]


def test_the_waits_do_not_tell_whether_a_name_exists(rakia: User) -> None:
    for name in ("rakia", "personne"):
        for _failure in range(5):
            with pytest.raises(SignInRefused):
                attempt(name, "faux")
    seen = set()
    for name in ("rakia", "personne"):
        with pytest.raises(SignInRefused) as refused:
            attempt(name, PASSWORD)
        seen.add(refused.value.sentence)
    assert len(seen) == 1


def test_somebody_who_left_cannot_sign_in(rakia: User) -> None:
    rakia.is_active = False
    rakia.save()
    with pytest.raises(SignInRefused):
        attempt("rakia", PASSWORD)


@pytest.mark.parametrize("password", ["court", "motdepasse", "rakia-rakia-rakia", "123456789012"])
def test_weak_passwords_are_refused(zinder: Any, password: str) -> None:
    with pytest.raises(AccountRefused):
        operations.create_user(
            username="rakia-rakia-rakia",
            display_name="R",
            role=Role.LAWYER,
            centre=None,
            password=password,
            by=SETUP,
            at=NOW,
        )


@pytest.mark.parametrize("name", ["", "R", "Rakia", "a b", "é", "x" * 41])
def test_malformed_names_are_refused(zinder: Any, name: str) -> None:
    with pytest.raises(AccountRefused):
        operations.create_user(
            username=name,
            display_name="R",
            role=Role.LAWYER,
            centre=None,
            password=PASSWORD,
            by=SETUP,
            at=NOW,
        )


def test_a_role_of_the_centre_needs_a_centre(db: None) -> None:
    with pytest.raises(AccountRefused, match="centre"):
        operations.create_user(
            username="moussa",
            display_name="M",
            role=Role.MANAGER,
            centre=None,
            password=PASSWORD,
            by=SETUP,
            at=NOW,
        )


def test_the_page_leads_where_one_wanted_to_go_but_never_elsewhere(rakia: User, client: Client) -> None:
    for wanted, reached in [("/dossiers/", "/dossiers/"), ("//evil.example/", "/"), ("https://evil.example/", "/"),
                            ("/\\evil.example", "/"), ("javascript:alert(1)", "/")]:  # fmt: skip
        client.logout()
        answer = client.post("/connexion/", {"username": "rakia", "password": PASSWORD, "next": wanted})
        assert (answer.status_code, answer["Location"]) == (303, reached)


def test_the_session_key_changes_at_sign_in(rakia: User, client: Client) -> None:
    client.get("/connexion/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    client.post("/connexion/", {"username": "rakia", "password": PASSWORD})
    assert client.session.session_key != before


def test_what_was_typed_stays_but_the_password_does_not(rakia: User, client: Client) -> None:
    answer = client.post("/connexion/", {"username": "rakia", "password": "faux"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="rakia"' in page
    assert "faux" not in page


@pytest.mark.parametrize(
    ("idle", "age", "stays"), [(60, 3600, True), (16 * 60, 3600, False), (60, 11 * 3600, False)]
)
def test_sessions_end(browse: Callable[..., Client], amina: User, idle: int, age: int, stays: bool) -> None:
    import time

    client = browse(amina)
    client.get("/")
    session = client.session
    session["seen"], session["begun"] = int(time.time()) - idle, int(time.time()) - age
    session.save()
    assert (client.get("/").status_code == 200) is stays


def test_signing_out_closes_the_session(browse: Callable[..., Client], amina: User) -> None:
    client = browse(amina)
    answer = client.post("/deconnexion/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/").status_code == 302
