"""Reads on tracing. That somebody must not be contacted is told to all who read the case; who it is, to few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.queries import names_of
from mafaka.cases import queries as cases
from mafaka.common.days import local_day
from mafaka.locations import gazetteer
from mafaka.tracing.models import Lead, Request, Reunification, RiskContact
from mafaka.ui.text import day
from mafaka.vault import safe
from mafaka.vault.models import Compartment
from mafaka.vault.purposes import Purpose

ABROAD = "abroad"
KINDS = {
    Request.State.OPEN: "info",
    Request.State.LEAD: "warn",
    Request.State.VERIFIED: "ok",
    Request.State.CLOSED: "",
}


def live_request(case: Any, *, by: Any) -> Request | None:
    """Return the search that goes on in a case, if any."""
    live = Request.objects.filter(case=case).exclude(state=Request.State.CLOSED).first()
    if live:
        live.case = case
    return live


def live_contacts(case: Any, *, by: Any) -> list[RiskContact]:
    """Return the contacts at risk of a case that nobody lifted."""
    contacts = list(RiskContact.objects.filter(case=case, lifted_at__isnull=True).order_by("created_at"))
    for contact in contacts:
        contact.case = case
    return contacts


def leads_to_verify(request: Request, *, by: Any) -> list[Lead]:
    """Return the leads of a search that wait for a second pair of eyes, oldest first."""
    waiting = request.leads.filter(verification="").exclude(result=Lead.Result.NOBODY)
    leads = list(waiting.order_by("found_on", "created_at"))
    for lead in leads:
        lead.request = request
    return leads


def verified_on(request: Request, *, by: Any) -> date | None:
    """Return the day on which a search's family was verified, the last one if it was twice."""
    confirmed = (
        request.leads.filter(verification=Lead.Verification.CONFIRMED).order_by("-verified_on").first()
    )
    return confirmed.verified_on if confirmed else None


def at_risk(case: Any, *, by: Any) -> bool:
    """Return whether a contact at risk is flagged in a case, and nothing else of it.

    Everyone who reads the case must know it; False for who may not read it.
    """
    flagged = RiskContact.objects.filter(case=case, lifted_at__isnull=True)
    return policy.allows(by, "cases.read", case) and flagged.exists()


@dataclass(frozen=True)
class Panel:
    """A search in three lines, for the overview of a case; `kind` colours the tag of the state."""

    number: str
    zone: str
    state: str
    kind: str


def panel(case: Any, *, by: Any, at: datetime) -> Panel | None:
    """Return the search that goes on, or else the last one; None without one, or for who may not see it."""
    if not policy.allows(by, "tracing.read", case):
        return None
    found = live_request(case, by=by) or Request.objects.filter(case=case).order_by("-created_at").first()
    if found is None:
        return None
    found.case = case
    return Panel(found.number, _zone(found, _open([found], case, by, at)[found.pk]), *_state(found))


@dataclass(frozen=True)
class ContactLine:
    """One relative not to be contacted, as those see it who may open tracing."""

    key: UUID
    relation: str
    name: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class LeadLine:
    """One lead, with who noted it and, where it was verified, by whom and with what result."""

    found_on: date
    result: str
    kind: str
    detail: str
    noted_by: str
    verification: str
    verified_on: date | None
    verified_by: str
    how: str
    alone: str


@dataclass(frozen=True)
class RequestFile:
    """One search, opened, with its leads, newest first."""

    number: str
    state: str
    kind: str
    is_live: bool
    is_verified: bool
    is_declined: bool
    waits: bool
    relation: str
    zone: str
    opened_on: date
    closed_on: date | None
    checked_on: date
    content: dict[str, Any]
    leads: list[LeadLine]


@dataclass(frozen=True)
class Reunion:
    """One return to the family."""

    on: date
    relation: str
    region: str
    verified_on: date
    content: dict[str, Any]


@dataclass(frozen=True)
class Tracing:
    """The whole page of tracing of one case; `live` also stands first in `requests`."""

    contacts: list[ContactLine]
    live: RequestFile | None
    earlier: list[RequestFile]
    reunions: list[Reunion]
    has_consent: bool
    may_write: bool


def tracing(case: Any, *, by: Any, at: datetime) -> Tracing:
    """Open everything that is known of the search for a person's family: one entry in the journal."""
    contacts = live_contacts(case, by=by)
    requests = list(Request.objects.filter(case=case).order_by("-created_at"))
    leads = list(Lead.objects.filter(request__case=case).order_by("-found_on", "-created_at"))
    reunions = list(Reunification.objects.filter(case=case).order_by("-on"))
    for request in requests:
        request.case = case
    for reunion in reunions:
        reunion.case = case
    by_id = {request.pk: request for request in requests}
    for lead in leads:
        lead.request = by_id[lead.request_id]
    opened = _open([*contacts, *requests, *leads, *reunions], case, by, at)
    names = names_of({actor for lead in leads for actor in (lead.noted_by, lead.verified_by) if actor}, by=by)
    files = [
        _file(request, [lead for lead in leads if lead.request_id == request.pk], opened, names)
        for request in requests
    ]
    return Tracing(
        contacts=[_contact(contact, opened[contact.pk]) for contact in contacts],
        live=next((file for file in files if file.is_live), None),
        earlier=[file for file in files if not file.is_live],
        reunions=[
            Reunion(r.on, r.get_relation_display(), _region_name(r.region), r.verified_on, opened[r.pk])
            for r in reunions
        ],
        has_consent=_has_consent(case, by=by, on=local_day(at)),
        may_write=policy.allows(by, "tracing.write", case) and case.status == "open",
    )


def risk_choices(case: Any, *, by: Any, at: datetime) -> list[tuple[str, str]]:
    """Return the contacts at risk of a case as choices: relation and name."""
    contacts = live_contacts(case, by=by)
    opened = _open(contacts, case, by, at)
    return [
        (str(c.pk), " – ".join(filter(None, (c.get_relation_display(), opened[c.pk].get("name")))))
        for c in contacts
    ]


def lead_choices(request: Request, *, by: Any, at: datetime) -> list[tuple[str, str]]:
    """Return the leads that wait for verification as choices: result, day and the first words."""
    leads = leads_to_verify(request, by=by)
    opened = _open(leads, request.case, by, at)
    return [
        (
            str(lead.pk),
            f"{lead.get_result_display()}, {day(lead.found_on)}. {opened[lead.pk].get('detail', '')[:80]}",
        )
        for lead in leads
    ]


def regions(*, by: Any) -> list[tuple[str, str]]:
    """Return the regions of Niger as choices, and what lies outside."""
    inside = [(code, gazetteer.name(code)) for code in gazetteer.children("NE")]
    return [*inside, (ABROAD, _("Hors du Niger"))]


def _region_name(code: str) -> str:
    """Return the name of a coded region."""
    return gazetteer.name(code) if code != ABROAD else _("Hors du Niger")


def _zone(request: Request, content: dict[str, Any]) -> str:
    """Return where a search goes on: the commune where it is known, and the region."""
    commune = gazetteer.name(content["pcode"]) if content.get("pcode") else content.get("commune", "")
    return ", ".join(filter(None, (commune, _region_name(request.region))))


def _has_consent(case: Any, *, by: Any, on: date) -> bool:
    return any(
        consent.purpose == "tracing" and consent.agreed and (consent.until is None or consent.until >= on)
        for consent in cases.consents(case, by=by)
    )


def _open(records: list[Any], case: Any, by: Any, at: datetime) -> dict[UUID, dict[str, Any]]:
    """Open records for who may open tracing; for others, and for erased ones, nothing stands there."""
    allowed = policy.may_open(by, Compartment.TRACING)
    opened = safe.open(records, by=by, at=at, purpose=Purpose.TRACING, case=case) if allowed else {}
    return {record.pk: opened.get(record.pk, {}) for record in records}


def _state(request: Request) -> tuple[str, str]:
    return str(request.get_state_display()), KINDS[Request.State(request.state)]


def _contact(contact: RiskContact, content: dict[str, Any]) -> ContactLine:
    return ContactLine(
        key=contact.pk,
        relation=contact.get_relation_display(),
        name=content.get("name", ""),
        reason=content.get("reason", ""),
        since=contact.created_at,
    )


def _file(
    request: Request, leads: list[Lead], opened: dict[UUID, dict[str, Any]], names: dict[str, str]
) -> RequestFile:
    state, kind = _state(request)
    return RequestFile(
        number=request.number,
        state=state,
        kind=kind,
        is_live=request.state != Request.State.CLOSED,
        is_verified=request.state == Request.State.VERIFIED,
        is_declined=request.best_interests_outcome == Request.Outcome.UNFAVOURABLE,
        waits=any(not lead.verification and lead.result != Lead.Result.NOBODY for lead in leads),
        relation=request.get_relation_display(),
        zone=_zone(request, opened[request.pk]),
        opened_on=request.opened_on,
        closed_on=request.closed_on,
        checked_on=request.best_interests_on,
        content=opened[request.pk],
        leads=[_lead(lead, opened[lead.pk], names) for lead in leads],
    )


def _lead(lead: Lead, content: dict[str, Any], names: dict[str, str]) -> LeadLine:
    kinds = {Lead.Result.FOUND: "ok", Lead.Result.TO_VERIFY: "warn", Lead.Result.NOBODY: ""}
    return LeadLine(
        found_on=lead.found_on,
        result=lead.get_result_display(),
        kind=kinds[Lead.Result(lead.result)],
        detail=content.get("detail", ""),
        noted_by=names.get(lead.noted_by, "Mafaka"),
        verification=lead.get_verification_display() if lead.verification else "",
        verified_on=lead.verified_on,
        verified_by=names.get(lead.verified_by, ""),
        how=content.get("how", ""),
        alone=content.get("alone", ""),
    )
