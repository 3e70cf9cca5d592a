"""Writes on tracing.

Two rules stand above the rest (DESIGN §4): whoever must not be contacted is not looked for, and nobody is
looked for before a best-interests check says so. They are checked here, whatever door a write comes through.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.days import local_day
from mafaka.locations import gazetteer
from mafaka.tracing import queries, rules
from mafaka.tracing.models import Lead, Request, RequestCounter, Reunification, RiskContact
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose

State, Outcome = Request.State, Request.Outcome


@transaction.atomic
def note_risk_contact(
    *, case: Any, relation: str, name: str, reason: str, by: Any, at: datetime
) -> RiskContact:
    """Write down that a relative must not be contacted; a search for them stops at once.

    A warning is never refused, not even on a closed case.
    """
    contact = RiskContact(case=case, relation=relation, created_at=at)
    safe.seal(contact, {"name": name, "reason": reason})
    contact.save(force_insert=True)
    journal.record("tracing.risk_noted", by=by, at=at, obj=contact, case=case)
    live = queries.live_request(case, by=by)
    if live and (
        live.relation == relation or rules.same_name(name, _open(live, by=by, at=at).get("name", ""))
    ):
        _close(live, on=local_day(at))
        journal.record("tracing.stopped", by=by, at=at, obj=live, case=case, data={"number": live.number})
    return contact


@transaction.atomic
def lift_risk_contact(*, contact: RiskContact, reason: str, by: Any, at: datetime) -> RiskContact:
    """Allow a relative to be contacted again, for a reason that is kept.

    Raises:
        TracingRefused: it was lifted already, or there is no reason.
    """
    if contact.lifted_at:
        raise rules.TracingRefused(_("Ce signalement est déjà levé."))
    if not reason.strip():
        raise rules.TracingRefused(
            _("Dites pourquoi le signalement est levé."), {"reason": _("Donnez la raison.")}
        )
    content = _open(contact, by=by, at=at)
    safe.seal(contact, content | {"lifting": reason})
    contact.lifted_at = at
    contact.save(update_fields=["sealed", "lifted_at"])
    journal.record("tracing.risk_lifted", by=by, at=at, obj=contact, case=contact.case)
    return contact


def open_request(
    *, case: Any, relation: str, region: str, opened_on: date, best_interests_on: date,
    best_interests_outcome: str, reasons: str, name: str = "", village: str = "", commune: str = "",
    phone: str = "", known: str = "", by: Any, at: datetime,
) -> Request:  # fmt: skip
    """Open the search for a relative; `commune` is given as written and kept with its P-code where it is certain.

    Raises:
        ContactAtRisk: the relation, or the name, is one that must not be contacted.
        ConsentMissing: the person does not agree to the search on that day.
        BestInterestsMissing: no favourable check, or one that came later or was overtaken.
        TracingRefused: a search is going on, or it would begin before the case.
    """
    cases.require_open(case)
    # Before the transaction of the write: a refusal must not undo the entry of what was opened to decide it.
    rules.require_no_risk(case, relation=relation, name=name, field="name", by=by, at=at)
    cases.require_consent(case=case, purpose="tracing", on=opened_on)
    rules.require_best_interests(case, best_interests_outcome, best_interests_on, opened_on)
    if live := queries.live_request(case, by=by):
        raise rules.TracingRefused(
            _("Une recherche est déjà en cours : {number}. Terminez-la d’abord.").format(number=live.number)
        )
    if opened_on < case.opened_on:
        raise rules.TracingRefused(
            _("La recherche commence avant l’ouverture du dossier."),
            {"opened_on": _("Choisissez une date après l’ouverture du dossier.")},
        )
    place = gazetteer.resolve(commune, level=gazetteer.COMMUNE, near=region) if commune else None
    content = {
        "name": name, "village": village, "commune": commune, "pcode": place.pcode if place else None,
        "phone": phone, "known": known, "reasons": reasons,
    }  # fmt: skip
    with transaction.atomic():
        found = _new_request(case, relation, region, opened_on, best_interests_on, content, at=at)
        cases.note_facts(case=case, tracing_on=opened_on)
        journal.record(
            "tracing.requested",
            by=by,
            at=at,
            on=opened_on,
            obj=found,
            case=case,
            data={"number": found.number, "region": region},
        )
    return found


@transaction.atomic
def decline_request(
    *, case: Any, relation: str, region: str, best_interests_on: date, reasons: str, by: Any, at: datetime
) -> Request:
    """Keep the decision not to search, with its reasons; a search going on ends. Only a later check undoes it."""
    cases.require_open(case)
    if live := queries.live_request(case, by=by):
        _close(live, on=max(best_interests_on, live.opened_on))
        journal.record("tracing.ended", by=by, at=at, obj=live, case=case, data={"number": live.number})
    declined = _new_request(
        case,
        relation,
        region,
        best_interests_on,
        best_interests_on,
        {"reasons": reasons},
        at=at,
        declined=True,
    )
    journal.record(
        "tracing.declined", by=by, at=at, obj=declined, case=case, data={"number": declined.number}
    )
    return declined


@transaction.atomic
def add_lead(*, request: Request, found_on: date, result: str, detail: str, by: Any, at: datetime) -> Lead:
    """Write down what a search brought to light, be it that nobody knows the family there.

    Raises:
        TracingRefused: the search is over, or had not begun.
        ConsentMissing: the person no longer agrees to the search.
    """
    rules.require_live(request)
    cases.require_consent(case=request.case, purpose="tracing", on=found_on)
    if found_on < request.opened_on:
        raise rules.TracingRefused(
            _("Cette piste est plus ancienne que la recherche."),
            {"found_on": _("Choisissez une date après l’ouverture de la recherche.")},
        )
    lead = Lead(request=request, found_on=found_on, result=result, noted_by=by.actor_id, created_at=at)
    safe.seal(lead, {"detail": detail})
    lead.save(force_insert=True)
    if result != Lead.Result.NOBODY and request.state == State.OPEN:
        _move(request, State.LEAD)
    journal.record(
        "tracing.lead_noted", by=by, at=at, on=found_on, obj=lead, case=request.case, data={"lead": result}
    )
    return lead


@transaction.atomic
def verify(
    *, lead: Lead, verification: str, verified_on: date, how: str, alone: str = "", by: Any, at: datetime
) -> Lead:
    """Say whether a lead leads to the family, and whether the return is safe.

    A second person says it. Where nobody else at the centre may, the one who noted it says why (`alone`).

    Raises:
        SecondPersonNeeded: another could verify, or the reason for doing without is missing.
        TracingRefused: the search is over, the lead is verified or led nowhere, or the day is too early.
        ConsentMissing: the person no longer agrees to the search.
    """
    rules.require_live(lead.request)
    case = lead.request.case
    cases.require_consent(case=case, purpose="tracing", on=verified_on)
    if lead.verification or lead.result == Lead.Result.NOBODY:
        raise rules.TracingRefused(_("Il n’y a rien à vérifier pour cette piste."))
    if verified_on < lead.found_on:
        raise rules.TracingRefused(
            _("La vérification vient avant la piste."),
            {"verified_on": _("Choisissez une date plus tardive.")},
        )
    same = by.actor_id == lead.noted_by
    if same:
        rules.require_another(case, alone, by=by)
    content = _open(lead, by=by, at=at)
    safe.seal(lead, content | {"how": how} | ({"alone": alone} if same else {}))
    lead.verification, lead.verified_on = verification, verified_on
    lead.verified_by, lead.verified_alone = by.actor_id, same
    lead.save()
    waiting = lead.request.leads.filter(verification="").exclude(result=Lead.Result.NOBODY).exists()
    if verification == Lead.Verification.CONFIRMED:
        _move(lead.request, State.VERIFIED)
    elif lead.request.state == State.LEAD and not waiting:
        _move(lead.request, State.OPEN)
    data = {"verification": verification, "alone": same}
    journal.record("tracing.verified", by=by, at=at, on=verified_on, obj=lead, case=case, data=data)
    return lead


@transaction.atomic
def end_request(*, request: Request, closed_on: date, reason: str, by: Any, at: datetime) -> Request:
    """End a search without reunification, for a reason that is kept.

    Raises:
        TracingRefused: it is over already, or would end before it began.
    """
    rules.require_live(request)
    if closed_on < request.opened_on:
        raise rules.TracingRefused(
            _("La fin vient avant le début."), {"closed_on": _("Choisissez une date plus tardive.")}
        )
    safe.seal(request, _open(request, by=by, at=at) | {"ending": reason})
    _close(request, on=closed_on)
    journal.record(
        "tracing.ended", by=by, at=at, obj=request, case=request.case, data={"number": request.number}
    )
    return request


def reunify(
    *,
    case: Any,
    on: date,
    relation: str,
    region: str,
    whom: str,
    place: str,
    escort: str,
    by: Any,
    at: datetime,
) -> Reunification:
    """Write down that the person returned to their own; the search ends.

    Whether they still sleep at the centre is for the page to point out (`case.fact.housed`), not to refuse.

    Raises:
        ContactAtRisk: the relation, or the name, is one that must not be contacted.
        NotVerified: there is no verified search, or the return comes before the verification.
        ConsentMissing: the person does not agree on that day.
    """
    cases.require_open(case)
    rules.require_no_risk(case, relation=relation, name=whom, field="whom", by=by, at=at)
    cases.require_consent(case=case, purpose="tracing", on=on)
    live, verified_on = rules.require_verified(case, on=on, by=by)
    with transaction.atomic():
        reunion = Reunification(
            case=case,
            request=live,
            on=on,
            relation=relation,
            region=region,
            verified_on=verified_on,
            created_at=at,
        )
        safe.seal(reunion, {"whom": whom, "place": place, "escort": escort})
        reunion.save(force_insert=True)
        _close(live, on=on)
        cases.note_facts(case=case, reunified_on=on)
        journal.record(
            "tracing.reunified", by=by, at=at, on=on, obj=reunion, case=case, data={"region": region}
        )
    return reunion


def _new_request(
    case: Any, relation: str, region: str, opened_on: date, checked_on: date, content: dict[str, Any],
    *, at: datetime, declined: bool = False,
) -> Request:  # fmt: skip
    RequestCounter.objects.get_or_create(centre=case.centre, year=opened_on.year, defaults={"created_at": at})
    counter = RequestCounter.objects.select_for_update().get(centre=case.centre, year=opened_on.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    request = Request(
        case=case, centre=case.centre, number=f"TR-{opened_on.year}-{counter.last:03d}", relation=relation,
        region=region, opened_on=opened_on, best_interests_on=checked_on, created_at=at,
        best_interests_outcome=Outcome.UNFAVOURABLE if declined else Outcome.FAVOURABLE,
        state=State.CLOSED if declined else State.OPEN, closed_on=checked_on if declined else None,
    )  # fmt: skip
    safe.seal(request, content)
    request.save(force_insert=True)
    return request


def _open(record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
    case = record.request.case if isinstance(record, Lead) else record.case
    return safe.open([record], by=by, at=at, purpose=Purpose.TRACING, case=case).get(record.pk, {})


def _move(request: Request, state: str) -> None:
    request.state = state
    request.save(update_fields=["state"])


def _close(request: Request, *, on: date) -> None:
    request.state, request.closed_on = State.CLOSED, on
    request.save(update_fields=["state", "closed_on", "sealed"])
