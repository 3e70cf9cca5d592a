"""Who was present on a day, and how many nights were spent, by whom: children or adults, night by night.

Nearly all nights come from two sums over the database, since the length of a span is its end less its
beginning. Two kinds of spans need a closer look: those of who comes of age within the period, and those of
people with several spans, for two spans may share a night and each night counts once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mafaka.cases.models import PresenceFact
from mafaka.people.ages import is_child, majority_from
from mafaka.reports.period import Period, Source

DAY = timedelta(days=1)


class Share(NamedTuple):
    """Children among all: people or nights."""

    children: int
    everyone: int


class Span(NamedTuple):
    """One span of one person, as the database gives it."""

    person: UUID
    from_date: date
    left_on: date | None
    birth_latest: date | None


def children_on(day: date) -> Q:
    """Return the filter on spans of who is a child on a day (in doubt: yes; of unknown age: no)."""
    return Q(birth_latest__gt=majority_from(day))


def present(source: Source, day: date) -> Share:
    """Count the people present in the evening of a day, each once."""
    people = Count("person_id", distinct=True)
    young = Count("person_id", distinct=True, filter=children_on(day))
    found = source.presences(day, day).aggregate(everyone=people, children=young)
    return Share(found["children"], found["everyone"])


def nights(source: Source) -> Share:
    """Count the nights of the period, each night of each person once."""
    period = source.period
    spans = source.stays()
    sums = _sums(spans, period)
    odd = _odd(spans, period)
    rough = [_rough(span, period) for span in odd]
    true = by_person(odd, period).values()
    return Share(*(sums[i] - sum(r[i] for r in rough) + sum(t[i] for t in true) for i in (0, 1)))


def by_person(spans: Iterable[Span], period: Period) -> dict[UUID, Share]:
    """Return the nights of each person, spans that overlap joined."""
    joined: dict[UUID, Share] = {}
    reached: dict[UUID, date] = {}
    for span in sorted(spans, key=lambda each: each.from_date):
        first = max(span.from_date, period.first, reached.get(span.person, period.first))
        last = min(span.left_on or period.spent, period.spent)
        before = joined.get(span.person, Share(0, 0))
        young = _nights_as_child(span.birth_latest, first, last)
        joined[span.person] = Share(before.children + young, before.everyone + max(0, (last - first).days))
        reached[span.person] = max(last, first)
    return joined


def read(spans: QuerySet[PresenceFact]) -> list[Span]:
    """Return spans one by one, in the order in which they began."""
    columns = ("person_id", "from_date", "left_on", "birth_latest")
    return [Span(*row) for row in spans.order_by("from_date", "pk").values_list(*columns)]


def _nights_as_child(birth_latest: date | None, first: date, last: date) -> int:
    if birth_latest is None or last <= first:
        return 0
    if is_child(birth_latest, on=last - DAY):
        return (last - first).days
    length = range((last - first).days)
    return bisect_left(length, True, key=lambda night: not is_child(birth_latest, on=first + night * DAY))


def _sums(spans: QuerySet[PresenceFact], period: Period) -> Share:
    """Add up the spans as if each night were another's, and nobody came of age before the last night."""
    young_ones, all_of_them = (
        Count("birth_latest", filter=children_on(period.spent - DAY)),
        Count("from_date"),
    )
    ends = spans.values_list("left_on").annotate(children=young_ones, everyone=all_of_them)
    starts = spans.values_list("from_date").annotate(children=young_ones, everyone=all_of_them)
    children = everyone = 0
    for left_on, young, people in ends:
        day = min(left_on or period.spent, period.spent).toordinal()
        children, everyone = children + young * day, everyone + people * day
    for from_date, young, people in starts:
        day = max(from_date, period.first).toordinal()
        children, everyone = children - young * day, everyone - people * day
    return Share(children, everyone)


def _rough(span: Span, period: Period) -> Share:
    """Return what `_sums` counted for one span."""
    length = (min(span.left_on or period.spent, period.spent) - max(span.from_date, period.first)).days
    young = span.birth_latest is not None and span.birth_latest > majority_from(period.spent - DAY)
    return Share(length if young else 0, length)


def _odd(spans: QuerySet[PresenceFact], period: Period) -> list[Span]:
    """Return the spans that sums get wrong, all those of a person together."""
    grows_up = children_on(period.first) & ~children_on(period.spent - DAY)
    again = spans.values("person_id").annotate(n=Count("from_date")).filter(n__gt=1)
    people = list(again.values_list("person_id", flat=True))
    return read(spans.filter(grows_up)) + read(spans.filter(person_id__in=people).exclude(grows_up))
