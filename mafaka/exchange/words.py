"""What a case says, field by field in the words of a register's row: for comparing the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mafaka.locations import gazetteer
from mafaka.locations.countries import COUNTRIES
from mafaka.people import ages
from mafaka.people.names import Identity
from mafaka.registers import codes
from mafaka.registers.words import word
from mafaka.ui.text import short_date

Texts = Mapping[str, str]
COMPARED = (
    "name", "father", "mother", "sex", "age", "arrived_on", "left_on", "origin", "village", "phone", "nationality",
    "returned_from", "brought_by", "forms", "needs",
)  # fmt: skip
# What is not compared with a file: names and places are spelt in many ways, and a person's rows pool what they tell.
SPELT = dict.fromkeys(("name", "father", "mother", "village", "phone", "origin"), "")
POOLED = SPELT | dict.fromkeys(("forms", "needs"), "")


def of_case(case: Any, names: Identity | None) -> dict[str, str]:
    """Return what the file of a case says of its person, in the same fields; names only when they were opened."""
    fact = case.fact
    known = names or Identity()
    on = fact.arrived_on or case.opened_on
    return {
        "name": (known.written or known.display) if names else "",
        "father": known.father_name,
        "mother": known.mother_name,
        "sex": word(codes.SEXES, fact.sex),
        "age": ages.text(fact.birth_earliest, fact.birth_latest, on=on) if fact.birth_latest else "",
        "arrived_on": short_date(fact.arrived_on) if fact.arrived_on else "",
        "left_on": _left_on(case),
        "origin": gazetteer.name(known.commune) if known.commune else known.origin_written,
        "village": known.village,
        "phone": known.phone,
        "nationality": word(COUNTRIES, fact.nationality),
        "returned_from": word(COUNTRIES, fact.returned_from),
        "brought_by": word(codes.BROUGHT_BY, fact.brought_by),
        "forms": ", ".join(word(codes.FORMS, code) for code in fact.forms),
    }


def _left_on(case: Any) -> str:
    ends = [span.left_on for span in case.presences.all() if span.left_on]
    return short_date(max(ends)) if ends else ""


def compared(one: Texts, other: Texts) -> list[tuple[str, str, str, str]]:
    """Return (label, here, there, state) for each field that either knows; state is yes, no or unknown."""
    found = []
    for field in COMPARED:
        here, there = one.get(field, ""), other.get(field, "")
        if here or there:
            state = "unknown" if not (here and there) else "yes" if _same(here, there) else "no"
            found.append((str(codes.FIELDS[field]), here, there, state))
    return found


def _same(here: str, there: str) -> bool:
    """Lists are one when they hold the same, in whatever order."""
    return sorted(here.lower().split(", ")) == sorted(there.lower().split(", "))


def differences(row: Texts, case: Texts) -> list[str]:
    """Say in what a row differs from the file it was added to; what only one of them knows is no difference."""
    return [
        _("{field} : {there} dans le dossier, {here} dans cette ligne.").format(
            field=label, here=here, there=there
        )
        for label, here, there, state in compared(row, case)
        if state == "no"
    ]
