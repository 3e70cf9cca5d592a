"""What the shell's own pages show, gathered from the rooms below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mafaka.accounts import policy
from mafaka.accounts.queries import names_of
from mafaka.audit import acts, journal
from mafaka.cases import queries as cases
from mafaka.cases.pages import sex_words
from mafaka.people import queries as people

REFERENCE = re.compile(r"[A-Za-z]{2,4}-\d{4}-\d{1,6}")
MOST_FOUND = 20
AUDIT_PAGE = 100


@dataclass(frozen=True)
class Found:
    """One case that answers a search; `reasons` say why, without saying the name."""

    case: Any
    sex: str
    reasons: list[str]


@dataclass(frozen=True)
class Search:
    """What was asked, and what answers."""

    text: str
    results: list[Found]


def search(text: str, *, by: Any, at: datetime) -> Search:
    """Return the visible cases that answer a case number, a name in any spelling, or a village."""
    text = text.strip()[:200]
    if not text:
        return Search("", [])
    if REFERENCE.fullmatch(text):
        direct = cases.visible(by).select_related("fact", "centre").filter(reference__iexact=text)
        return Search(text, [_found(case, []) for case in direct])
    hits = people.search(text, by=by, at=at)
    found = cases.of_people([hit.key for hit in hits], by=by)
    results = [
        Found(case, [str(reason) for reason in people.reasons(hit)])
        for hit in hits
        for case in found.get(hit.key, [])
    ]
    return Search(text, results[:MOST_FOUND])


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
            reference=references.get(entry.case_id, ""),
        )
        for entry in entries
    ]
