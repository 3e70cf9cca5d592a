"""The text of a cell, as a person reads it in the sheet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _


def written(value: Any) -> str:
    """The text of a cell value as a person would read it in the sheet."""
    if value is None:
        return ""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return _("VRAI") if value else _("FAUX")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
