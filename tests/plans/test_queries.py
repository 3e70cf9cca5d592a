"""Reading plans: a sealed text is for who may open its compartment, the rest for who may read the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.plans import operations, queries
from mafaka.plans.models import Plan
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
GOAL = "Apprendre la couture"
READ_PLANS = (Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.LAWYER)
DETAILS = {"treatment": "paludisme", "group_sessions": "le jeudi", "legal_advice": "acte", "meals": ""}


@pytest.fixture
def case(make_case: Callable[..., Any]) -> Any:
    return make_case()


@pytest.fixture
def plan(case: Any, amina: Any) -> Plan:
    plan = operations.draw_plan(case=case, goal=GOAL, drawn_on=TODAY, by=amina, at=NOW)
    for days, (kind, detail) in enumerate(DETAILS.items()):
        add(plan, amina, kind=kind, detail=detail, due_on=TODAY + timedelta(days=9 - days))
    return plan


def add(plan: Plan, by: Any, **content: Any) -> Any:
    content = {"kind": "meals", "provider": "Centre", "due_on": TODAY, **content}
    return operations.add_service(plan=plan, by=by, at=NOW, **content)


@pytest.mark.parametrize("role", [role for role in Role if role not in READ_PLANS])
def test_other_roles_read_no_plan(plan: Plan, case: Any, user: Callable[..., Any], role: Role) -> None:
    other, before = user(role), Entry.objects.count()
    assert queries.plan(case, by=other, at=NOW) is None
    assert queries.plan_of(case, by=other) is None
    seen = queries.panel(case, by=other, at=NOW)
    assert (seen.drawn, seen.services, seen.may_write) == (False, [], False)
    with pytest.raises(queries.NotFound):
        queries.service(case, plan.services.first().pk, by=other)
    assert Entry.objects.count() == before


def test_another_centre_reads_no_plan(plan: Plan, case: Any, binta: Any) -> None:
    assert queries.plan(case, by=binta, at=NOW) is None
    assert queries.panel(case, by=binta, at=NOW).services == []
    with pytest.raises(queries.NotFound):
        queries.service(case, plan.services.first().pk, by=binta)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LAWYER])
def test_the_goal_and_care_are_reserved_from_who_may_not_open_them(
    plan: Plan, case: Any, user: Callable[..., Any], role: Role
) -> None:
    read = queries.plan(case, by=user(role), at=NOW)
    assert read is not None
    assert (read.goal, read.reserved) == ("", True)
    seen = {line.service: (line.detail, line.reserved) for line in read.services}
    assert seen == {
        "Repas au centre": ("", False),
        "Conseil juridique": ("acte", False),
        "Séances de groupe": ("", True),
        "Traitement": ("", True),
    }


def test_a_plan_is_opened_with_one_entry(plan: Plan, case: Any, amina: Any) -> None:
    before = Entry.objects.count()
    read = queries.plan(case, by=amina, at=NOW)
    assert read is not None
    assert (read.goal, read.reserved) == (GOAL, False)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.case_id) == ("vault.opened", case.pk)
    assert entry.data["compartments"] == ["identity", "medical", "psychosocial"]


def test_the_overview_shows_services_by_due_date(plan: Plan, case: Any, amina: Any) -> None:
    service = plan.services.get(kind="treatment")
    operations.advance_service(service=service, state="provided", provided_on=TODAY, by=amina, at=NOW)
    seen = queries.panel(case, by=amina, at=NOW)
    last = seen.services[-1]
    assert [line.service for line in seen.services][:2] == ["Repas au centre", "Conseil juridique"]
    assert (last.need, last.service, last.detail) == ("Soins médicaux", "Traitement", "paludisme")
    assert (last.provider, last.state, last.kind, last.changes) == ("Centre", "Fourni", "ok", False)
    assert (seen.services[0].state, seen.services[0].kind) == ("À programmer", "warn")


def test_a_case_without_plan_says_so(case: Any, amina: Any) -> None:
    seen = queries.panel(case, by=amina, at=NOW)
    assert (seen.drawn, seen.services, seen.may_write) == (False, [], True)
    assert queries.plan(case, by=amina, at=NOW) is None


def test_a_closed_case_is_not_written_in(plan: Plan, case: Any, amina: Any) -> None:
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    assert not queries.panel(case, by=amina, at=NOW).may_write


def test_a_service_is_found_through_its_case_alone(
    plan: Plan, case: Any, make_case: Callable[..., Any], amina: Any
) -> None:
    service = plan.services.first()
    assert queries.service(case, service.pk, by=amina) == service
    for where, which in ((make_case(), service.pk), (case, uuid4())):
        with pytest.raises(queries.NotFound):
            queries.service(where, which, by=amina)


@pytest.mark.parametrize("read", [queries.plan, queries.panel])
def test_reading_takes_the_same_queries_for_more_services(
    plan: Plan, case: Any, amina: Any, read: Callable[..., Any]
) -> None:
    counts = []
    for more in (0, 0, 6):  # the first warms the keys up
        for _each in range(more):
            add(plan, amina, kind="treatment", detail="x")
        with CaptureQueriesContext(connection) as run:
            read(case, by=amina, at=NOW)
        counts.append(len(run))
    assert counts[1] == counts[2]
