"""Writes on assessments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.assessments.labels import ACTS_OF_TRAFFICKING, FORMS, MEANS, NEEDS, PURPOSES, STATUSES, URGENCIES
from mafaka.assessments.models import Interview, Need, ReportedForm
from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.vault import safe


class AssessmentRefused(Refused):
    """The interview, the form of exploitation or the need cannot be noted as asked."""


@transaction.atomic
def record_interview(
    *,
    case: Any,
    held_on: date,
    language: str,
    interviewer: Any,
    interpreter: bool = False,
    acts: Iterable[str] = (),
    means: Iterable[str] = (),
    purposes: Iterable[str] = (),
    forms_told: Iterable[str] = (),
    status: str = "",
    narrative: str = "",
    remarks: str = "",
    by: Any,
    at: datetime,
) -> Interview:
    """Keep an interview that was held, and what follows from it for the case.

    Args:
        acts, means, purposes: codes of the elements that the answers support (Palermo Protocol, art. 3).
        forms_told: codes of the forms of exploitation; those already reported are not repeated.
        status: what the person who decides concludes: possible, actual, not, or "" for nothing yet.

    Raises:
        AssessmentRefused: a code is unknown, or the interview comes before the case.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(case)
    _not_before(case, held_on, "held_on", _("L’entretien vient avant l’ouverture du dossier."))
    _known([status], ["", *dict(STATUSES)], "status")
    interview = Interview(
        case=case,
        held_on=held_on,
        language=language,
        interviewer=interviewer,
        interpreter=interpreter,
        acts=_known(acts, dict(ACTS_OF_TRAFFICKING), "acts"),
        means=_known(means, dict(MEANS), "means"),
        purposes=_known(purposes, dict(PURPOSES), "purposes"),
        status=status,
        created_at=at,
    )
    safe.seal(interview, {"narrative": narrative, "remarks": remarks})
    interview.save(force_insert=True)
    _note_identification(case, held_on=held_on)
    reported = set(ReportedForm.objects.filter(case=case).values_list("form", flat=True))
    _add_forms(case, [(code, "") for code in forms_told if code not in reported], at=at)
    data = {"status": status, "interview": held_on.isoformat()}
    journal.record("assessments.interviewed", by=by, at=at, on=held_on, obj=interview, case=case, data=data)
    return interview


def _note_identification(case: Any, *, held_on: date) -> None:
    """The last interview that concluded anything decides the status, whatever was typed in last."""
    decided = Interview.objects.filter(case=case).exclude(status="").order_by("-held_on", "-created_at")
    facts: dict[str, Any] = {"interviewed_on": held_on}
    if last := decided.first():
        facts["trafficking_status"] = last.status
    cases.note_facts(case=case, **facts)


@transaction.atomic
def report_forms(*, case: Any, forms: Iterable[tuple[str, str]], by: Any, at: datetime) -> list[ReportedForm]:
    """Keep forms of exploitation as they were reported: (code, the words of the register or "").

    Raises:
        AssessmentRefused: a code is unknown.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(case)
    added = _add_forms(case, forms, at=at)
    if added:
        codes = sorted({each.form for each in added})
        journal.record(
            "assessments.forms_reported", by=by, at=at, obj=added[0], case=case, data={"forms": codes}
        )
    return added


def _add_forms(case: Any, forms: Iterable[tuple[str, str]], *, at: datetime) -> list[ReportedForm]:
    pairs = list(forms)
    _known([code for code, _written in pairs], dict(FORMS), "forms_told")
    added = [(ReportedForm(case=case, form=code, created_at=at), written) for code, written in pairs]
    safe.seal_all([(row, {"written": written}) for row, written in added if written])
    rows = ReportedForm.objects.bulk_create(row for row, _written in added)
    if rows:
        codes = ReportedForm.objects.filter(case=case).values_list("form", flat=True)
        cases.note_facts(case=case, forms=sorted(set(codes)))
    return rows


@transaction.atomic
def identify_needs(
    *,
    case: Any,
    needs: Iterable[str],
    on: date,
    urgency: str = "medium",
    note: str = "",
    by: Any,
    at: datetime,
) -> list[Need]:
    """Note needs that were seen on a day; those that are open already stay as they are.

    Returns:
        The needs that are new: a register read twice gives none.

    Raises:
        AssessmentRefused: a code is unknown, or the day comes before the case.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(case)
    _not_before(case, on, "on", _("Le besoin vient avant l’ouverture du dossier."))
    _known([urgency], dict(URGENCIES), "urgency")
    open_kinds = set(Need.objects.filter(case=case, met_on__isnull=True).values_list("kind", flat=True))
    added = [
        Need(case=case, kind=kind, urgency=urgency, identified_on=on, created_at=at)
        for kind in _known(needs, dict(NEEDS), "kind")
        if kind not in open_kinds
    ]
    if not added:
        return []
    safe.seal_all([(need, {"note": note}) for need in added if note])
    Need.objects.bulk_create(added)
    data = {"needs": [need.kind for need in added], "count": len(added)}
    journal.record("assessments.needs_identified", by=by, at=at, on=on, obj=added[0], case=case, data=data)
    return added


@transaction.atomic
def meet_need(*, need: Need, met_on: date, by: Any, at: datetime) -> Need:
    """Note that a need was met; it may be seen again later as a new one.

    Raises:
        AssessmentRefused: it was met already, or the day comes before it was seen.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(need.case)
    if need.met_on:
        raise AssessmentRefused(_("Ce besoin est déjà comblé."))
    if met_on < need.identified_on:
        raise AssessmentRefused(
            _("La réponse vient avant le constat du besoin."),
            {"met_on": _("Choisissez une date après le constat du besoin.")},
        )
    need.met_on = met_on
    need.save(update_fields=["met_on"])
    journal.record(
        "assessments.need_met", by=by, at=at, on=met_on, obj=need, case=need.case, data={"need": need.kind}
    )
    return need


@transaction.atomic
def withdraw_need(*, need: Need, by: Any, at: datetime) -> None:
    """Take back a need that was noted by mistake; the journal keeps both.

    Raises:
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(need.case)
    data = {"need": need.kind}
    journal.record("assessments.need_withdrawn", by=by, at=at, obj=need, case=need.case, data=data)
    need.delete()


@transaction.atomic
def reopen_need(*, need: Need, by: Any, at: datetime) -> Need:
    """Say that a need is not met after all.

    Raises:
        AssessmentRefused: it is open already, or another of its kind is.
        cases.CaseRefused: the case is closed.
    """
    cases.require_open(need.case)
    if Need.objects.filter(case=need.case, kind=need.kind, met_on__isnull=True).exists():
        raise AssessmentRefused(_("Ce besoin est déjà à combler."))
    need.met_on = None
    need.save(update_fields=["met_on"])
    data = {"need": need.kind}
    journal.record("assessments.need_reopened", by=by, at=at, obj=need, case=need.case, data=data)
    return need


def _not_before(case: Any, day: date, field: str, sentence: str) -> None:
    if day < case.opened_on:
        raise AssessmentRefused(sentence, {field: _("Choisissez une date après l’ouverture du dossier.")})


def _known(codes: Iterable[str], lawful: Collection[str], field: str) -> list[str]:
    """Return the codes, each once, in the order given.

    Raises:
        AssessmentRefused: one of them means nothing here.
    """
    chosen = list(dict.fromkeys(codes))
    if unknown := [code for code in chosen if code not in lawful]:
        sentence = _("« {code} » n’est pas dans la liste.").format(code=unknown[0][:40])
        raise AssessmentRefused(sentence, {field: sentence})
    return chosen
