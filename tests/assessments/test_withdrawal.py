"""A need noted, or met, by mistake: taken back by whom, and what stays in the journal."""

from __future__ import annotations

from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.assessments import operations
from mafaka.assessments.models import Need
from mafaka.assessments.operations import AssessmentRefused
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.operations import CaseRefused
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db


def seen(case: Any) -> Need:
    return operations.identify_needs(case=case, needs=["medical"], on=TODAY, by=SETUP, at=NOW)[0]


def met(case: Any) -> Need:
    return operations.meet_need(need=seen(case), met_on=TODAY, by=SETUP, at=NOW)


def address(case: Any, need: Need, act: str) -> str:
    return f"/dossiers/{case.reference}/besoins/{need.pk}/{act}/"


@pytest.mark.parametrize("act", ["retrait", "reprise"])
@pytest.mark.parametrize("role", [Role.GUARD, Role.LAWYER, Role.DONOR])
def test_other_roles_change_nothing(user: Any, browse: Any, make_case: Any, role: Role, act: str) -> None:
    case = make_case()
    assert browse(user(role)).post(address(case, met(case), act), {}).status_code == 404
    assert Need.objects.get().met_on == TODAY


@pytest.mark.parametrize("act", ["retrait", "reprise"])
def test_another_centre_changes_nothing(binta: Any, browse: Any, make_case: Any, act: str) -> None:
    case = make_case()
    assert browse(binta).post(address(case, met(case), act), {}).status_code == 404
    assert Need.objects.get().met_on == TODAY


def test_a_need_is_taken_back_from_the_page(amina: Any, browse: Any, make_case: Any) -> None:
    case, client = make_case(), browse(amina)
    url = address(case, seen(case), "retrait")
    assert url in client.get(f"/dossiers/{case.reference}/besoins/").content.decode()
    answer = client.post(url, {})
    assert "Le besoin est retiré." in client.get(answer["Location"]).content.decode()
    assert not Need.objects.exists()
    acts = list(Entry.objects.filter(case_id=case.pk).values_list("act", flat=True))
    assert {"assessments.needs_identified", "assessments.need_withdrawn"} <= set(acts)


def test_a_need_is_not_met_after_all(amina: Any, browse: Any, make_case: Any) -> None:
    case, client = make_case(), browse(amina)
    url = address(case, met(case), "reprise")
    assert url in client.get(f"/dossiers/{case.reference}/besoins/").content.decode()
    client.post(url, {})
    assert Need.objects.get().met_on is None


def test_a_need_is_not_reopened_beside_an_open_one(amina: Any, make_case: Any) -> None:
    case = make_case()
    old = met(case)
    seen(case)
    with pytest.raises(AssessmentRefused, match="déjà à combler"):
        operations.reopen_need(need=old, by=amina, at=NOW)


def test_nothing_of_a_closed_case_is_changed(amina: Any, make_case: Any) -> None:
    case = make_case()
    need = met(case)
    cases.close(case=case, reason="lost", closed_on=TODAY, by=SETUP, at=NOW)
    need.refresh_from_db()
    for act in (operations.withdraw_need, operations.reopen_need):
        with pytest.raises(CaseRefused):
            act(need=need, by=amina, at=NOW)
