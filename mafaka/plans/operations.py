"""Writes on plans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.assessments import operations as assessments
from mafaka.assessments.queries import open_need
from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.plans.labels import NEXT, REASONS, SERVICES
from mafaka.plans.models import Plan, Provider, Service
from mafaka.vault import safe
from mafaka.vault.models import Compartment

REVIEW_AFTER = timedelta(days=30)
COMPARTMENTS = {"medical": Compartment.MEDICAL, "psychosocial": Compartment.PSYCHOSOCIAL}


class PlanRefused(Refused):
    """The plan cannot be drawn as asked."""


class ServiceRefused(Refused):
    """The service cannot be planned or changed as asked."""


@transaction.atomic
def draw_plan(
    *, case: Any, goal: str, drawn_on: date, review_on: date | None = None, by: Any, at: datetime
) -> Plan:
    """Draw the plan of a case; it is reviewed after thirty days unless told otherwise.

    Raises:
        PlanRefused: the case has a plan, or the days are out of order.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(case)
    review_on = review_on or drawn_on + REVIEW_AFTER
    if Plan.objects.filter(case=case).exists():
        raise PlanRefused(_("Ce dossier a déjà un plan. Ajoutez-y vos services."))
    if drawn_on < case.opened_on:
        raise PlanRefused(
            _("Le plan vient avant l’ouverture du dossier."),
            {"drawn_on": _("Choisissez une date après l’ouverture du dossier.")},
        )
    if review_on <= drawn_on:
        raise PlanRefused(
            _("La revue vient avant le plan."), {"review_on": _("Choisissez une date après celle du plan.")}
        )
    plan = Plan(case=case, drawn_on=drawn_on, review_on=review_on, created_at=at)
    safe.seal(plan, {"goal": goal})
    plan.save(force_insert=True)
    cases.note_facts(case=case, planned_on=drawn_on)
    journal.record("plans.drawn", by=by, at=at, on=drawn_on, obj=plan, case=case)
    return plan


@transaction.atomic
def add_service(
    *, plan: Plan, kind: str, provider: str, due_on: date, detail: str = "", by: Any, at: datetime
) -> Service:
    """Plan a service; its kind says which need it answers.

    Args:
        provider: the organisation or the member of the team who gives it, sealed as the names are.
        detail: free text, sealed: medical, psychosocial, or for all who read the plan, as the need is.

    Raises:
        ServiceRefused: the kind is unknown, nothing says what another service is, or it is due too early.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(plan.case)
    if kind not in SERVICES:
        raise ServiceRefused(
            _("Ce service n’est pas dans la liste."), {"kind": _("Choisissez un service de la liste.")}
        )
    if kind == "other" and not detail:
        raise ServiceRefused(
            _("Dites de quel service il s’agit."), {"detail": _("Précisez le service en quelques mots.")}
        )
    if due_on < plan.case.opened_on:
        raise ServiceRefused(
            _("L’échéance vient avant l’ouverture du dossier."),
            {"due_on": _("Choisissez une date après l’ouverture du dossier.")},
        )
    need, _label = SERVICES[kind]
    service = Service(plan=plan, need=need, kind=kind, due_on=due_on, created_at=at)
    service.compartment = COMPARTMENTS.get(need, Compartment.IDENTITY)
    if detail:
        safe.seal(service, {"detail": detail})
    service.save(force_insert=True)
    given_by = Provider(service=service, created_at=at)
    safe.seal(given_by, {"name": provider})
    given_by.save(force_insert=True)
    journal.record("plans.service_added", by=by, at=at, obj=service, case=plan.case, data={"service": kind})
    return service


@transaction.atomic
def advance_service(
    *,
    service: Service,
    state: str,
    provided_on: date | None = None,
    meets_need: bool = False,
    reason: str = "",
    by: Any,
    at: datetime,
) -> Service:
    """Bring a service to its next state: ongoing, provided or cancelled.

    Args:
        provided_on: the day it was given; needed for provided, and for that alone.
        meets_need: the open need that this service answers is met on that day.
        reason: code of why it is given up; needed for cancelled, and for that alone.

    Raises:
        ServiceRefused: that state does not follow, or the day or the reason is missing or too early.
        assessments.AssessmentRefused: the need was seen after the day of the service.
        cases.CaseRefused: the case is closed.
    """
    case = service.plan.case
    cases.require_open(case)
    _check_step(service, state, provided_on, reason)
    service.state = state
    service.provided_on = provided_on if state == "provided" else None
    service.cancelled_for = reason if state == "cancelled" else ""
    service.save(update_fields=["state", "provided_on", "cancelled_for"])
    journal.record(
        f"plans.service_{state}",
        by=by,
        at=at,
        on=service.provided_on,
        obj=service,
        case=case,
        data={"service": service.kind},
    )
    if service.provided_on:
        cases.note_facts(case=case, assisted_on=service.provided_on)
        if meets_need and (need := open_need(case, service.need, by=by)):
            assessments.meet_need(need=need, met_on=service.provided_on, by=by, at=at)
    return service


def _check_step(service: Service, state: str, provided_on: date | None, reason: str) -> None:
    if state not in NEXT.get(service.state, ()):
        raise ServiceRefused(_("Ce service est déjà fourni ou abandonné, ou en est déjà là."))
    if state == "provided" and provided_on is None:
        raise ServiceRefused(
            _("Dites quel jour le service a été fourni."), {"provided_on": _("Indiquez le jour.")}
        )
    if state == "provided" and provided_on and provided_on < service.plan.case.opened_on:
        raise ServiceRefused(
            _("Le service vient avant l’ouverture du dossier."),
            {"provided_on": _("Choisissez une date après l’ouverture du dossier.")},
        )
    if state == "cancelled" and reason not in dict(REASONS):
        raise ServiceRefused(
            _("Dites pourquoi le service est abandonné."), {"reason": _("Choisissez un motif.")}
        )
