"""The stretch of time that figures speak of, and which facts of it somebody may count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mafaka.accounts import policy
from mafaka.audit import journal
from mafaka.cases.models import CaseFact, PresenceFact

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Period:
    """A calendar year up to `until`: its last day, or the day of asking when that comes first.

    `spent` is the day after the last night that is over: the night of the day of asking is not.
    """

    year: int
    first: date
    until: date
    spent: date

    @classmethod
    def of(cls, year: int, at: datetime) -> Period:
        """Return what has passed of a year by a moment (all of it for a past year, nothing of a coming one)."""
        today = at.astimezone(timezone.get_current_timezone()).date()
        first, last = date(year, 1, 1), date(year, 12, 31)
        return cls(year, first, min(last, today), max(first, min(last + timedelta(days=1), today)))

    def day(self, chosen: date | None) -> date:
        """Return the day on which presence is counted: the chosen one, else the last of the period."""
        return chosen if chosen and self.first <= chosen <= self.until else max(self.first, self.until)


@dataclass(frozen=True)
class Source:
    """The facts of one period within somebody's reach: the only things that figures are made of."""

    period: Period
    within: Q

    @classmethod
    def open(cls, *, period: Period, centre: Any, by: Any, act: str) -> Source:
        """Return the facts that somebody may count; the command line counts everything."""
        within = Q() if isinstance(by, journal.System) else policy.scope(by, act)
        return cls(period, within & Q(centre_id=centre.pk) if centre else within)

    def arrivals(self) -> QuerySet[CaseFact]:
        """Return one fact for each arrival of the period; a person may have several."""
        return CaseFact.objects.filter(
            self.within, arrived_on__gte=self.period.first, arrived_on__lte=self.period.until
        )

    def presences(self, first: date, last: date) -> QuerySet[PresenceFact]:
        """Return the spans that hold at least one night from `first` to `last`, both included.

        A span holds the night of its first day, and not that of the day of leaving. Spans whose end nobody
        knows are left out; `unknown_ends` counts them.
        """
        ends_later = Q(left_on__gt=first) | Q(left_on__isnull=True, exit_known=True)
        return PresenceFact.objects.filter(self.within & ends_later, from_date__lte=last)

    def stays(self) -> QuerySet[PresenceFact]:
        """Return the spans that hold at least one night of the period that is over."""
        if self.period.spent <= self.period.first:
            return PresenceFact.objects.none()
        return self.presences(self.period.first, self.period.spent - timedelta(days=1))

    def unknown_ends(self, *days: date) -> list[int]:
        """Count, for each day, the spans begun by then of which nobody knows when they ended."""
        chosen = PresenceFact.objects.filter(self.within, left_on__isnull=True, exit_known=False)
        chosen = chosen.filter(from_date__lte=max(days))
        counts = {f"n{i}": Count("from_date", filter=Q(from_date__lte=day)) for i, day in enumerate(days)}
        return list(chosen.aggregate(**counts).values())
