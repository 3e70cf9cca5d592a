"""Writes on reintegration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.reintegration.models import ReintegrationPlan, Support
from mafaka.vault import safe


class ReintegrationRefused(Refused):
    """Reintegration cannot go on as asked."""


@transaction.atomic
def draw_plan(*, case: Any, drawn_on: date, goal: str, by: Any, at: datetime) -> ReintegrationPlan:
    """Draw up the plan of a case, or revise it: the earlier goal gives way.

    Raises:
        ReintegrationRefused: the plan is there and `by` may not read it; they would write over what they do not see.
    """
    cases.require_open(case)
    plan = ReintegrationPlan.objects.filter(case=case).first()
    act = "reintegration.revised" if plan else "reintegration.planned"
    if plan and not policy.may_open(by, plan.compartment):
        raise ReintegrationRefused(
            _("Ce dossier a déjà un plan de réintégration. Demandez au référent de le revoir.")
        )
    plan = plan or ReintegrationPlan(case=case, created_at=at)
    plan.case, plan.drawn_on = case, drawn_on
    safe.seal(plan, {"goal": goal})
    plan.save()
    journal.record(act, by=by, at=at, on=drawn_on, obj=plan, case=case)
    return plan


@transaction.atomic
def withdraw_support(*, support: Support, by: Any, at: datetime) -> None:
    """Take back a support that was noted by mistake; the journal keeps both, the figures follow at once.

    Raises:
        cases.CaseRefused: the case is closed.
    """
    case, code = support.case, support.kind
    cases.require_open(case)
    journal.record("reintegration.withdrawn", by=by, at=at, obj=support, case=case, data={"support": code})
    support.delete()
    left = Support.objects.filter(case=case).aggregate(first=Min("given_on"))["first"]
    cases.note_facts(case=case, reintegration_on=None)
    cases.note_facts(case=case, reintegration_on=left)


@transaction.atomic
def record_support(
    *,
    case: Any,
    kinds: Sequence[str],
    given_on: date,
    written: str,
    for_whom: str = Support.ForWhom.PERSON,
    amount_xof: int | None = None,
    by: Any,
    at: datetime,
) -> list[Support]:
    """Record the supports given on a day, one per kind, with the words in which they were described.

    Args:
        kinds: codes of `Support.Kind`. written: as in the register, or as typed.
        amount_xof: in CFA francs, where it is known; of one support, never of several together.

    Raises:
        ReintegrationRefused: no kind or an unknown one, or one amount for several supports.
    """
    cases.require_open(case)
    if not kinds or not set(kinds) <= set(Support.Kind.values):
        raise ReintegrationRefused(_("Choisissez l’appui donné."), {"kind": _("Choisissez l’appui donné.")})
    if amount_xof is not None and len(kinds) > 1:
        raise ReintegrationRefused(_("Indiquez un montant par appui."))
    supports = [
        Support(
            case=case, kind=kind, for_whom=for_whom, given_on=given_on, amount_xof=amount_xof, created_at=at
        )
        for kind in dict.fromkeys(kinds)
    ]
    safe.seal_all([(support, {"written": written}) for support in supports])
    for support in supports:
        support.save(force_insert=True)
        journal.record(
            "reintegration.supported",
            by=by,
            at=at,
            on=given_on,
            obj=support,
            case=case,
            data={"support": support.kind},
        )
    cases.note_facts(case=case, reintegration_on=given_on)
    return supports
