"""One box finds a case by number, by a name in any spelling, by a village, among the cases one may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.people.names import Identity

pytestmark = pytest.mark.django_db

ISSOUFOU = Identity(own_name="Issoufou", father_name="Malam", village="Guidan Tawayé")
ODD = ["", "   ", "x" * 5000, "\x00", "\u202eRakia", "%27 OR 1=1 --", "<script>", "\U0001f642", "ZIN-2026-"]


def ask(client: Client, text: str) -> str:
    """Type in the box, and return the page that answers."""
    return client.post("/recherche/", {"q": text}, follow=True).content.decode()


@pytest.fixture
def people(make_case: Any) -> dict[str, Any]:
    return {
        "rakia": make_case(),
        "issoufou": make_case(
            names=Identity(own_name="Issoufou", father_name="Malam", village="Guidan Tawayé"), sex="male"
        ),
        "hadiza": make_case(names=Identity(own_name="Khadija", father_name="Adamou", by_name="Dela")),
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Maidabo", "rakia"),
        ("MAÏDABO rakia", "rakia"),
        ("Issufu", "issoufou"),
        ("isoufou", "issoufou"),
        ("Hadiza", "hadiza"),
        ("Dela", "hadiza"),
        ("Tsaouni", "rakia"),
        ("tawaye", "issoufou"),
    ],
)
def test_a_name_or_a_village_in_another_spelling_finds_the_case(
    browse: Callable[..., Client], amina: User, people: dict[str, Any], text: str, who: str
) -> None:
    page = ask(browse(amina), text)
    assert people[who].reference in page
    assert "Maïdabo" not in page.replace(text, "")


def test_a_number_finds_its_case(browse: Callable[..., Client], amina: User, people: dict[str, Any]) -> None:
    page = (
        browse(amina)
        .post("/recherche/", follow=True, data={"q": people["hadiza"].reference.lower()})
        .content.decode()
    )
    assert people["hadiza"].reference in page
    assert people["rakia"].reference not in page


def test_other_centres_find_nothing(
    browse: Callable[..., Client], binta: User, people: dict[str, Any]
) -> None:
    for text in ("Maïdabo", people["rakia"].reference, "Tsaouni"):
        assert "Aucun dossier ne correspond" in ask(browse(binta), text)


def test_those_who_follow_nobody_have_no_search(
    browse: Callable[..., Client], user: Callable[..., User], people: dict[str, Any]
) -> None:
    for role in (Role.GUARD, Role.STATISTICIAN, Role.DONOR, Role.POLICE):
        client = browse(user(role))
        assert client.post("/recherche/", data={"q": "Maïdabo"}).status_code == 404
        assert 'role="search"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 5000, "\x00", "\u202eRakia", "%27 OR 1=1 --", "<script>", "🙂", "ZIN-2026-"]
)
def test_odd_questions_are_answered(
    browse: Callable[..., Client], amina: User, people: dict[str, Any], text: str
) -> None:
    answer = browse(amina).post("/recherche/", follow=True, data={"q": text})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b"q=&lt;script" not in answer.content


def test_a_corrected_name_is_found_and_the_old_one_is_not(
    browse: Callable[..., Client], amina: User, people: dict[str, Any]
) -> None:
    from mafaka.people import operations
    from tests.conftest import NOW, SETUP

    client, case = browse(amina), people["issoufou"]
    assert case.reference in ask(client, "Issoufou")
    operations.correct(
        person=case.person, names=Identity(own_name="Zakari", father_name="Boubé"), by=SETUP, at=NOW
    )
    assert case.reference in ask(client, "Zakari")
    assert case.reference not in ask(client, "Issoufou")


def test_the_index_forgets_what_was_undone(
    browse: Callable[..., Client], amina: User, make_case: Any
) -> None:
    from django.db import transaction

    client = browse(amina)
    client.post("/recherche/", follow=True, data={"q": "Rakia"})
    with transaction.atomic():
        ghost = make_case(names=Identity(own_name="Fantôme"))
        assert ghost.reference in ask(client, "Fantôme")
        transaction.set_rollback(True)
    make_case(names=Identity(own_name="Balkissa"))
    assert ghost.reference not in ask(client, "Fantôme")


def namesakes(make_case: Any, number: int, centre: Any = None) -> list[Any]:
    """Make so many people of one name, all of one centre."""
    return [
        make_case(centre, names=Identity(own_name="Mahamadou", father_name="Issa")) for _n in range(number)
    ]


@pytest.fixture
def crowd(make_case: Any, agadez: Any) -> list[Any]:
    """Two hundred namesakes at Agadez, and one case of Zinder with a poorer likeness."""
    return [
        *namesakes(make_case, 200, agadez),
        make_case(names=Identity(own_name="Mahamadu", father_name="Isa")),
    ]


def test_two_hundred_namesakes_elsewhere_do_not_hide_ones_own_case(
    browse: Callable[..., Client], amina: User, crowd: list[Any]
) -> None:
    page = ask(browse(amina), "Mahamadou Issa")
    assert crowd[-1].reference in page
    assert "AGZ-" not in page
    assert "d’autres répondent" not in page


def test_the_page_says_when_others_answer_too(
    browse: Callable[..., Client], binta: User, make_case: Any, agadez: Any
) -> None:
    namesakes(make_case, 20, agadez)
    client = browse(binta)
    page = ask(client, "Mahamadou")
    assert (page.count('scope="row"'), "d’autres répondent" in page) == (20, False)
    namesakes(make_case, 1, agadez)
    page = ask(client, "Mahamadou")
    assert (page.count('scope="row"'), "d’autres répondent" in page) == (20, True)


def test_a_name_in_the_address_is_not_looked_at(
    browse: Callable[..., Client], amina: User, people: dict[str, Any]
) -> None:
    """An address stands in logs and histories: the box sends what is typed in the body."""
    client = browse(amina)
    assert people["rakia"].reference not in client.get("/recherche/", {"q": "Maidabo"}).content.decode()
    form = client.get("/").content.decode().split('role="search"')[1].split(">")[0]
    assert 'method="post"' in form


def test_one_comes_back_to_what_was_found_and_the_session_holds_no_name(
    browse: Callable[..., Client], amina: User, people: dict[str, Any]
) -> None:
    client = browse(amina)
    assert client.post("/recherche/", {"q": "Maidabo"}).status_code == 303
    for _time in range(2):
        assert people["rakia"].reference in client.get("/recherche/").content.decode()
    assert "Maidabo" not in str(dict(client.session.items()))
    assert people["rakia"].reference not in browse(amina).get("/recherche/").content.decode()
