"""Reads on assessments. Every one takes `by=` and returns only what that person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.assessments import labels
from mafaka.assessments.models import Interview, Need, ReportedForm
from mafaka.assessments.palermo import Finding, weigh
from mafaka.cases.pages import LANGUAGE_CHOICES
from mafaka.people.ages import is_child
from mafaka.vault import safe
from mafaka.vault.models import Compartment
from mafaka.vault.purposes import Purpose

# The rooms above name their services by need.
NEED_KINDS = labels.NEEDS


class NotFound(Http404):
    """There is no such need in this case for this person."""


@dataclass(frozen=True)
class Answered:
    """One interview as it is read; `narrative` and `remarks` are empty for who may not open them."""

    held_on: date
    language: str
    interviewer: str
    interpreter: bool
    status: str
    kind: str
    elements: list[tuple[str, list[str]]]
    finding: Finding
    narrative: str
    remarks: str


def counts_as_child(case: Any, *, by: Any) -> bool:
    """Return whether the child's rule applies: under eighteen on arrival, or an age in doubt.

    What happened came before the arrival: a birthday at the centre takes no protection away.
    """
    arrived = case.fact.arrived_on or case.opened_on
    return is_child(case.person.birth_latest, on=arrived) is not False


def interviews(case: Any, *, by: Any, at: datetime) -> list[Answered]:
    """Return the interviews held, newest first; their narratives are opened with one journal entry."""
    if not policy.allows(by, "assessments.read", case):
        return []
    rows = list(
        Interview.objects.filter(case=case)
        .select_related("case", "interviewer")
        .order_by("-held_on", "-created_at")
    )
    told = _opened(rows, case, by=by, at=at)
    child = counts_as_child(case, by=by)
    return [_answered(row, told.get(row.pk, {}), child) for row in rows]


def _answered(row: Interview, told: dict[str, Any], child: bool) -> Answered:
    return Answered(
        held_on=row.held_on,
        language=str(dict(LANGUAGE_CHOICES).get(row.language, row.language)),
        interviewer=row.interviewer.display_name,
        interpreter=row.interpreter,
        status=str(dict(labels.STATUSES).get(row.status, "")),
        kind=labels.STATUS_KINDS.get(row.status, ""),
        elements=[
            _words(_("Acte"), row.acts, labels.ACTS_OF_TRAFFICKING),
            _words(_("Moyen"), row.means, labels.MEANS),
            _words(_("But"), row.purposes, labels.PURPOSES),
        ],
        finding=weigh(child=child, acts=row.acts, means=row.means, purposes=row.purposes),
        narrative=told.get("narrative", ""),
        remarks=told.get("remarks", ""),
    )


def _words(element: str, codes: Iterable[str], known: list[tuple[str, Any]]) -> tuple[str, list[str]]:
    chosen = set(codes)
    return element, [str(label) for code, label in known if code in chosen]


def _opened(rows: list[Any], case: Any, *, by: Any, at: datetime) -> dict[UUID, dict[str, Any]]:
    if not policy.may_open(by, Compartment.PSYCHOSOCIAL):
        return {}
    return safe.open(rows, by=by, at=at, purpose=Purpose.CASE_WORK, case=case)


def form_labels(case: Any, *, by: Any) -> list[str]:
    """Return the forms of exploitation reported for a case, in words, each once."""
    if not policy.allows(by, "assessments.read", case):
        return []
    reported = set(ReportedForm.objects.filter(case=case).values_list("form", flat=True))
    return [str(label) for code, label in labels.FORMS if code in reported]


@dataclass(frozen=True)
class NeedLine:
    """One need as it is read; `reserved` says that there is a note which this person may not open."""

    id: UUID
    code: str
    label: str
    urgency: str
    kind: str
    identified_on: date
    met_on: date | None
    note: str
    reserved: bool


def needs(case: Any, *, by: Any, at: datetime) -> list[NeedLine]:
    """Return the needs of a case: the open ones first, the most urgent before; then those met, latest first."""
    if not policy.allows(by, "assessments.needs", case):
        return []
    rows = list(Need.objects.filter(case=case).select_related("case"))
    order = list(dict(labels.URGENCIES))
    open_rows = [row for row in rows if row.met_on is None]
    met_rows = [row for row in rows if row.met_on is not None]
    open_rows.sort(key=lambda row: (order.index(row.urgency), row.identified_on, row.kind))
    met_rows.sort(key=lambda row: (row.met_on, row.kind), reverse=True)
    notes = _opened(rows, case, by=by, at=at)
    readable = policy.may_open(by, Compartment.PSYCHOSOCIAL)
    return [_line(row, notes.get(row.pk, {}), readable) for row in [*open_rows, *met_rows]]


def _line(row: Need, content: dict[str, Any], readable: bool) -> NeedLine:
    return NeedLine(
        id=row.pk,
        code=row.kind,
        label=str(dict(labels.NEEDS)[row.kind]),
        urgency=str(dict(labels.URGENCIES)[row.urgency]),
        kind=labels.URGENCY_KINDS[row.urgency],
        identified_on=row.identified_on,
        met_on=row.met_on,
        note=content.get("note", ""),
        reserved=bool(row.sealed) and not readable,
    )


def need(case: Any, need_id: UUID, *, by: Any) -> Need:
    """Return one need of a case.

    Raises:
        NotFound: no such need in this case, or not for this person.
    """
    found = Need.objects.filter(case=case, pk=need_id).select_related("case").first()
    if found is None or not policy.allows(by, "assessments.needs", case):
        raise NotFound
    return found


def open_need(case: Any, kind: str, *, by: Any) -> Need | None:
    """Return the open need of this kind in a case, if there is one and this person may see it."""
    if not policy.allows(by, "assessments.needs", case):
        return None
    return Need.objects.filter(case=case, kind=kind, met_on__isnull=True).select_related("case").first()
