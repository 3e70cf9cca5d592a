"""Every address x every role x own centre, other centre, nobody signed in.

The table of the policy is the only oracle: a page that is open to more people, or to fewer, than its declared act
fails here, and so does a page whose address takes an argument that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mafaka.accounts import policy
from mafaka.accounts.models import User
from mafaka.accounts.pages import PUBLIC
from mafaka.accounts.roles import Role
from tests.world import World

pytestmark = pytest.mark.django_db
DONE = {200, 204, 302, 303, 422}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
# Pages that more people read than write: the view asks for the second act before it takes a form.
WRITES = {"plans:plan": "plans.write"}


def addresses(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (name, pattern) of every page."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace
            )
        else:
            yield f"{namespace}{pattern.name}", pattern


PAGES = sorted(addresses(), key=lambda page: page[0])


def test_there_are_pages_and_each_is_declared() -> None:
    assert len(PAGES) > 30
    assert [name for name, pattern in PAGES if not hasattr(pattern.callback, "act")] == []
    assert {pattern.callback.act for _name, pattern in PAGES} - {PUBLIC} <= set(policy.POLICY)


def url_of(name: str, pattern: URLPattern, values: dict[str, Any]) -> str:
    wanted = list(pattern.pattern.converters)
    known = values | values.get(name, {})
    unknown = [argument for argument in wanted if argument not in known]
    assert not unknown, f"{name}: give tests/world.py a value for {unknown}"
    return reverse(name, kwargs={argument: known[argument] for argument in wanted})


def is_lawful(person: User, pattern: URLPattern, case: Any, method: str = "GET") -> bool:
    """A page about something of a centre follows the rule for a case of that centre; any other the role alone."""
    act = pattern.callback.act
    if method == "POST":
        act = next((write for name, write in WRITES.items() if dict(PAGES)[name] is pattern), act)
    about = {"reference", "bed_id", "batch_id"} & set(pattern.pattern.converters)
    return act == PUBLIC or (policy.allows(person, act, case) if about else policy.may(person, act))


def answers(person: User, pattern: URLPattern, case: Any, method: str) -> set[int]:
    """The answers that the policy allows.

    Whoever may do the act somewhere is told that a page knows no such method before anything is fetched: the same
    answer whether the case is theirs, another's, or not there.
    """
    act = pattern.callback.act
    if act != PUBLIC and not policy.may(person, act):
        return {404}
    if method not in pattern.callback.methods:
        return {405}
    return DONE if is_lawful(person, pattern, case, method) else {404}


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What is written within leaves no trace, not even of signing out: every page meets the world as it was made."""
    cookies = client.cookies.output()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))


def test_nobody_enters_without_signing_in(world: World, client: Client) -> None:
    wrong = []
    for name, pattern in PAGES:
        url = url_of(name, pattern, world.here)
        for method in METHODS:
            answer = client.generic(method, url)
            if pattern.callback.act == PUBLIC:
                right = answer.status_code in {*DONE, 405}
            else:
                right = (answer.status_code, answer["Location"].split("?")[0]) == (302, "/connexion/")
            wrong += [] if right else [f"{method} {url}: {answer.status_code}"]
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_what_the_policy_says_and_nothing_else(
    role: Role, world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    """The person works at Zinder; `there` is a case of Agadez."""
    person = user(role, world.zinder, "somebody")
    client = browse(person)
    wrong = []
    for values in (world.here, world.there):
        for name, pattern in PAGES:
            url = url_of(name, pattern, values)
            for method in METHODS:
                with undone(client):
                    status = client.generic(method, url).status_code
                expected = answers(person, pattern, values["case"], method)
                if status not in expected:
                    wrong.append(f"{method} {url} ({pattern.callback.act}): {status}, not {sorted(expected)}")
    assert wrong == []


def test_the_one_who_follows_a_case_may_close_it(world: World, browse: Callable[[User], Client]) -> None:
    client = browse(world.here["case"].worker)
    assert client.get(f"/dossiers/{world.here['reference']}/cloture/").status_code == 200
    assert client.get(f"/dossiers/{world.there['reference']}/cloture/").status_code == 404


@pytest.mark.parametrize("role", [Role.LAWYER, Role.STATISTICIAN, Role.PROTECTION_ASSISTANT, Role.DPO])
def test_those_of_the_agency_see_both_centres(
    role: Role, world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    person = user(role, None, "agency")
    client = browse(person)
    for values in (world.here, world.there):
        for name, pattern in PAGES:
            if "GET" in pattern.callback.methods:
                status = client.get(url_of(name, pattern, values)).status_code
                assert status in answers(person, pattern, values["case"], "GET"), name


def test_every_page_that_may_be_opened_shows_itself(
    world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    """In this world nothing leads elsewhere for want of something to show; a page that does is not tested by others."""
    people = [user(role, world.zinder, f"somebody-{role}".replace("_", "-")) for role in Role]
    clients = [(person, browse(person)) for person in (*people, world.here["case"].worker)]
    seen = {"office:sign_in"}
    for name, pattern in PAGES:
        for person, client in clients:
            if "GET" in pattern.callback.methods and is_lawful(person, pattern, world.here["case"]):
                status = client.get(url_of(name, pattern, world.here)).status_code
                assert status == (204 if name == "office:alive" else 200), f"{person.role} {name}"
                seen.add(name)
    assert {name for name, pattern in PAGES if "GET" in pattern.callback.methods} == seen


def test_what_is_forbidden_reads_like_what_does_not_exist(
    world: World, amina: User, browse: Callable[[User], Client]
) -> None:
    client = browse(amina)
    forbidden = client.get(f"/dossiers/{world.there['reference']}/")
    absent = client.get("/dossiers/AGZ-2026-9999/")
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content == absent.content
    assert dict(forbidden.headers) == dict(absent.headers)


def test_every_answer_carries_the_headers(
    world: World, moussa: User, browse: Callable[[User], Client]
) -> None:
    client = browse(moussa)
    for url in ["/", "/dossiers/", "/nulle-part/", "/connexion/", f"/dossiers/{world.here['reference']}/"]:
        headers = client.get(url).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_static_files_are_named_and_there() -> None:
    for name in ("ui/mafaka.css", "ui/mafaka.js"):
        assert staticfiles_storage.url(name).startswith("/static/")
