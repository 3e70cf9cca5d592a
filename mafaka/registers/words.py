"""What was understood of a row, in words: for showing it and for comparing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mafaka.locations import gazetteer
from mafaka.locations.countries import COUNTRIES
from mafaka.registers import codes
from mafaka.registers.readrow import ReadRow
from mafaka.registers.values import Age
from mafaka.ui.text import short_date


def of_row(row: ReadRow) -> dict[str, str]:
    """Return what was understood of a row, field -> words; empty where nothing is known."""
    return {
        "number": row.number,
        "name": row.name,
        "father": row.father,
        "mother": row.mother,
        "sex": word(codes.SEXES, row.sex),
        "age": age(row.age),
        "arrived_on": short_date(row.arrived_on) if row.arrived_on else "",
        "left_on": short_date(row.left_on) if row.left_on else "",
        "origin": origin(row),
        "village": row.village,
        "phone": row.phone,
        "nationality": word(COUNTRIES, row.nationality),
        "returned_from": word(COUNTRIES, row.returned_from),
        "brought_by": word(codes.BROUGHT_BY, row.brought_by),
        "forms": ", ".join(word(codes.FORMS, code) for code in row.forms),
        "needs": ", ".join(word(codes.NEEDS, code) for code in row.needs),
        "reintegration": ", ".join(word(codes.REINTEGRATION, each.kind) for each in row.reintegration),
    }


def word(words: Mapping[str, Any], code: str | None) -> str:
    """Return the label of a code; the code itself where it has none."""
    return str(words.get(code, code)) if code else ""


def age(value: Age | None) -> str:
    """Return an age as one says it: « 12 ans », « env. 9 ans », « 14 mois »."""
    if value is None:
        return ""
    if not value.to_the_year and value.months < 24:
        text = ngettext("%(count)d mois", "%(count)d mois", value.months) % {"count": value.months}
    else:
        text = ngettext("%(count)d an", "%(count)d ans", value.years) % {"count": value.years}
    return _("env. {age}").format(age=text) if value.estimated else text


def origin(row: ReadRow) -> str:
    """Return the place of origin as it was resolved, else as it was written."""
    if row.origin is None:
        return ""
    return gazetteer.name(row.origin.pcode) if row.origin.pcode else row.origin.written
