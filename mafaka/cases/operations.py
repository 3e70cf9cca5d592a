"""Writes on cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.audit import journal
from mafaka.cases.models import Case, CaseFact, Consent, PresenceFact, ReferenceCounter
from mafaka.common.refusals import Refused
from mafaka.people.ages import is_child
from mafaka.vault import safe
from mafaka.vault.models import Compartment


class CaseRefused(Refused):
    """The case cannot be changed as asked."""


class ConsentMissing(Refused):
    """The person did not agree to this, or no longer does."""


@transaction.atomic
def open_case(
    *, person: Any, centre: Any, opened_on: date, by: Any, at: datetime, worker: Any = None
) -> Case:
    """Open a case for a person in a centre, with the next reference of the year."""
    case = Case.objects.create(
        reference=_next_reference(centre, opened_on.year),
        centre=centre,
        person=person,
        worker=worker,
        opened_on=opened_on,
        created_at=at,
    )
    fact = CaseFact(case=case, centre_id=centre.pk, person_id=person.pk, is_fictitious=centre.is_fictitious)
    _copy_person(fact, person)
    fact.save(force_insert=True)
    journal.record("cases.opened", by=by, at=at, on=opened_on, obj=case, case=case)
    return case


def _next_reference(centre: Any, year: int) -> str:
    ReferenceCounter.objects.get_or_create(centre=centre, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(centre=centre, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{centre.code}-{year}-{counter.last:04d}"


def _copy_person(fact: CaseFact, person: Any) -> None:
    for name in ("sex", "birth_earliest", "birth_latest", "nationality", "region"):
        setattr(fact, name, getattr(person, name))
    fact.is_child_at_arrival = is_child(person.birth_latest, on=fact.arrived_on) if fact.arrived_on else None


@transaction.atomic
def note_facts(*, case: Case, **columns: Any) -> None:
    """Bring the case's name-free row up to date; called by the operations of rooms, in their transaction.

    Dates given for a stage keep the earliest: the path of a case does not move back because a second
    interview was held. Ages are taken at the arrival, never today (DESIGN §10).
    """
    fact = CaseFact.objects.select_for_update().get(case=case)
    for name, value in columns.items():
        known = getattr(fact, name)
        keeps_first = name.endswith("_on") and name != "closed_on" and known and value
        setattr(fact, name, min(known, value) if keeps_first else value)
    if "arrived_on" in columns:
        fact.is_child_at_arrival = (
            is_child(fact.birth_latest, on=fact.arrived_on) if fact.arrived_on else None
        )
    fact.save()


@transaction.atomic
def note_person(*, person: Any) -> None:
    """Carry a person's corrected sex, age and origin into the facts of their cases: the figures move at once."""
    for fact in CaseFact.objects.select_for_update().filter(person_id=person.pk):
        _copy_person(fact, person)
        fact.save()
        PresenceFact.objects.filter(case_id=fact.case_id).update(birth_latest=person.birth_latest)


@transaction.atomic
def note_presence(
    *, case: Case, from_date: date, left_on: date | None, exit_known: bool = True, at: datetime
) -> None:
    """Keep one span of presence of the case; the span that begins on the same day is replaced."""
    fact = CaseFact.objects.get(case=case)
    PresenceFact.objects.filter(case=case, from_date=from_date).delete()
    PresenceFact.objects.create(
        case=case,
        centre_id=case.centre_id,
        person_id=fact.person_id,
        birth_latest=fact.birth_latest,
        from_date=from_date,
        left_on=left_on,
        exit_known=exit_known,
        created_at=at,
    )


@transaction.atomic
def assign(*, case: Case, worker: Any, by: Any, at: datetime) -> Case:
    """Make somebody responsible for a case.

    Raises:
        CaseRefused: that person works in another centre, or may not follow cases.
    """
    if (
        not policy.may(worker, "assessments.interview")
        or (worker.centre_id or case.centre_id) != case.centre_id
    ):
        raise CaseRefused(
            _("Cette personne ne peut pas suivre ce dossier."), {"worker": _("Choisissez un référent.")}
        )
    case.worker = worker
    case.save(update_fields=["worker"])
    journal.record("cases.assigned", by=by, at=at, obj=case, case=case, data={"worker": worker.actor_id})
    return case


@transaction.atomic
def note_consent(
    *,
    case: Case,
    purpose: str,
    agreed: bool,
    giver: str,
    mode: str,
    language: str,
    given_on: date,
    until: date | None,
    note: str = "",
    by: Any,
    at: datetime,
) -> Consent:
    """Note what the person answered for one purpose; the earlier answer for it ends.

    Raises:
        CaseRefused: the case is closed, or the end comes before the beginning.
    """
    require_open(case)
    if until and until <= given_on:
        raise CaseRefused(
            _("La fin vient avant le début."), {"until": _("Choisissez une date après l’accord.")}
        )
    Consent.objects.filter(case=case, purpose=purpose, withdrawn_on__isnull=True).update(
        withdrawn_on=given_on
    )
    consent = Consent(
        case=case, purpose=purpose, agreed=agreed, giver=giver, mode=mode, language=language,
        given_on=given_on, until=until, created_at=at,
    )  # fmt: skip
    safe.seal(consent, {"note": note} if note else {})
    consent.save(force_insert=True)
    data = {"consent": purpose, "answer": "agreed" if agreed else "refused"}
    journal.record("cases.consented", by=by, at=at, on=given_on, obj=consent, case=case, data=data)
    return consent


@transaction.atomic
def withdraw_consent(*, case: Case, purpose: str, on: date, by: Any, at: datetime) -> None:
    """End a consent: from now on nothing that needs it is done.

    Raises:
        CaseRefused: nothing was agreed to for this purpose.
    """
    agreed = Consent.objects.filter(case=case, withdrawn_on__isnull=True, agreed=True)
    live = agreed.filter(purpose=purpose).first() if purpose in Consent.Purpose.values else None
    if live is None:
        raise CaseRefused(_("Il n’y a pas d’accord en cours à retirer."))
    live.withdrawn_on = on
    live.save(update_fields=["withdrawn_on"])
    journal.record("cases.withdrew", by=by, at=at, on=on, obj=live, case=case, data={"consent": purpose})


def require_consent(*, case: Case, purpose: str, on: date) -> None:
    """Make sure that the person agrees to a purpose on a day: enforced here, not in a page (issue standard).

    Raises:
        ConsentMissing: there is no consent, it was refused, withdrawn, or is over.
    """
    live = Consent.objects.filter(case=case, purpose=purpose, withdrawn_on__isnull=True, agreed=True).first()
    if live is None or live.given_on > on or (live.until and live.until < on):
        label = Consent.Purpose(purpose).label
        raise ConsentMissing(
            _(
                "Il manque l’accord de la personne : « {purpose} ». Notez-le d’abord dans Consentement."
            ).format(purpose=label)
        )


def require_open(case: Case) -> None:
    """Make sure that a case is open.

    Raises:
        CaseRefused: it is closed; reopening it comes first.
    """
    if case.status != Case.Status.OPEN:
        raise CaseRefused(_("Ce dossier est clos. Rouvrez-le avant d’y écrire."))


def _lock(case: Case) -> None:
    """Hold a case, and see its status as it is now: of two hands that close or reopen it, one is refused."""
    case.refresh_from_db(fields=["status"], from_queryset=Case.objects.select_for_update())


@transaction.atomic
def close(*, case: Case, reason: str, closed_on: date, by: Any, at: datetime) -> Case:
    """Close a case.

    Raises:
        CaseRefused: it is closed already, the person still sleeps at the centre, or the date is too early.
    """
    _lock(case)
    require_open(case)
    if CaseFact.objects.select_for_update().get(case=case).housed:
        raise CaseRefused(_("La personne est encore hébergée. Enregistrez d’abord son départ."))
    if closed_on < case.opened_on:
        raise CaseRefused(
            _("La clôture vient avant l’ouverture."), {"closed_on": _("Choisissez une date plus tardive.")}
        )
    case.status, case.closed_on, case.closing_reason = Case.Status.CLOSED, closed_on, reason
    case.save(update_fields=["status", "closed_on", "closing_reason"])
    note_facts(case=case, closed_on=closed_on)
    journal.record("cases.closed", by=by, at=at, on=closed_on, obj=case, case=case, data={"closing": reason})
    return case


@transaction.atomic
def reopen(*, case: Case, by: Any, at: datetime) -> Case:
    """Open a closed case again.

    Raises:
        CaseRefused: it is open already.
    """
    _lock(case)
    if case.status == Case.Status.OPEN:
        raise CaseRefused(_("Ce dossier est déjà ouvert."))
    case.status, case.closed_on, case.closing_reason = Case.Status.OPEN, None, ""
    case.save(update_fields=["status", "closed_on", "closing_reason"])
    note_facts(case=case, closed_on=None)
    journal.record("cases.reopened", by=by, at=at, obj=case, case=case)
    return case


@transaction.atomic
def reveal_name(*, case: Case, purpose: str, detail: str = "", by: Any, at: datetime) -> None:
    """Record that somebody asked for the name of this case's person, and why.

    `detail` is free text: it is sealed with the person's identity key and stands beside the entry.
    """
    place = f"reveal|{case.pk}|{at.isoformat()}"
    sealed = safe.seal_detail(detail, case.person_id, Compartment.IDENTITY, place) if detail else None
    journal.record(
        "people.name_shown", by=by, at=at, obj=case, case=case, data={"purpose": purpose}, sealed=sealed
    )
