"""The day it is here at a moment: late in the evening it differs from the day in UTC."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import get_current_timezone


def local_day(at: datetime) -> date:
    """Return the day of an aware moment in the time zone of the centre."""
    return at.astimezone(get_current_timezone()).date()
