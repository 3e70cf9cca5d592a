"""The pages of reintegration: first who may not, then what they show and take."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.reintegration import operations
from mafaka.reintegration.models import ReintegrationPlan, Support
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db

PAGES = ["plan", "draw", "support"]
MAY = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER}
GOAL = "Reprendre l’école à Kantché."
SUPPORT = {
    "kind": "schooling",
    "for_whom": "person",
    "amount_xof": "45000",
    "written": "Classe de CE2, école Birni.",
}


def address(case: Any, name: str = "plan") -> str:
    return reverse(f"reintegration:{name}", args=[case.reference])


def boxes(name: str, day: Any) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_enters_without_signing_in(make_case, browse, name) -> None:
    assert browse(None).get(address(make_case(), name)).status_code == 302


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_other_roles_find_no_such_page(make_case, browse, user, role, name) -> None:
    client = browse(user(role))
    case = make_case()
    assert client.get(address(case, name)).status_code == 404
    assert client.post(address(case, name), {}).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_centre_finds_no_such_page(make_case, browse, binta, name) -> None:
    case = make_case()
    assert browse(binta).get(address(case, name)).status_code == 404
    if name != "plan":
        assert browse(binta).post(address(case, name), {}).status_code == 404


def test_an_empty_page_says_what_it_is_for(make_case, browse, amina) -> None:
    text = browse(amina).get(address(make_case())).content.decode()
    assert "Pas encore de plan" in text
    assert "Aucun appui pour le moment" in text


def test_a_plan_is_drawn_and_then_revised_from_the_page(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)
    assert client.post(address(case, "draw"), {"goal": GOAL} | boxes("drawn_on", TODAY)).status_code == 303
    assert GOAL in client.get(address(case)).content.decode()
    assert GOAL in client.get(address(case, "draw")).content.decode()
    assert ReintegrationPlan.objects.get().drawn_on == TODAY


def test_the_manager_sees_dates_and_kinds_but_neither_goal_nor_words(
    make_case, browse, amina, moussa
) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    operations.record_support(
        case=case, kinds=["kit"], given_on=TODAY, written="Machine à coudre.", by=amina, at=NOW
    )
    client = browse(moussa)
    text = client.get(address(case)).content.decode()
    assert "Kit de réintégration" in text
    assert "réservé à l’équipe psychosociale" in text
    assert GOAL not in text
    assert "Machine à coudre" not in text
    assert GOAL not in client.get(address(case, "draw")).content.decode()
    refused = client.post(address(case, "draw"), {"goal": "Autre."} | boxes("drawn_on", TODAY))
    assert refused.status_code == 422
    assert "a déjà un plan" in refused.content.decode()


def test_a_support_is_added_from_the_page_with_its_amount(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)
    assert client.post(address(case, "support"), SUPPORT | boxes("given_on", TODAY)).status_code == 303
    text = client.get(address(case)).content.decode()
    assert "Classe de CE2, école Birni." in text
    assert "45\u00a0000\u00a0F" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "goat"}, "Sélectionnez un choix valide"),
        ({"kind": ""}, "Choisissez l’appui donné."),
        ({"amount_xof": "quarante"}, "en chiffres"),
        ({"amount_xof": "-5"}, "au moins d’un franc"),
        ({"amount_xof": "9999999999"}, "Vérifiez les zéros"),
        ({"written": ""}, "Décrivez l’appui"),
        ({"given_on_2": "2099"}, "Cette date n’est pas encore venue."),
    ],
)
def test_what_is_wrong_with_a_support_is_said_and_nothing_is_kept(
    make_case, browse, amina, change, said
) -> None:
    answer = browse(amina).post(address(make_case(), "support"), SUPPORT | boxes("given_on", TODAY) | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Support.objects.exists()


def test_a_closed_case_is_read_but_not_written(make_case, browse, amina) -> None:
    case = make_case()
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    client = browse(amina)
    assert address(case, "support") not in client.get(address(case)).content.decode()
    answer = client.post(address(case, "support"), SUPPORT | boxes("given_on", TODAY))
    assert answer.status_code == 422
    assert "Ce dossier est clos" in answer.content.decode()


def test_the_same_form_sent_twice_writes_once(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)
    sent = SUPPORT | boxes("given_on", TODAY) | {"once": "7f9d9b1e-0000-4000-8000-000000000002"}
    assert [client.post(address(case, "support"), sent).status_code for _turn in range(2)] == [303, 303]
    assert Support.objects.count() == 1


def test_the_page_takes_as_many_queries_for_many_supports_as_for_one(make_case, browse, amina) -> None:
    case = make_case()
    client = browse(amina)

    def add() -> None:
        operations.record_support(
            case=case, kinds=["kit", "schooling"], given_on=TODAY, written="…", by=amina, at=NOW
        )

    def queries_taken() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address(case)).status_code == 200
        return len(taken)

    add()
    client.get(address(case))
    before = queries_taken()
    for _turn in range(4):
        add()
    assert queries_taken() == before
