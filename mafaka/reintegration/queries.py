"""Reads on reintegration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from mafaka.accounts import policy
from mafaka.reintegration.models import ReintegrationPlan, Support
from mafaka.ui.text import NO_BREAK
from mafaka.vault import safe
from mafaka.vault.models import Compartment
from mafaka.vault.purposes import Purpose


class NotFound(Http404):
    """There is no such support in this case for this person."""


@dataclass(frozen=True)
class SupportLine:
    """One support given; `written` is empty for who may not open it, `amount` where none is known."""

    id: UUID
    kind: str
    for_whom: str
    given_on: date
    amount: str
    written: str


@dataclass(frozen=True)
class Reintegration:
    """The whole page of reintegration of one case; `may_open` says whether goal and words are shown at all."""

    drawn_on: date | None
    goal: str
    supports: list[SupportLine]
    total: str
    may_open: bool
    may_write: bool


def reintegration(case: Any, *, by: Any, at: datetime) -> Reintegration:
    """Open the plan and the supports of a case, newest first: one entry in the journal."""
    plan = ReintegrationPlan.objects.filter(case=case).first()
    supports = _supports(case)
    if plan:
        plan.case = case
    records = [*([plan] if plan else []), *supports]
    may_open = policy.may_open(by, Compartment.PSYCHOSOCIAL)
    opened: dict[UUID, dict[str, Any]] = (
        safe.open(records, by=by, at=at, purpose=Purpose.CASE_WORK, case=case) if may_open else {}
    )
    return Reintegration(
        drawn_on=plan.drawn_on if plan else None,
        goal=opened.get(plan.pk, {}).get("goal", "") if plan else "",
        supports=[_line(support, opened.get(support.pk, {})) for support in supports],
        total=_francs(sum(support.amount_xof or 0 for support in supports)),
        may_open=may_open,
        may_write=policy.allows(by, "reintegration.write", case) and case.status == "open",
    )


def support(case: Any, support_id: UUID, *, by: Any) -> Support:
    """Return one support of a case.

    Raises:
        NotFound: no such support in this case, or not for this person.
    """
    found = Support.objects.filter(case=case, pk=support_id).select_related("case").first()
    if found is None or not policy.allows(by, "reintegration.write", case):
        raise NotFound
    return found


@dataclass(frozen=True)
class Panel:
    """Reintegration in a few lines, for the overview of a case: dates and kinds, nothing opened."""

    drawn_on: date | None
    supports: list[SupportLine]


def panel(case: Any, *, by: Any, at: datetime) -> Panel | None:
    """Return the plan's date and the supports; None without any, or for who may not see them."""
    if not policy.allows(by, "reintegration.read", case):
        return None
    plan = ReintegrationPlan.objects.filter(case=case).first()
    supports = [_line(support, {}) for support in _supports(case)]
    return Panel(plan.drawn_on if plan else None, supports) if plan or supports else None


def _supports(case: Any) -> list[Support]:
    supports = list(Support.objects.filter(case=case).order_by("-given_on", "-created_at"))
    for support in supports:
        support.case = case
    return supports


def _line(support: Support, content: dict[str, Any]) -> SupportLine:
    return SupportLine(
        id=support.pk,
        kind=support.get_kind_display(),
        for_whom=support.get_for_whom_display(),
        given_on=support.given_on,
        amount=_francs(support.amount_xof),
        written=content.get("written", ""),
    )


def _francs(amount: int | None) -> str:
    """Return an amount in CFA francs as it is written here: « 90 000 F »."""
    return f"{amount:,} F".replace(",", NO_BREAK).replace(" ", NO_BREAK) if amount else ""
