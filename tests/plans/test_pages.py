"""The pages of plans: first who may not, then what they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mafaka.accounts.roles import Role
from mafaka.assessments import operations as assessments
from mafaka.cases import operations as cases
from mafaka.plans import operations
from mafaka.plans.models import Plan, Service
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
WRITE_PLANS = (Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER)
READ_PLANS = (*WRITE_PLANS, Role.LAWYER)
GOAL = "Apprendre la couture"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


@pytest.fixture
def case(make_case: Callable[..., Any]) -> Any:
    return make_case()


@pytest.fixture
def service(case: Any) -> Service:
    plan = operations.draw_plan(case=case, goal=GOAL, drawn_on=TODAY, by=SETUP, at=NOW)
    return operations.add_service(
        plan=plan, kind="treatment", provider="CSI Birni", due_on=TODAY, detail="toux", by=SETUP, at=NOW
    )


def boxes(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def plan_url(case: Any) -> str:
    return reverse("plans:plan", args=[case.reference])


def service_url(case: Any, service: Service) -> str:
    return reverse("plans:service", args=[case.reference, service.pk])


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_nobody_enters_without_signing_in(case: Any, service: Service, browse: Callable[..., Any]) -> None:
    for url in (plan_url(case), service_url(case, service)):
        response = browse(None).get(url)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("office:sign_in"))


def test_another_centre_finds_nothing(
    case: Any, service: Service, browse: Callable[..., Any], binta: Any
) -> None:
    browser = browse(binta)
    for url in (plan_url(case), service_url(case, service)):
        assert browser.get(url).status_code == 404
        assert browser.post(url, {"state": "ongoing"}).status_code == 404
    service.refresh_from_db()
    assert service.state == "planned"


@pytest.mark.parametrize("role", [role for role in Role if role not in READ_PLANS])
def test_plans_are_for_those_who_accompany(
    case: Any, service: Service, browse: Callable[..., Any], user: Callable[..., Any], role: Role
) -> None:
    browser = browse(user(role))
    assert browser.get(plan_url(case)).status_code == 404
    assert browser.get(service_url(case, service)).status_code == 404


def test_the_lawyer_reads_the_plan_and_writes_nothing(
    case: Any, service: Service, browse: Callable[..., Any], user: Callable[..., Any]
) -> None:
    browser = browse(user(Role.LAWYER))
    page = text_of(browser.get(plan_url(case)))
    assert "CSI Birni" in page
    assert "précision réservée" in page
    assert "toux" not in page
    assert GOAL not in page
    assert "Ajouter le service" not in page
    assert service_url(case, service) not in page
    assert browser.post(plan_url(case), {"kind": "meals"}).status_code == 404
    assert browser.get(service_url(case, service)).status_code == 404


def test_the_manager_finds_the_goal_reserved(
    case: Any, service: Service, browse: Callable[..., Any], moussa: Any
) -> None:
    page = text_of(browse(moussa).get(plan_url(case)))
    assert "Réservé aux personnes qui mènent les entretiens." in page
    assert GOAL not in page


def test_a_service_of_another_case_is_not_found(
    service: Service, make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    other = make_case()
    browser = browse(amina)
    assert browser.get(service_url(other, service)).status_code == 404
    assert browser.post(service_url(other, service), {"state": "ongoing"}).status_code == 404
    service.refresh_from_db()
    assert service.state == "planned"


def test_a_plan_is_drawn_then_a_service_added(case: Any, browse: Callable[..., Any], amina: Any) -> None:
    browser = browse(amina)
    assert "Établir le plan" in text_of(browser.get(plan_url(case)))
    sent = {"goal": GOAL, **boxes("drawn_on", TODAY), "once": str(uuid4())}
    for _time in range(2):
        assert browser.post(plan_url(case), sent).status_code == 303
    due = boxes("due_on", TODAY + timedelta(days=4))
    wanted = {"kind": "health_check", "provider": "CSI Birni", "detail": "bilan complet", **due}
    response = browser.post(plan_url(case), wanted)
    assert (response.status_code, response["Location"]) == (303, plan_url(case))
    page = browser.get(plan_url(case)).content.decode()
    for said in (GOAL, "11 novembre 2026", "Soins médicaux", "Consultation et bilan de santé",
                 "bilan complet", "CSI Birni", "16\u00a0oct.", "À programmer"):  # fmt: skip
        assert said in page


def test_a_plan_drawn_meanwhile_keeps_what_was_typed(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any
) -> None:
    sent = {"goal": "Un autre but", **boxes("drawn_on", TODAY)}
    response = browse(amina).post(plan_url(case), sent)
    assert response.status_code == 422
    assert "Ce dossier a déjà un plan." in text_of(response)
    assert "Un autre but" in text_of(response)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"goal": "", **boxes("drawn_on", TODAY)}, "Écrivez l’objectif"),
        ({"goal": GOAL, **boxes("drawn_on", date(2099, 1, 1))}, "Cette date n’est pas encore venue."),
        ({"goal": GOAL, **boxes("drawn_on", date(2026, 10, 11))}, "après l’ouverture du dossier"),
        (
            {"goal": GOAL, "drawn_on_0": "31", "drawn_on_1": "2", "drawn_on_2": "2026"},
            "Cette date n’existe pas.",
        ),
    ],
)
def test_a_wrong_plan_is_shown_again(
    case: Any, browse: Callable[..., Any], amina: Any, sent: dict[str, Any], sentence: str
) -> None:
    response = browse(amina).post(plan_url(case), sent)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Choisissez un service."),
        ({"kind": "massage"}, "massage"),
        ({"kind": "other"}, "Précisez le service en quelques mots."),
        ({"provider": ""}, "Dites qui fournit le service."),
        (boxes("due_on", date(2026, 10, 1)), "après l’ouverture du dossier"),
    ],
)
def test_a_wrong_service_is_shown_again(
    case: Any,
    service: Service,
    browse: Callable[..., Any],
    amina: Any,
    changed: dict[str, Any],
    sentence: str,
) -> None:
    sent = {"kind": "meals", "provider": "Centre", **boxes("due_on", TODAY), **changed}
    response = browse(amina).post(plan_url(case), sent)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Service.objects.count() == 1


def test_a_provided_service_meets_its_need(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any
) -> None:
    (need,) = assessments.identify_needs(case=case, needs=["medical"], on=TODAY, by=amina, at=NOW)
    browser = browse(amina)
    assert "Le besoin est comblé" in text_of(browser.get(service_url(case, service)))
    sent = {"state": "provided", **boxes("provided_on", TODAY), "meets_need": "on"}
    response = browser.post(service_url(case, service), sent)
    assert (response.status_code, response["Location"]) == (303, plan_url(case))
    need.refresh_from_db()
    assert need.met_on == TODAY
    assert "Fourni" in text_of(browser.get(plan_url(case)))
    assert "Ce service ne change plus." in text_of(browser.get(service_url(case, service)))


def test_no_box_is_offered_where_no_need_is_open(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any
) -> None:
    assert "Le besoin est comblé" not in text_of(browse(amina).get(service_url(case, service)))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": "left"}, "Choisissez l’état du service."),
        ({"state": "planned"}, "planned"),
        ({"state": "provided"}, "Indiquez le jour."),
        (
            {"state": "provided", **boxes("provided_on", date(2099, 1, 1))},
            "Cette date n’est pas encore venue.",
        ),
        ({"state": "cancelled"}, "Choisissez un motif."),
    ],
)
def test_a_wrong_state_is_shown_again(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any, sent: dict[str, Any], sentence: str
) -> None:
    response = browse(amina).post(service_url(case, service), sent)
    assert response.status_code == 422
    assert sentence in text_of(response)
    service.refresh_from_db()
    assert service.state == "planned"


def test_a_refused_need_leaves_the_page_as_it_stood(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assessments.identify_needs(case=case, needs=["medical"], on=tomorrow, by=amina, at=NOW)
    sent = {"state": "provided", **boxes("provided_on", TODAY), "meets_need": "on"}
    response = browse(amina).post(service_url(case, service), sent)
    assert response.status_code == 422
    page = text_of(response)
    assert "après le constat du besoin" in page
    assert "À programmer" in page
    assert "Enregistrer l’état" in page


def test_a_closed_case_is_read_only(
    case: Any, service: Service, browse: Callable[..., Any], amina: Any
) -> None:
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    browser = browse(amina)
    assert "Ajouter le service" not in text_of(browser.get(plan_url(case)))
    response = browser.post(service_url(case, service), {"state": "ongoing"})
    assert response.status_code == 422
    service.refresh_from_db()
    assert service.state == "planned"
