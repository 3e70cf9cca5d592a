"""The pages that give a case to somebody, close it and open it again: first who may not."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.cases import operations
from mafaka.people.names import Identity
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db

MAY = {
    "assign": {Role.MANAGER, Role.PROTECTION_ASSISTANT},
    "closing": {Role.MANAGER, Role.PROTECTION_ASSISTANT, Role.SOCIAL_WORKER},
    "reopen": {Role.MANAGER, Role.PROTECTION_ASSISTANT, Role.SOCIAL_WORKER},
}
CLOSING = {
    "reason": "reintegrated",
    "closed_on_0": TODAY.day,
    "closed_on_1": TODAY.month,
    "closed_on_2": TODAY.year,
}


def address(case: Any, name: str) -> str:
    return reverse(f"cases:{name}", args=[case.reference])


@pytest.mark.parametrize("name", MAY)
def test_nobody_enters_without_signing_in(make_case, browse, name) -> None:
    assert browse(None).post(address(make_case(), name)).status_code == 302


@pytest.mark.parametrize(
    ("name", "role"), [(name, role) for name in MAY for role in sorted(set(Role) - MAY[name])]
)
def test_other_roles_find_no_such_page(make_case, browse, user, name, role) -> None:
    case = make_case()
    client = browse(user(role))
    assert client.get(address(case, name)).status_code == 404
    assert client.post(address(case, name), CLOSING).status_code == 404
    case.refresh_from_db()
    assert case.status == "open"


@pytest.mark.parametrize("name", ["closing", "reopen"])
def test_another_centre_finds_no_such_page(make_case, browse, binta, name) -> None:
    assert browse(binta).post(address(make_case(), name), CLOSING).status_code == 404


def test_the_manager_of_another_centre_assigns_nothing_here(make_case, browse, user, agadez) -> None:
    other = browse(user(Role.MANAGER, agadez))
    assert other.get(address(make_case(), "assign")).status_code == 404


@pytest.mark.parametrize("name", ["closing", "reopen"])
def test_a_worker_closes_only_the_cases_they_follow(make_case, browse, amina, user, name) -> None:
    case = make_case(worker=user(Role.SOCIAL_WORKER, username="hadiza"))
    assert browse(amina).post(address(case, name), CLOSING).status_code == 404


def test_a_case_is_given_to_a_worker_of_the_centre_and_to_nobody_else(
    make_case, browse, moussa, amina, binta, user
) -> None:
    case = make_case()
    guard = user(Role.GUARD)
    client = browse(moussa)
    text = client.get(address(case, "assign")).content.decode()
    assert "Amina" in text
    assert "Binta" not in text
    for wrong in (binta.pk, guard.pk, ""):
        assert client.post(address(case, "assign"), {"worker": wrong}).status_code == 422
    assert client.post(address(case, "assign"), {"worker": amina.pk}).status_code == 303
    case.refresh_from_db()
    assert case.worker == amina


def test_a_case_is_closed_with_its_reason_and_opened_again(make_case, browse, amina) -> None:
    case = make_case(worker=amina)
    client = browse(amina)
    assert client.post(address(case, "closing"), CLOSING).status_code == 303
    text = client.get(address(case, "closing")).content.decode()
    assert "Réintégration achevée" in text
    assert text.index("<summary>Rouvrir ce dossier") < text.index("Oui, rouvrir le dossier")
    assert 'name="reason"' not in text
    assert client.post(address(case, "reopen")).status_code == 303
    case.refresh_from_db()
    assert (case.status, case.closed_on, case.closing_reason) == ("open", None, "")
    assert 'name="reason"' in client.get(address(case, "closing")).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "Choisissez un motif."),
        ({"closed_on_2": "2099"}, "Cette date n’est pas encore venue."),
        ({"closed_on_2": "2020"}, "Choisissez une date plus tardive."),
    ],
)
def test_what_is_wrong_is_said_and_the_case_stays_open(make_case, browse, moussa, change, said) -> None:
    case = make_case()
    answer = browse(moussa).post(address(case, "closing"), CLOSING | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    case.refresh_from_db()
    assert case.status == "open"


def test_whoever_still_sleeps_at_the_centre_leaves_first(make_case, browse, moussa) -> None:
    case = make_case()
    operations.note_facts(case=case, housed=True)
    client = browse(moussa)
    assert "La personne est encore hébergée" in client.get(address(case, "closing")).content.decode()
    answer = client.post(address(case, "closing"), CLOSING)
    assert answer.status_code == 422
    assert "Enregistrez d’abord son départ" in answer.content.decode()


def test_opening_an_open_case_again_says_so(make_case, browse, moussa, amina) -> None:
    case = make_case()
    client = browse(moussa)
    assert client.post(address(case, "reopen")).status_code == 303
    assert "déjà ouvert" in client.get(address(case, "closing")).content.decode()


def test_closing_twice_is_refused(make_case, browse, moussa, amina) -> None:
    case = make_case()
    operations.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    assert browse(moussa).post(address(case, "closing"), CLOSING).status_code == 422


def test_a_closed_case_waits_for_no_stage(make_case, browse, moussa) -> None:
    case = make_case()
    page = browse(moussa).get(address(case, "closing")).context["file"]
    assert ("Accueil", "current") in page.path
    operations.close(case=case, reason="left", closed_on=TODAY, by=moussa, at=NOW)
    page = browse(moussa).get(address(case, "closing")).context["file"]
    assert page.path[-1] == ("Clôture", "done")
    assert {state for _label, state in page.path[:-1]} == {"next"}


def test_a_person_without_a_name_has_no_initials(make_case, browse, moussa) -> None:
    page = (
        browse(moussa).get(address(make_case(names=Identity(village="Tsaouni")), "closing")).context["file"]
    )
    assert page.masked_name == "•••••"
