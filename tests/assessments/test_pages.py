"""The pages of interviews and needs: first who may not, then what they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mafaka.accounts.roles import Role
from mafaka.assessments import operations
from mafaka.assessments.models import Interview, Need
from mafaka.cases import operations as cases
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
INTERVIEW_PAGES = ["assessments:interviews", "assessments:interview"]
PAGES = [*INTERVIEW_PAGES, "assessments:needs"]
HOLD_INTERVIEWS = (Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT)
SEE_NEEDS = (*HOLD_INTERVIEWS, Role.MANAGER)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def boxes(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def answers(by: Any, **changed: Any) -> dict[str, Any]:
    return {
        **boxes("held_on", TODAY),
        "interviewer": str(by.pk),
        "language": "ha",
        "acts": ["transportation"],
        "purposes": ["begging"],
        "forms_told": ["forced_begging"],
        "status": "possible",
        "narrative": "Elle mendiait à Tamanrasset.",
        "once": str(uuid4()),
        **changed,
    }


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_nobody_enters_without_signing_in(
    make_case: Callable[..., Any], browse: Callable[..., Any], name: str
) -> None:
    response = browse(None).get(reverse(name, args=[make_case().reference]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("office:sign_in"))


@pytest.mark.parametrize("name", PAGES)
def test_another_centre_finds_nothing(
    make_case: Callable[..., Any], browse: Callable[..., Any], binta: Any, name: str
) -> None:
    assert browse(binta).get(reverse(name, args=[make_case().reference])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in HOLD_INTERVIEWS])
@pytest.mark.parametrize("name", INTERVIEW_PAGES)
def test_interviews_are_for_those_who_hold_them(
    make_case: Callable[..., Any], browse: Callable[..., Any], user: Any, name: str, role: Role
) -> None:
    assert browse(user(role)).get(reverse(name, args=[make_case().reference])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in SEE_NEEDS])
def test_needs_are_for_those_who_accompany(
    make_case: Callable[..., Any], browse: Callable[..., Any], user: Any, role: Role
) -> None:
    case = make_case()
    (need,) = operations.identify_needs(case=case, needs=["food"], on=TODAY, by=SETUP, at=NOW)
    other = browse(user(role, username="other"))
    assert other.get(reverse("assessments:needs", args=[case.reference])).status_code == 404
    assert other.post(reverse("assessments:meet", args=[case.reference, need.pk])).status_code == 404
    need.refresh_from_db()
    assert need.met_on is None


def test_a_need_of_another_case_is_not_found(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    mine, other = make_case(), make_case()
    (need,) = operations.identify_needs(case=other, needs=["food"], on=TODAY, by=amina, at=NOW)
    response = browse(amina).post(reverse("assessments:meet", args=[mine.reference, need.pk]))
    assert response.status_code == 404
    need.refresh_from_db()
    assert need.met_on is None


def test_an_interview_is_recorded_and_read(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case, browser = make_case(), browse(amina)
    response = browser.post(reverse("assessments:interview", args=[case.reference]), answers(amina))
    assert response.status_code == 303
    page = text_of(browser.get(response["Location"]))
    for said in ("Victime présumée", "Transport", "Exploitation de la mendicité", "Mendicité forcée",
                 "Elle mendiait à Tamanrasset.", "Rien ne manque."):  # fmt: skip
        assert said in page


def test_the_same_form_sent_twice_makes_one_interview(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case, browser, sent = make_case(), browse(amina), answers(amina)
    for _time in range(2):
        response = browser.post(reverse("assessments:interview", args=[case.reference]), sent)
        assert response.status_code == 303
    assert Interview.objects.count() == 1


def test_what_the_answers_support_is_shown_before_anything_is_kept(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case = make_case(years=30)
    sent = answers(amina, verify="1")
    response = browse(amina).post(reverse("assessments:interview", args=[case.reference]), sent)
    assert response.status_code == 200
    assert not Interview.objects.exists()
    page = text_of(response)
    assert "Il manque\u00a0: un moyen." in response.content.decode()
    assert "Elle mendiait à Tamanrasset." in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (boxes("held_on", date(2099, 1, 1)), "Cette date n’est pas encore venue."),
        (boxes("held_on", date(2026, 10, 1)), "Choisissez une date après l’ouverture du dossier."),
        ({"language": ""}, "Indiquez la langue."),
        ({"acts": ["kidnap"]}, "kidnap"),
        ({"interviewer": str(uuid4())}, "valide"),
    ],
)
def test_a_wrong_interview_is_shown_again_with_what_was_typed(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any,
    changed: dict[str, Any], sentence: str,
) -> None:  # fmt: skip
    url = reverse("assessments:interview", args=[make_case().reference])
    response = browse(amina).post(url, answers(amina, **changed))
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert "Elle mendiait à Tamanrasset." in page
    assert not Interview.objects.exists()


def test_a_colleague_of_another_centre_cannot_be_the_interviewer(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any, binta: Any
) -> None:
    url = reverse("assessments:interview", args=[make_case().reference])
    assert browse(amina).post(url, answers(binta)).status_code == 422


def test_an_empty_file_says_what_an_interview_is(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    page = text_of(browse(amina).get(reverse("assessments:interviews", args=[make_case().reference])))
    assert "Aucun entretien encore" in page
    assert "Noter le premier entretien" in page


def test_a_need_is_noted_then_met(
    make_case: Callable[..., Any], browse: Callable[..., Any], moussa: Any
) -> None:
    case, browser = make_case(), browse(moussa)
    url = reverse("assessments:needs", args=[case.reference])
    sent = {"kind": "medical", "urgency": "high", **boxes("on", TODAY), "note": "toux"}
    assert browser.post(url, sent).status_code == 303
    page = text_of(browser.get(url))
    assert "Soins médicaux" in page
    assert "Réservée" in page
    assert "toux" not in page
    need = Need.objects.get()
    response = browser.post(reverse("assessments:meet", args=[case.reference, need.pk]))
    assert (response.status_code, response["Location"]) == (303, url)
    need.refresh_from_db()
    assert need.met_on == TODAY
    assert "Comblés" in text_of(browser.get(url))


def test_an_open_need_is_not_noted_twice(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case = make_case()
    operations.identify_needs(case=case, needs=["food"], on=TODAY, by=amina, at=NOW)
    sent = {"kind": "food", "urgency": "low", **boxes("on", TODAY)}
    response = browse(amina).post(reverse("assessments:needs", args=[case.reference]), sent)
    assert response.status_code == 422
    assert "Ce besoin est déjà noté." in text_of(response)


def test_a_need_met_twice_is_said_and_changes_nothing(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case = make_case()
    (need,) = operations.identify_needs(case=case, needs=["food"], on=TODAY, by=amina, at=NOW)
    operations.meet_need(need=need, met_on=TODAY, by=amina, at=NOW)
    url = reverse("assessments:meet", args=[case.reference, need.pk])
    assert "Ce besoin est déjà comblé." in text_of(browse(amina).post(url, follow=True))


def test_a_closed_case_is_read_only(
    make_case: Callable[..., Any], browse: Callable[..., Any], amina: Any
) -> None:
    case = make_case()
    operations.identify_needs(case=case, needs=["food"], on=TODAY, by=amina, at=NOW)
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    browser = browse(amina)
    needs = browser.get(reverse("assessments:needs", args=[case.reference]))
    assert "Noter le besoin" not in text_of(needs)
    response = browser.post(reverse("assessments:interview", args=[case.reference]), answers(amina))
    assert response.status_code == 422
    assert "Ce dossier est clos." in text_of(response)
