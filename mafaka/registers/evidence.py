"""What a register itself says for or against two of its rows being one person, in bits, and in words.

Evidence is log2(m / u): m is how often one person written twice agrees (our own estimate), u how often any two rows
of this very file would. A disagreement weighs little: the second time, people were asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from django.utils.translation import gettext as _

from mafaka.locations.countries import COUNTRIES
from mafaka.registers import codes
from mafaka.registers.readrow import ReadRow

CLOSE_DAYS = 7  # two entries of one arrival: written at the gate, then in the office

# Field -> (m, bits when both are known and differ).
_FIELDS = {
    "left_on": (0.8, -3.0),
    "brought_by": (0.9, -2.0),
    "returned_from": (0.9, -2.0),
    "nationality": (0.95, -3.0),
    "needs": (0.7, -1.0),
    "forms": (0.8, -1.0),
}
_ARRIVAL_M = 0.9
_SEPARATE_STAYS = -3.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for (`agrees`) or against two rows being one person; `weight` in bits."""

    field: str
    sentence: str
    agrees: bool
    weight: float


class Register:
    """How common each value is in this file: a shared rare exit date says more than a shared country."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        self.counts = {name: Counter(filter(None, (_value(row, name) for row in rows))) for name in _FIELDS}
        self.days = sorted(row.arrived_on for row in rows if row.arrived_on)

    def signs(self, a: ReadRow, b: ReadRow) -> list[Sign]:
        """Everything but names, age, sex and place, which the name engine weighs."""
        found = [sign for name in _FIELDS if (sign := self._compare(name, a, b))]
        return [*self._arrivals(a, b), *found]

    def _compare(self, name: str, a: ReadRow, b: ReadRow) -> Sign | None:
        one, other = _value(a, name), _value(b, name)
        if not one or not other:
            return None
        often, against = _FIELDS[name]
        if one != other:
            return Sign(name, _differ(name, a, b), agrees=False, weight=against)
        counts = self.counts[name]
        chance = counts[one] / max(1, counts.total())
        return Sign(name, _same(name, a), agrees=True, weight=max(0.0, log2(often / chance)))

    def _arrivals(self, a: ReadRow, b: ReadRow) -> list[Sign]:
        if not a.arrived_on or not b.arrived_on:
            return []
        gap = abs((a.arrived_on - b.arrived_on).days)
        if gap <= CLOSE_DAYS:
            near = sum(abs((day - a.arrived_on).days) <= CLOSE_DAYS for day in self.days)
            weight = max(0.0, log2(_ARRIVAL_M * len(self.days) / near))
            return [Sign("arrived_on", _days_apart(gap), agrees=True, weight=weight)]
        if separate(a, b):
            return [
                Sign("arrived_on", _("Le premier séjour était fini."), agrees=False, weight=_SEPARATE_STAYS)
            ]
        return []


def separate(a: ReadRow, b: ReadRow) -> bool:
    """Whether one stay had ended before the other began: at most one person who came back, not one written twice."""
    first, second = sorted((a, b), key=lambda row: row.arrived_on or date.max)
    return bool(first.left_on and second.arrived_on and first.left_on < second.arrived_on)


def _value(row: ReadRow, name: str) -> Hashable:
    value: Any = getattr(row, name)
    return frozenset(value) if isinstance(value, tuple) else value


def _shown(row: ReadRow, name: str) -> str:
    value: Any = getattr(row, name)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    words: dict[str, Any] = {
        "brought_by": codes.BROUGHT_BY,
        "returned_from": COUNTRIES,
        "nationality": COUNTRIES,
        "needs": codes.NEEDS,
        "forms": codes.FORMS,
    }[name]
    return ", ".join(str(words[code]) for code in ([value] if isinstance(value, str) else value))


def _same(name: str, row: ReadRow) -> str:
    return _("{field} : {value} des deux côtés.").format(field=codes.FIELDS[name], value=_shown(row, name))


def _differ(name: str, a: ReadRow, b: ReadRow) -> str:
    return _("{field} : {one} d’un côté, {other} de l’autre.").format(
        field=codes.FIELDS[name], one=_shown(a, name), other=_shown(b, name)
    )


def _days_apart(gap: int) -> str:
    if gap == 0:
        return _("Arrivées le même jour.")
    return (
        _("Arrivées à un jour d’écart.")
        if gap == 1
        else _("Arrivées à {days} jours d’écart.").format(days=gap)
    )
