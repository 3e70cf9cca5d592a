"""Every address x every role x own centre, other centre, nobody signed in.

The table of the policy is the only oracle: a page that is open to more people, or to fewer, than its declared act
fails here, and so does a page whose address takes an argument that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
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


def addresses(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (name, pattern) of every page."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}", pattern


PAGES = sorted(addresses(), key=lambda page: page[0])
IDS = [name for name, _pattern in PAGES]


def test_there_are_pages_and_each_is_declared() -> None:
    assert len(PAGES) > 30
    assert [name for name, pattern in PAGES if not hasattr(pattern.callback, "act")] == []
    assert {pattern.callback.act for _name, pattern in PAGES} - {PUBLIC} <= set(policy.POLICY)


def url_of(name: str, pattern: URLPattern, values: dict[str, Any]) -> str:
    wanted = list(pattern.pattern.converters)
    unknown = [argument for argument in wanted if argument not in values]
    assert not unknown, f"{name}: give tests/world.py a value for {unknown}"
    return reverse(name, kwargs={argument: values[argument] for argument in wanted})


@pytest.mark.parametrize(("name", "pattern"), PAGES, ids=IDS)
def test_nobody_enters_without_signing_in(name: str, pattern: URLPattern, world: World, client: Client) -> None:
    url = url_of(name, pattern, world.here)
    for method in METHODS:
        answer = client.generic(method, url)
        if pattern.callback.act == PUBLIC:
            assert answer.status_code in {*DONE, 405}
        else:
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/connexion/")


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_what_the_policy_says_and_nothing_else(
    role: Role, where: str, world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    """The person works at Zinder; `there` is a case of Agadez."""
    person = user(role, world.zinder, "somebody")
    values = getattr(world, where)
    case = values["case"]
    wrong = []
    for name, pattern in PAGES:
        act = pattern.callback.act
        about_case = "reference" in pattern.pattern.converters
        lawful = act == PUBLIC or (policy.allows(person, act, case) if about_case else policy.may(person, act))
        url = url_of(name, pattern, values)
        for method in METHODS:
            client = browse(person)
            status = client.generic(method, url).status_code
            expected = {404} if not lawful else DONE if method in pattern.callback.methods else {405}
            if status not in expected:
                wrong.append(f"{method} {url} ({act}): {status}, not {sorted(expected)}")
    assert wrong == []


@pytest.mark.parametrize("role", [Role.LAWYER, Role.STATISTICIAN, Role.PROTECTION_ASSISTANT, Role.DPO])
def test_those_of_the_agency_see_both_centres(
    role: Role, world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    person = user(role, None, "agency")
    client = browse(person)
    for values in (world.here, world.there):
        for name, pattern in PAGES:
            if "reference" in pattern.pattern.converters and "GET" in pattern.callback.methods:
                status = client.get(url_of(name, pattern, values)).status_code
                lawful = policy.allows(person, pattern.callback.act, values["case"])
                assert status in (DONE if lawful else {404}), name


def test_what_is_forbidden_reads_like_what_does_not_exist(
    world: World, amina: User, browse: Callable[[User], Client]
) -> None:
    client = browse(amina)
    forbidden = client.get(f"/dossiers/{world.there['reference']}/")
    absent = client.get("/dossiers/AGZ-2026-9999/")
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content == absent.content
    assert dict(forbidden.headers) == dict(absent.headers)


def test_every_answer_carries_the_headers(world: World, moussa: User, browse: Callable[[User], Client]) -> None:
    client = browse(moussa)
    for url in ["/", "/dossiers/", "/nulle-part/", "/connexion/", f"/dossiers/{world.here['reference']}/"]:
        headers = client.get(url).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_page_holds_a_name_that_was_not_asked_for(
    world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    """The canaries stand in every sealed field; the registration page alone shows them, to who registers."""
    shown = []
    for role in Role:
        client = browse(user(role, world.zinder, f"canary-{role}".replace("_", "-")))
        for name, pattern in PAGES:
            if "GET" not in pattern.callback.methods:
                continue
            text = client.get(url_of(name, pattern, world.here)).content.decode()
            shown += [(str(role), name, canary) for canary in world.identity_canaries if canary in text]
    assert {name for _role, name, _canary in shown} <= {"intake:registration"}


def test_static_files_are_named_and_there() -> None:
    for name in ("ui/mafaka.css", "ui/mafaka.js"):
        assert staticfiles_storage.url(name).startswith("/static/")
