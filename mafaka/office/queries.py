"""What the shell's own pages show, gathered from the rooms below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from mafaka.accounts import policy
from mafaka.accounts.queries import names_of
from mafaka.assessments import queries as assessments
from mafaka.assessments.labels import STATUSES
from mafaka.audit import acts, journal
from mafaka.cases import queries as cases
from mafaka.cases.pages import sex_words
from mafaka.common.days import local_day
from mafaka.exchange import queries as exchange
from mafaka.intake import queries as intake
from mafaka.people import queries as people
from mafaka.plans import queries as plans
from mafaka.reintegration import queries as reintegration
from mafaka.stays import queries as stays
from mafaka.tracing import queries as tracing

REFERENCE = re.compile(r"[A-Za-z]{2,4}-\d{4}-\d{1,6}")
MOST_FOUND = 20
LONGEST_QUESTION = 200
RECENT = timedelta(days=90)  # an older case is in the list, not on the first page
AUDIT_PAGE = 100


@dataclass(frozen=True)
class Today:
    """The first page: what waits, and how full the centre is; each part only for those who may see it."""

    waiting: list[Any]
    board: Any
    role: str


def today(*, by: Any, at: datetime) -> Today:
    """Return what this person finds when they sign in."""
    return Today(
        waiting=cases.waiting(by=by, since=local_day(at) - RECENT) if policy.may(by, "cases.list") else [],
        board=stays.board(by=by, on=local_day(at)) if policy.may(by, "stays.board") else None,
        role=by.get_role_display(),
    )


@dataclass(frozen=True)
class Overview:
    """The first tab of a case file: one panel per room, and the journal."""

    at_risk: bool
    status: str
    plan: Any
    stay: Any
    tracing: Any
    reintegration: Any
    consents: list[Any]
    forms: list[str]
    arrival: Any
    name_shown: bool
    register_rows: list[Any]
    lines: list[Any]


def overview(case: Any, *, by: Any, at: datetime, name_shown: bool) -> Overview:
    """Gather what the rooms say of a case, each to whoever may read that room.

    `name_shown`: the name was asked for with a reason; a register's row holds it word for word.
    """

    def seen(act: str) -> bool:
        return policy.allows(by, act, case)

    return Overview(
        at_risk=tracing.at_risk(case, by=by),
        status=str(dict(STATUSES).get(case.fact.trafficking_status, "")),
        plan=plans.panel(case, by=by, at=at) if seen("plans.read") else None,
        stay=stays.panel(case, by=by, on=local_day(at)) if seen("stays.read") else None,
        tracing=tracing.panel(case, by=by, at=at) if seen("tracing.read") else None,
        reintegration=reintegration.panel(case, by=by, at=at) if seen("reintegration.read") else None,
        consents=cases.consents(case, by=by),
        forms=assessments.form_labels(case, by=by),
        arrival=intake.arrival(case, by=by),
        name_shown=name_shown,
        register_rows=exchange.register_rows(case, by=by, at=at, name_shown=name_shown),
        lines=cases.journal_lines(case, by=by, timeline=True, limit=30),
    )


@dataclass(frozen=True)
class Found:
    """One case that answers a search; `reasons` say why, without saying the name."""

    case: Any
    sex: str
    reasons: list[str]


@dataclass(frozen=True)
class Search:
    """What was asked, and what answers; `more`: other cases answer too, less well."""

    text: str
    results: list[Found]
    more: bool = False


def search(text: str, *, by: Any, at: datetime) -> Search:
    """Return the visible cases that answer a case number, a name in any spelling, or a village."""
    text = text.strip()[:LONGEST_QUESTION]
    if not text:
        return Search("", [])
    if REFERENCE.fullmatch(text):
        direct = cases.visible(by).select_related("fact", "centre").filter(reference__iexact=text)
        return Search(text, [_found(case, []) for case in direct])
    seen = partial(cases.seen_people, by=by)
    hits = people.search(text, by=by, at=at, limit=MOST_FOUND + 1, among=seen)
    found = cases.of_people([hit.key for hit in hits], by=by)
    results = [_found(case, people.reasons(hit, by=by)) for hit in hits for case in found.get(hit.key, [])]
    return Search(text, results[:MOST_FOUND], more=len(results) > MOST_FOUND)


def _found(case: Any, reasons: list[str]) -> Found:
    return Found(case, sex_words(case.fact.sex, case.fact.is_child_at_arrival), reasons)


@dataclass(frozen=True)
class AuditLine:
    """One entry of the whole journal."""

    seq: int
    at: datetime
    actor: str
    sentence: str
    room: str
    reference: str


def audit_lines(*, by: Any, before: int | None = None) -> list[AuditLine]:
    """Return the newest entries of the journal for who watches over it, a page at a time."""
    if not policy.may(by, "audit.read"):
        return []
    entries = list(journal.recent(limit=AUDIT_PAGE, before=before))
    names = names_of({entry.actor for entry in entries}, by=by)
    references = cases.references({entry.case_id for entry in entries if entry.case_id}, by=by)
    return [
        AuditLine(
            seq=entry.seq,
            at=entry.at,
            actor=names.get(entry.actor, "Mafaka"),
            sentence=acts.sentence(entry.act, entry.data),
            room=acts.room_of(entry.act),
            reference=references.get(entry.case_id, "") if entry.case_id else "",
        )
        for entry in entries
    ]
