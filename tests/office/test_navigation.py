"""The links around every page: to each role what it may open, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import translation

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.office import context

pytestmark = pytest.mark.django_db

NAMES = {
    "office:today", "cases:list", "intake:receive", "stays:board", "reports:figures", "exchange:imports",
    "office:audit",
}  # fmt: skip
EXPECTED = {
    Role.SOCIAL_WORKER: {"office:today", "cases:list", "intake:receive", "stays:board"},
    Role.PROTECTION_ASSISTANT: NAMES - {"office:audit"},
    Role.MANAGER: NAMES - {"office:audit"},
    Role.GUARD: {"office:today", "intake:receive", "stays:board"},
    Role.STOREKEEPER: {"office:today"},
    Role.LAWYER: {"office:today", "cases:list"},
    Role.STATISTICIAN: {"office:today", "reports:figures"},
    Role.DPO: {"office:today", "office:audit"},
    Role.POLICE: {"office:today"},
    Role.PARTNER: {"office:today"},
    Role.DONOR: {"office:today"},
    Role.ADMINISTRATOR: {"office:today"},
}


def asked(who: Any, path: str = "/") -> Any:
    request = RequestFactory().get(path)
    request.user = who
    return request


def links(who: Any, path: str = "/") -> list[dict[str, Any]]:
    return [item for group in context.navigation(asked(who, path)) for item in group["items"]]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_exactly_its_pages(role: Role, user: Callable[..., User]) -> None:
    assert {item["url"] for item in links(user(role))} == {reverse(name) for name in EXPECTED[role]}


@pytest.mark.parametrize("role", list(Role))
def test_every_link_that_is_offered_opens(
    role: Role, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    person = user(role)
    client = browse(person)
    for item in links(person):
        assert client.get(item["url"]).status_code == 200, item["url"]


@pytest.mark.parametrize("role", list(Role))
def test_what_is_not_offered_does_not_open(
    role: Role, user: Callable[..., User], browse: Callable[[User], Client]
) -> None:
    client = browse(user(role))
    for name in NAMES - EXPECTED[role]:
        assert client.get(reverse(name)).status_code == 404, name


def test_a_group_without_a_link_is_not_shown(user: Callable[..., User]) -> None:
    for role in Role:
        groups = context.navigation(asked(user(role)))
        assert all(group["items"] and group["label"] for group in groups)
        assert len({group["label"] for group in groups}) == len(groups)


def test_whoever_left_is_offered_nothing(amina: User) -> None:
    amina.is_active = False
    assert links(amina) == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "office:today"),
        ("/dossiers/", "cases:list"),
        ("/dossiers/ZIN-2026-0001/", "cases:list"),
        ("/journal/", None),
        ("/recherche/", None),
    ],
)
def test_one_link_at_most_is_the_present_one(moussa: User, path: str, name: str | None) -> None:
    current = [item["url"] for item in links(moussa, path) if item["current"]]
    assert current == ([reverse(name)] if name else [])


def test_the_navigation_speaks_the_readers_language(moussa: User) -> None:
    with translation.override("fr"):
        assert [item["label"] for item in links(moussa)][:2] == ["Aujourd’hui", "Dossiers"]


# --- The shell -----------------------------------------------------------------------------------------------------


def test_nobody_signed_in_is_told_of_no_page_inside(client: Client) -> None:
    page = client.get("/connexion/").content.decode()
    for name in NAMES - {"office:today"}:
        assert f'href="{reverse(name)}"' not in page
    assert 'role="search"' not in page
    assert reverse("office:sign_out") not in page


def test_before_there_is_a_session_the_shell_holds_links_alone() -> None:
    """A page of errors may be made before anybody is known."""
    bare = context.shell(RequestFactory().get("/"))
    assert "nav" not in bare
    assert bare["preferences_url"] == "/preferences/"
    assert bare["banner"] == ""


@pytest.mark.parametrize("role", list(Role))
def test_the_search_is_offered_to_those_who_follow_cases(role: Role, user: Callable[..., User]) -> None:
    offered = context.shell(asked(user(role)))["search_url"]
    followers = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.LAWYER}
    assert offered == ("/recherche/" if role in followers else "")


def test_the_shell_says_where_one_works(amina: User, user: Callable[..., User]) -> None:
    assert str(context.shell(asked(amina))["centre_name"]) == "Centre d’accueil de Zinder"
    assert str(context.shell(asked(user(Role.DPO)))["centre_name"]) == "Toute l’agence"


def test_the_colours_that_were_chosen_are_taken_from_the_browser(amina: User) -> None:
    request = asked(amina)
    assert context.shell(request)["theme"] == ""
    request.COOKIES["theme"] = "dark"
    assert context.shell(request)["theme"] == "dark"


@pytest.mark.parametrize("theme", ['"><script>', "neon", "x" * 500])
def test_an_invented_colour_does_no_harm(client: Client, theme: str) -> None:
    client.cookies["theme"] = theme
    answer = client.get("/connexion/")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace("<script ", "")


def test_the_demonstration_is_announced_on_every_page_and_a_real_house_is_not(
    browse: Callable[..., Client], amina: User
) -> None:
    sentence = "toutes les personnes sont fictives"
    for client in (browse(None), browse(amina)):
        url = "/" if "_auth_user_id" in client.session else "/connexion/"
        assert sentence not in client.get(url).content.decode()
        with override_settings(DEMONSTRATION=True):
            assert sentence in client.get(url).content.decode()
