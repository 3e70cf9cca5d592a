"""Ages as they are known here: estimates, kept as the interval in which the birth must lie.

"12 ans" on a day means born between thirteen years (less a day) and twelve years before it; "env. 12" widens
both ends by the margin. Whether somebody is a child is asked at the event, never today, and doubt counts as
child (Palermo Protocol art. 3; DESIGN §10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAJORITY = 18
OLDEST = 120


@dataclass(frozen=True)
class Birth:
    """The first and the last day on which somebody can have been born."""

    earliest: date
    latest: date


def from_age(*, months: int, on: date, exact_to: int = 12, margin: int = 0) -> Birth:
    """Return the birth interval of somebody said to be of an age on a day.

    Args:
        months: the age in months (12 years = 144).
        exact_to: how fine the age was said, in months: 12 for years, 1 for months.
        margin: how far the true age may lie from the estimate, in months, on either side.
    """
    latest = _months_before(on, max(0, months - margin))
    earliest = _months_before(on, months + exact_to + margin) + timedelta(days=1)
    return Birth(earliest, latest)


@dataclass(frozen=True)
class Estimate:
    """An age as it is said: `number` of months or years (`exact_to` 1 or 12), give or take `margin` of them."""

    number: int
    exact_to: int
    margin: int


def estimate(birth: Birth, *, on: date) -> Estimate:
    """Return the age that would be said on a day for a birth interval: the way back from `from_age`.

    An interval that no such age gives exactly (a date of birth, an age said on another day) is rounded, so the
    answer is for showing, not for counting.
    """
    least = _months_between(birth.latest, on)
    width = max(1, _months_between(birth.earliest - timedelta(days=1), on) - least)
    if width < 12 and least < 24:
        margin = (width - 1) // 2
        return Estimate(least + margin, 1, margin)
    margin = max(0, -((12 - width) // 24))
    return Estimate(round(least / 12 + margin) if least else max(0, width // 12 - 1 - margin), 12, margin)


def is_child(birth_latest: date | None, *, on: date) -> bool | None:
    """Return whether somebody was under 18 on a day; None when nothing is known of their age."""
    if birth_latest is None:
        return None
    return on < _months_before(birth_latest, -12 * MAJORITY)


def majority_from(on: date) -> date:
    """Return the day such that those born (at the latest) after it are children on `on`: for SQL filters.

    Always agrees with `is_child`: who was born on 29 February comes of age on the 28th where there is no 29th.
    """
    day = _months_before(on, 12 * MAJORITY)
    leap_day = day + timedelta(days=1)
    return day if is_child(leap_day, on=on) else leap_day


def years(birth: Birth, *, on: date) -> tuple[int, int]:
    """Return the least and the greatest age in whole years that somebody can have on a day."""
    return _whole_years(birth.latest, on), _whole_years(birth.earliest, on)


def text(birth_earliest: date | None, birth_latest: date | None, *, on: date) -> str:
    """Return an age in words: « 14 ans », « 9 à 11 ans », « 14 mois », « âge inconnu »."""
    if birth_earliest is None or birth_latest is None:
        return _("âge inconnu")
    low, high = years(Birth(birth_earliest, birth_latest), on=on)
    if high < 2:
        months = (on.year - birth_latest.year) * 12 + on.month - birth_latest.month
        return ngettext("%(count)d mois", "%(count)d mois", months) % {"count": max(0, months)}
    if high - low <= 1:
        return ngettext("%(count)d an", "%(count)d ans", low) % {"count": low}
    return _("%(low)d à %(high)d ans") % {"low": low, "high": high}


def _whole_years(born: date, on: date) -> int:
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _months_between(born: date, on: date) -> int:
    return max(0, (on.year - born.year) * 12 + on.month - born.month)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
