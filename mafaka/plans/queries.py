"""Reads on plans. Every one takes `by=` and returns only what that person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from mafaka.accounts import policy
from mafaka.assessments.queries import NEED_KINDS
from mafaka.plans import labels
from mafaka.plans.models import Plan, Service
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose


class NotFound(Http404):
    """There is no such service in this case for this person."""


@dataclass(frozen=True)
class ServiceLine:
    """One service as a table shows it; `reserved` says that there is a detail this person may not open."""

    id: UUID
    need: str
    service: str
    detail: str
    reserved: bool
    provider: str
    due_on: date
    state: str
    kind: str
    changes: bool
    provided_on: date | None
    cancelled_for: str


@dataclass(frozen=True)
class Panel:
    """The services of a case for its overview; `drawn` says whether there is a plan."""

    drawn: bool
    services: list[ServiceLine]
    may_write: bool


@dataclass(frozen=True)
class PlanRead:
    """A plan as it is read; `reserved` says that the goal is not for this person."""

    goal: str
    reserved: bool
    drawn_on: date
    review_on: date
    services: list[ServiceLine]


def plan_of(case: Any, *, by: Any) -> Plan | None:
    """Return the plan of a case, to be written in; None when there is none for this person."""
    if not policy.allows(by, "plans.read", case):
        return None
    return Plan.objects.filter(case=case).select_related("case").first()


def may_write(case: Any, *, by: Any) -> bool:
    """Return whether this person may write in the plan of this case as it stands."""
    return case.status == "open" and policy.allows(by, "plans.write", case)


def plan(case: Any, *, by: Any, at: datetime) -> PlanRead | None:
    """Return the plan of a case with its services, each sealed text only for who may open it."""
    drawn = plan_of(case, by=by)
    if drawn is None:
        return None
    rows = _services(case)
    opened = _opened([drawn, *_with_providers(rows)], case, by=by, at=at)
    return PlanRead(
        goal=opened.get(drawn.pk, {}).get("goal", ""),
        reserved=not policy.may_open(by, drawn.compartment),
        drawn_on=drawn.drawn_on,
        review_on=drawn.review_on,
        services=[_line(row, opened, by) for row in rows],
    )


def panel(case: Any, *, by: Any, at: datetime) -> Panel:
    """Return the services of a case for its overview, by due date."""
    drawn = plan_of(case, by=by)
    rows = _services(case) if drawn else []
    opened = _opened(_with_providers(rows), case, by=by, at=at)
    return Panel(
        drawn=drawn is not None,
        services=[_line(row, opened, by) for row in rows],
        may_write=may_write(case, by=by),
    )


def service(case: Any, service_id: UUID, *, by: Any) -> Service:
    """Return one service of a case, to be changed.

    Raises:
        NotFound: no such service in this case, or not for this person.
    """
    chosen = (
        Service.objects.filter(plan__case=case, pk=service_id)
        .select_related("plan__case", "given_by")
        .first()
    )
    if chosen is None or not policy.allows(by, "plans.read", case):
        raise NotFound
    return chosen


def line(chosen: Service, *, by: Any, at: datetime) -> ServiceLine:
    """Return one service as it is read, with its detail for who may open it."""
    return _line(chosen, _opened(_with_providers([chosen]), chosen.plan.case, by=by, at=at), by)


def _services(case: Any) -> list[Service]:
    chosen = Service.objects.filter(plan__case=case).select_related("plan__case", "given_by")
    return list(chosen.order_by("due_on", "created_at", "pk"))


def _with_providers(services: Sequence[Service]) -> list[Any]:
    return [*services, *(each.given_by for each in services)]


def _opened(rows: Sequence[Any], case: Any, *, by: Any, at: datetime) -> dict[UUID, dict[str, Any]]:
    readable = [row for row in rows if policy.may_open(by, row.compartment)]
    return safe.open(readable, by=by, at=at, purpose=Purpose.CASE_WORK, case=case)


def _line(row: Service, opened: dict[UUID, dict[str, Any]], by: Any) -> ServiceLine:
    _need, words = labels.SERVICES[row.kind]
    return ServiceLine(
        id=row.pk,
        need=str(dict(NEED_KINDS)[row.need]),
        service=str(words),
        detail=opened.get(row.pk, {}).get("detail", ""),
        reserved=bool(row.sealed) and not policy.may_open(by, row.compartment),
        provider=opened.get(row.given_by.pk, {}).get("name", ""),
        due_on=row.due_on,
        state=str(dict(labels.STATES)[row.state]),
        kind=labels.STATE_KINDS[row.state],
        changes=row.state in labels.NEXT,
        provided_on=row.provided_on,
        cancelled_for=str(dict(labels.REASONS).get(row.cancelled_for, "")),
    )
