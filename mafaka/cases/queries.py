"""Reads on cases. Every one takes `by=` and returns only what that person may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from mafaka.accounts import policy
from mafaka.audit import journal
from mafaka.cases.labels import LANGUAGES, STAGES
from mafaka.cases.models import Case, CaseFact, Consent, PresenceFact
from mafaka.common.days import local_day
from mafaka.people import queries as people
from mafaka.people.names import Identity as Names
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose

PER_PAGE = 25
AN_HOUR = timedelta(hours=1)
MOST_NAMED = 2_000


class NotFound(Http404):
    """There is no such case for this person: absent and forbidden look the same."""


def visible(by: Any, act: str = "cases.list") -> QuerySet[Case]:
    """Return the cases on which this person may do an act."""
    return Case.objects.filter(policy.scope(by, act))


def find(reference: str, *, by: Any, act: str = "cases.read") -> Case:
    """Return one case on which this person may do the act, with its facts, person, centre and worker.

    Raises:
        NotFound: no such case, or not for this person.
    """
    whole = visible(by, act).select_related("fact", "person", "centre", "worker")
    try:
        return whole.get(reference=reference)
    except Case.DoesNotExist as error:
        raise NotFound from error


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed to; empty means all. `people` comes from a search by name."""

    status: str = ""
    sex: str = ""
    age: str = ""
    stage: str = ""
    region: str = ""
    worker: str = ""
    year: str = ""
    people: tuple[UUID, ...] | None = None


def narrowed(filters: Filters, *, by: Any) -> QuerySet[Case]:
    """Return the visible cases that pass the filters, newest first."""
    chosen = visible(by).select_related("fact", "worker").order_by("-opened_on", "-reference")
    plain = {"status": filters.status, "fact__sex": filters.sex, "fact__region": filters.region}
    chosen = chosen.filter(**{name: value for name, value in plain.items() if value})
    if filters.age:
        chosen = chosen.filter(fact__is_child_at_arrival=filters.age == "child")
    if filters.stage:
        chosen = chosen.filter(**{f"fact__{filters.stage}__isnull": True})
    if filters.worker:
        chosen = chosen.filter(worker__isnull=True) if filters.worker == "none" else chosen.filter(worker=by)
    if filters.year.isdigit():
        year = int(filters.year)
        chosen = chosen.filter(opened_on__gte=date(year, 1, 1), opened_on__lte=date(year, 12, 31))
    if filters.people is not None:
        chosen = chosen.filter(person_id__in=filters.people)
    return chosen


def seen_people(people: Sequence[UUID], *, by: Any) -> set[UUID]:
    """Return those of these people of whom somebody may see a case."""
    mine = visible(by)
    # Past some thousands it is quicker to read them all than to name them.
    chosen = mine.filter(person_id__in=people) if len(people) <= MOST_NAMED else mine
    return set(chosen.values_list("person_id", flat=True))


def of_people(person_ids: list[UUID], *, by: Any) -> dict[UUID, list[Case]]:
    """Return the visible cases of these people, by person, newest first."""
    chosen = visible(by).select_related("fact").filter(person_id__in=person_ids)
    found: dict[UUID, list[Case]] = {}
    # Sorted here: asked for the order, SQLite reads all cases of the centre in it.
    for case in sorted(chosen, key=lambda each: each.opened_on, reverse=True):
        found.setdefault(case.person_id, []).append(case)
    return found


@dataclass(frozen=True)
class Waiting:
    """Open cases that have not passed a stage: how many, and those that have waited longest."""

    stage: str
    label: str
    count: int
    oldest: list[Case]


def waiting(*, by: Any, since: date, shown: int = 5) -> list[Waiting]:
    """Return, for each early stage, the visible open cases that have passed all stages before it but not this one.

    Only those opened since a day: an old register does not bury the work of today.
    """
    open_cases = visible(by).filter(status=Case.Status.OPEN, opened_on__gte=since)
    here, passed = {}, Q()
    for stage, _label in STAGES[:4]:
        here[stage] = passed & Q(**{f"fact__{stage}__isnull": True})
        passed &= Q(**{f"fact__{stage}__isnull": False})
    counts = open_cases.aggregate(**{stage: Count("pk", filter=where) for stage, where in here.items()})
    ordered = open_cases.select_related("fact").order_by("opened_on", "reference")
    return [
        Waiting(stage, str(label), counts[stage], list(ordered.filter(here[stage])[:shown]))
        for stage, label in STAGES[:4]
        if counts[stage]
    ]


def arrivals(*, by: Any, first: date, last: date, act: str) -> int:
    """Count the cases whose person arrived from one day to another, both included, within reach of an act."""
    within = policy.scope(by, act)
    return CaseFact.objects.filter(within, arrived_on__gte=first, arrived_on__lte=last).count()


def nights_of_ended_spans(*, by: Any, after: date, until: date, act: str) -> Counter[int]:
    """Count the spans of presence that ended after a day and until another, by their number of nights."""
    ended = PresenceFact.objects.filter(policy.scope(by, act), left_on__gt=after, left_on__lte=until)
    # The subtraction is left to Python: SQLite would call back for each row.
    grouped = ended.order_by().values_list("from_date", "left_on").annotate(spans=Count("from_date"))
    nights: Counter[int] = Counter()
    for from_date, left_on, spans in grouped:
        nights[(left_on - from_date).days] += spans
    return nights


def references(case_ids: set[UUID], *, by: Any) -> dict[UUID, str]:
    """Return the references of these cases for whoever may see who opened them."""
    chosen = visible(by, "cases.accesses").filter(id__in=case_ids)
    return dict(chosen.values_list("id", "reference"))


def consents(case: Case, *, by: Any) -> list[Consent]:
    """Return the answers in force for a case the person was given, in the order of purposes."""
    live = Consent.objects.filter(case=case, withdrawn_on__isnull=True)
    order = list(Consent.Purpose.values)
    return sorted(live, key=lambda consent: order.index(consent.purpose))


@dataclass(frozen=True)
class Answer:
    """One answer in force, in words; `is_over` when its last day has passed."""

    purpose: str
    purpose_label: str
    agreed: bool
    is_over: bool
    giver: str
    mode: str
    language: str
    given_on: date
    until: date | None
    note: str


def answers(case: Case, *, by: Any, at: datetime) -> list[Answer]:
    """Return the answers in force with the notes that go with them (one journal entry)."""
    live = consents(case, by=by)
    for consent in live:
        consent.case = case
    may_open = policy.may_open(by, Consent.compartment)
    notes = safe.open(live, by=by, at=at, purpose=Purpose.CASE_WORK, case=case) if may_open else {}
    return [
        Answer(
            purpose=consent.purpose,
            purpose_label=consent.get_purpose_display(),
            agreed=consent.agreed,
            is_over=bool(consent.until and consent.until < local_day(at)),
            giver=consent.get_giver_display(),
            mode=consent.get_mode_display(),
            language=str(dict(LANGUAGES).get(consent.language, "")),
            given_on=consent.given_on,
            until=consent.until,
            note=notes.get(consent.pk, {}).get("note", ""),
        )
        for consent in live
    ]


@dataclass(frozen=True)
class JournalLine:
    """One line of a case's journal: when, what, in which room, by whom; `on` where it was written another day."""

    at: datetime
    on: date | None
    sentence: str
    room: str
    actor: str
    times: int = 1


def journal_lines(case: Case, *, by: Any, timeline: bool, limit: int = 200) -> list[JournalLine]:
    """Return the case's journal, newest first: what was done, or (`timeline=False`) who opened the file."""
    from mafaka.accounts.queries import names_of
    from mafaka.audit import acts

    entries = list(journal.of_case(case.pk, timeline=timeline, limit=limit))
    names = names_of({entry.actor for entry in entries}, by=by)
    lines = [
        JournalLine(
            at=entry.at,
            on=entry.on if entry.on != local_day(entry.at) else None,
            sentence=acts.sentence(entry.act, entry.data),
            room=acts.room_of(entry.act),
            actor=names.get(entry.actor, "Mafaka"),
        )
        for entry in entries
    ]
    return lines if timeline else _gathered(lines)


def _gathered(lines: list[JournalLine]) -> list[JournalLine]:
    """Tell repeated openings by one person once, with their number: those less than an hour apart."""
    gathered: list[JournalLine] = []
    for line in lines:
        last = gathered[-1] if gathered else None
        same = last and (last.actor, last.sentence) == (line.actor, line.sentence)
        if last and same and last.at - line.at < AN_HOUR:
            gathered[-1] = replace(last, times=last.times + 1)
        else:
            gathered.append(line)
    return gathered


def name_of(case: Case, *, by: Any, at: datetime, purpose: Purpose = Purpose.CASE_WORK) -> Names | None:
    """Open the identity of a case's person; None for who may not."""
    return people.identities([case.person_id], by=by, at=at, purpose=purpose, case=case.pk).get(
        case.person_id
    )
