"""Plans and services: what is kept, sealed, told to the figures and the journal; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mafaka.assessments import operations as assessments
from mafaka.audit import acts
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.operations import CaseRefused
from mafaka.plans import operations
from mafaka.plans.labels import NEXT, SERVICES, STATES
from mafaka.plans.models import Plan, Service
from mafaka.vault.models import Compartment
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
CANARY = "Retrouver sa tante de Magaria"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def case(make_case: Callable[..., Any]) -> Any:
    return make_case()


@pytest.fixture
def plan(case: Any, amina: Any) -> Plan:
    return operations.draw_plan(case=case, goal=CANARY, drawn_on=TODAY, by=amina, at=NOW)


@pytest.fixture
def add(plan: Plan, amina: Any) -> Callable[..., Service]:
    def make(kind: str = "health_check", **changed: Any) -> Service:
        content = {"provider": "CSI Birni", "due_on": TODAY + timedelta(days=4), **changed}
        return operations.add_service(plan=plan, kind=kind, by=amina, at=NOW, **content)

    return make


def last_sentence() -> str:
    entry = Entry.objects.latest("seq")
    return acts.sentence(entry.act, entry.data)


def raw(model: type[Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
        row = cursor.fetchone()
    values = [
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode() for value in row
    ]
    return b"|".join(values).decode("utf-8", "replace")


def test_goals_and_details_are_not_in_the_raw_columns(add: Callable[..., Service]) -> None:
    add(detail=CANARY)
    assert "Magaria" not in raw(Plan)
    assert "Magaria" not in raw(Service)
    assert "CSI Birni" not in raw(Service)


def test_a_plan_is_reviewed_after_thirty_days_and_notes_its_fact(case: Any, amina: Any) -> None:
    before = Entry.objects.count()
    plan = operations.draw_plan(case=case, goal=CANARY, drawn_on=TODAY, by=amina, at=NOW)
    case.fact.refresh_from_db()
    assert plan.review_on == TODAY + timedelta(days=30)
    assert case.fact.planned_on == TODAY
    assert Entry.objects.count() == before + 1
    assert last_sentence() == "Plan d’assistance établi."
    assert Entry.objects.latest("seq").case_id == case.pk


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"drawn_on": YESTERDAY}, "drawn_on"),
        ({"drawn_on": TODAY, "review_on": TODAY}, "review_on"),
        ({"drawn_on": TODAY, "review_on": YESTERDAY}, "review_on"),
    ],
)
def test_a_plan_with_days_out_of_order_is_refused(
    case: Any, amina: Any, changed: dict[str, date], field: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(operations.PlanRefused) as refused:
        operations.draw_plan(case=case, goal=CANARY, by=amina, at=NOW, **changed)
    assert list(refused.value.fields) == [field]
    case.fact.refresh_from_db()
    assert (Plan.objects.count(), Entry.objects.count(), case.fact.planned_on) == (0, before, None)


def test_a_case_has_one_plan(plan: Plan, case: Any, amina: Any) -> None:
    with pytest.raises(operations.PlanRefused):
        operations.draw_plan(case=case, goal="autre", drawn_on=TODAY, by=amina, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(case=case, drawn_on=TODAY, review_on=TODAY + timedelta(days=1), created_at=NOW)


def test_a_closed_case_takes_no_plan_and_no_service(
    add: Callable[..., Service], plan: Plan, make_case: Callable[..., Any], amina: Any
) -> None:
    service = add()
    cases.close(case=plan.case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    other = cases.close(case=make_case(), reason="left", closed_on=TODAY, by=amina, at=NOW)
    with pytest.raises(CaseRefused):
        operations.draw_plan(case=other, goal=CANARY, drawn_on=TODAY, by=amina, at=NOW)
    with pytest.raises(CaseRefused):
        add()
    with pytest.raises(CaseRefused):
        operations.advance_service(service=service, state="ongoing", by=amina, at=NOW)


@pytest.mark.parametrize("kind", SERVICES)
def test_a_service_answers_the_need_of_its_kind(add: Callable[..., Service], kind: str) -> None:
    before = Entry.objects.count()
    service = add(kind, detail="six séances")
    assert service.need == SERVICES[kind][0]
    assert service.state == "planned"
    assert Entry.objects.count() == before + 1
    assert last_sentence() == f"Service prévu\u00a0: {SERVICES[kind][1]}."


@pytest.mark.parametrize(
    ("kind", "compartment"),
    [
        ("treatment", Compartment.MEDICAL),
        ("individual_sessions", Compartment.PSYCHOSOCIAL),
        ("legal_advice", Compartment.IDENTITY),
        ("dignity_kit", Compartment.IDENTITY),
    ],
)
def test_a_detail_goes_to_the_compartment_of_its_need(
    add: Callable[..., Service], kind: str, compartment: Compartment
) -> None:
    add(kind, detail="x")
    assert Service.objects.get().compartment == compartment


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("massage", {}, "kind"),
        ("other", {}, "detail"),
        ("meals", {"due_on": YESTERDAY}, "due_on"),
    ],
)
def test_an_impossible_service_is_refused(
    add: Callable[..., Service], kind: str, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(operations.ServiceRefused) as refused:
        add(kind, **changed)
    assert list(refused.value.fields) == [field]
    assert not Service.objects.exists()


def test_a_service_is_begun_then_provided(add: Callable[..., Service], case: Any, amina: Any) -> None:
    service = add()
    operations.advance_service(service=service, state="ongoing", by=amina, at=NOW)
    assert last_sentence() == "Service commencé\u00a0: Consultation et bilan de santé."
    case.fact.refresh_from_db()
    assert case.fact.assisted_on is None
    operations.advance_service(service=service, state="provided", provided_on=TODAY, by=amina, at=NOW)
    assert last_sentence() == "Service fourni\u00a0: Consultation et bilan de santé."
    case.fact.refresh_from_db()
    service.refresh_from_db()
    assert (service.state, service.provided_on, case.fact.assisted_on) == ("provided", TODAY, TODAY)


def test_a_provided_service_meets_its_need_when_asked(
    add: Callable[..., Service], case: Any, amina: Any
) -> None:
    needs = assessments.identify_needs(case=case, needs=["medical", "food"], on=TODAY, by=amina, at=NOW)
    for kind, meets in (("treatment", True), ("meals", False)):
        operations.advance_service(
            service=add(kind), state="provided", provided_on=TODAY, meets_need=meets, by=amina, at=NOW
        )
    for need in needs:
        need.refresh_from_db()
    assert [need.met_on for need in needs] == [TODAY, None]


def test_a_need_seen_after_the_service_undoes_the_whole_act(
    make_case: Callable[..., Any], amina: Any
) -> None:
    case = make_case(opened_on=YESTERDAY)
    plan = operations.draw_plan(case=case, goal=CANARY, drawn_on=YESTERDAY, by=amina, at=NOW)
    service = operations.add_service(
        plan=plan, kind="meals", provider="Centre", due_on=TODAY, by=amina, at=NOW
    )
    assessments.identify_needs(case=case, needs=["food"], on=TODAY, by=amina, at=NOW)
    before = Entry.objects.count()
    with pytest.raises(assessments.AssessmentRefused):
        operations.advance_service(
            service=service, state="provided", provided_on=YESTERDAY, meets_need=True, by=amina, at=NOW
        )
    service.refresh_from_db()
    case.fact.refresh_from_db()
    assert (service.state, case.fact.assisted_on, Entry.objects.count()) == ("planned", None, before)


def test_a_service_is_given_up_for_a_reason(add: Callable[..., Service], case: Any, amina: Any) -> None:
    service = add()
    with pytest.raises(operations.ServiceRefused) as refused:
        operations.advance_service(service=service, state="cancelled", by=amina, at=NOW)
    assert list(refused.value.fields) == ["reason"]
    operations.advance_service(service=service, state="cancelled", reason="declined", by=amina, at=NOW)
    case.fact.refresh_from_db()
    assert (service.cancelled_for, case.fact.assisted_on) == ("declined", None)


@pytest.mark.parametrize("day", [None, YESTERDAY])
def test_a_service_is_provided_on_a_day_of_the_case(
    add: Callable[..., Service], amina: Any, day: date | None
) -> None:
    service = add()
    with pytest.raises(operations.ServiceRefused) as refused:
        operations.advance_service(service=service, state="provided", provided_on=day, by=amina, at=NOW)
    assert list(refused.value.fields) == ["provided_on"]
    service.refresh_from_db()
    assert service.state == "planned"


CODES = [code for code, _label in STATES]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(steps=st.lists(st.sampled_from(CODES), min_size=1, max_size=4))
def test_a_service_never_leaves_its_last_states(
    add: Callable[..., Service], amina: Any, steps: list[str]
) -> None:
    service = add()
    for step in steps:
        before = service.state
        try:
            operations.advance_service(
                service=service, state=step, provided_on=TODAY, reason="left", by=amina, at=NOW
            )
        except operations.ServiceRefused:
            assert step not in NEXT.get(before, ())
            assert service.state == before
        else:
            assert step in NEXT[before]


def test_the_database_refuses_a_provided_service_without_its_day(add: Callable[..., Service]) -> None:
    service = add()
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(state="provided")


def test_the_journal_dates_a_service_by_the_day_it_was_given_alone(
    add: Callable[..., Service], amina: Any
) -> None:
    """The form sends a day with every state; only what was provided has one."""
    given, dropped = add(), add("meals")
    operations.advance_service(service=given, state="provided", provided_on=TODAY, by=amina, at=NOW)
    assert Entry.objects.latest("seq").on == TODAY
    operations.advance_service(
        service=dropped, state="cancelled", provided_on=TODAY, reason="left", by=amina, at=NOW
    )
    assert Entry.objects.latest("seq").on is None
