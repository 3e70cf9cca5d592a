"""The first page: each person finds what waits for them, or the pages that are theirs."""

from __future__ import annotations

from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.cases.pages import next_step
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
NO_PAGE = "Votre rôle n’a pas de page"


def today(client: Any) -> str:
    return str(client.get("/").content.decode())


def test_nobody_who_is_not_signed_in_finds_anything(client: Any) -> None:
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("role", [Role.DONOR, Role.POLICE, Role.PARTNER, Role.STOREKEEPER])
def test_who_has_no_page_yet_is_told_so(user: Any, browse: Any, role: Role) -> None:
    assert NO_PAGE in today(browse(user(role)))


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.STATISTICIAN, "/chiffres/"), (Role.DPO, "/journal/"), (Role.GUARD, "/sejours/")],
)
def test_who_follows_no_case_is_led_to_their_own_pages(
    user: Any, browse: Any, role: Role, address: str
) -> None:
    page = today(browse(user(role))).split("<main", 1)[1]
    assert f'href="{address}"' in page
    assert NO_PAGE not in page
    assert "n’attend" not in page


def test_the_guard_can_receive_somebody_at_once(user: Any, browse: Any) -> None:
    assert 'href="/accueil/"' in today(browse(user(Role.GUARD))).split("<main", 1)[1]


def test_a_waiting_case_is_named_by_its_step_and_leads_to_it(amina: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    cases.note_facts(case=case, registered_on=TODAY)
    page = today(browse(amina))
    assert "Mener l’entretien" in page
    assert f'href="/dossiers/{case.reference}/entretiens/"' in page


def test_a_step_of_somebody_else_leads_to_the_case_file(moussa: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    cases.note_facts(case=case, registered_on=TODAY)
    page = today(browse(moussa))
    assert f'href="/dossiers/{case.reference}/"' in page
    assert "/entretiens/" not in page


def test_the_case_file_offers_the_step_that_its_path_waits_for(
    amina: Any, browse: Any, make_case: Any
) -> None:
    case = make_case()
    done: dict[str, Any] = {}
    for stage, label in [
        ("registered_on", "Mener l’entretien"),
        ("interviewed_on", "Établir le plan"),
        ("planned_on", "Fournir un premier service"),
        ("assisted_on", "Rechercher la famille"),
    ]:
        done[stage] = TODAY
        cases.note_facts(case=case, **done)
        case.fact.refresh_from_db()
        step = next_step(case, by=amina)
        assert step is not None
        assert step.label == label
        assert (
            f'href="{step.url}">{label}</a>'
            in browse(amina).get(f"/dossiers/{case.reference}/").content.decode()
        )


def test_a_closed_case_waits_for_nothing(amina: Any, make_case: Any) -> None:
    case = make_case()
    cases.close(case=case, reason="lost", closed_on=TODAY, by=SETUP, at=NOW)
    assert next_step(case, by=amina) is None


def test_who_may_not_take_the_step_is_not_offered_it(moussa: Any, binta: Any, make_case: Any) -> None:
    case = make_case()
    cases.note_facts(case=case, registered_on=TODAY)
    case.fact.refresh_from_db()
    assert next_step(case, by=moussa) is None
    assert next_step(case, by=binta) is None
