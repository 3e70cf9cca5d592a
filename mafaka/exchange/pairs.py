"""Who may be written down twice, and what was decided of it: pairs of rows, and rows beside people already known.

Nothing merges here. A suspicion becomes a merging only through a person's decision, never against the sexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mafaka.cases import queries as cases
from mafaka.exchange.labels import LIKENESSES
from mafaka.exchange.models import Decision, ImportedRow
from mafaka.exchange.reading import Register
from mafaka.matching.entry import Entry, Suggestion
from mafaka.people import queries as people
from mafaka.registers.readrow import ReadRow
from mafaka.registers.repeats import Repeat, Strength

# Bits above which a row and a person already known are more likely one than not, with room to spare (8 to 1).
STRONG = 3.0
BOTH = {"male", "female"}


@dataclass(frozen=True)
class Pair:
    """A row (`place`) that may speak of another row (`other`), or of the person of a `case`.

    `decided`: True same person, False two people, None not yet. `mergeable` is False when the sexes differ.
    """

    place: int
    other: int | None
    case: Any
    score: float
    probable: bool
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    mergeable: bool
    decided: bool | None


def imported(register: Register, centre: Any) -> dict[str, ImportedRow]:
    """Return the rows of this register that became people in an earlier import, by fingerprint."""
    rows = ImportedRow.objects.filter(centre=centre, case__isnull=False, fingerprint__in=register.marks)
    return {row.fingerprint: row for row in rows.select_related("case__fact").defer("sealed")}


def decisions(register: Register, centre: Any) -> list[Decision]:
    """Return what was decided so far of the rows of this register, in earlier uploads too."""
    return list(Decision.objects.filter(centre=centre, row__in=register.marks).select_related("case__fact"))


def within(register: Register, centre: Any) -> list[Pair]:
    """Return the pairs of rows of this register that may be one person, the surest first.

    Pairs of which both rows were imported already are settled, and left out.
    """
    done = imported(register, centre)
    said = {(each.row, each.other): each.same for each in decisions(register, centre)}
    return [
        _pair_of_rows(register, repeat, said)
        for repeat in register.repeats
        if not (register.marks[repeat.first] in done and register.marks[repeat.second] in done)
    ]


def _pair_of_rows(register: Register, repeat: Repeat, said: dict[tuple[str, str], bool]) -> Pair:
    one, other = register.rows[repeat.second], register.rows[repeat.first]
    return Pair(
        place=repeat.second,
        other=repeat.first,
        case=None,
        score=repeat.score,
        probable=repeat.strength is Strength.PROBABLE,
        reasons=repeat.reasons,
        conflicts=repeat.conflicts,
        mergeable={one.sex, other.sex} != BOTH,
        decided=said.get((register.marks[repeat.second], register.marks[repeat.first])),
    )


def with_known(register: Register, centre: Any, *, by: Any, at: datetime) -> list[Pair]:
    """Return the rows that may speak of somebody whose case `by` may see, the surest first."""
    done = imported(register, centre)
    places = [place for place, mark in enumerate(register.marks) if mark not in done]
    entries = [_entry(place, register.rows[place]) for place in places if register.rows[place].name]
    here = set(cases.visible(by).filter(centre=centre).values_list("person_id", flat=True))
    found = people.resembling(entries, by=by, at=at, among=lambda _keys: here)
    strong = {place: [each for each in alike if each.score >= STRONG] for place, alike in found.items()}
    visible = cases.of_people([each.key for alike in strong.values() for each in alike], by=by)
    of_this_file = {row.case_id for row in done.values()}
    said = {(each.row, each.other): each.same for each in decisions(register, centre)}
    pairs = [
        _pair_with_case(register, place, case, suggestion, said)
        for place, alike in strong.items()
        for suggestion in alike
        for case in visible.get(suggestion.key, [])
        if case.centre_id == centre.pk and case.pk not in of_this_file
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.place))


def _entry(place: int, row: ReadRow) -> Entry:
    born = row.age.born_between(row.arrived_on) if row.age and row.arrived_on else None
    return Entry(
        key=place,
        own=(row.name,),
        father=(row.father,) if row.father else (),
        mother=(row.mother,) if row.mother else (),
        village=row.village or None,
        commune=row.origin.pcode if row.origin else None,
        birth_year=born[1].year if born else None,
        sex=row.sex if row.sex in BOTH else None,
    )


def _pair_with_case(
    register: Register, place: int, case: Any, suggestion: Suggestion, said: dict[tuple[str, str], bool]
) -> Pair:
    held = {reason.field for reason in suggestion.reasons if reason.weight > 0}
    against = {reason.field for reason in suggestion.reasons if reason.weight < 0}
    return Pair(
        place=place,
        other=None,
        case=case,
        score=round(suggestion.score, 2),
        probable=False,
        reasons=tuple(str(agree) for field, (agree, _differ) in LIKENESSES.items() if field in held),
        conflicts=tuple(str(differ) for field, (_agree, differ) in LIKENESSES.items() if field in against),
        mergeable={register.rows[place].sex, case.fact.sex} != BOTH,
        decided=said.get((register.marks[place], str(case.pk))),
    )


@dataclass
class Group:
    """Rows decided to be one person, in the order of the sheet, and the cases that this person has already."""

    places: list[int]
    cases: dict[Any, Any]


def groups(register: Register, said: Iterable[Decision], done: dict[str, ImportedRow]) -> list[Group]:
    """Return one group per person: most hold one row; decisions "same" bring rows and cases together."""
    leader = list(range(len(register.rows)))
    place_of = {mark: place for place, mark in enumerate(register.marks)}

    def first(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    same = [each for each in said if each.same]
    for each in same:
        if each.other in place_of:
            one, other = sorted((first(place_of[each.row]), first(place_of[each.other])))
            leader[other] = one
    found = {place: Group([], {}) for place in range(len(leader)) if leader[place] == place}
    for place, mark in enumerate(register.marks):
        group = found[first(place)]
        group.places.append(place)
        if mark in done:
            group.cases[done[mark].case_id] = done[mark].case
    for each in same:
        if each.case is not None:
            found[first(place_of[each.row])].cases.setdefault(each.case_id, each.case)
    return list(found.values())


def sexes(register: Register, group: Group) -> set[str]:
    """Return the known sexes that stand in a group."""
    known = {register.rows[place].sex for place in group.places}
    return (known | {case.fact.sex for case in group.cases.values()}) & BOTH


def held_apart(register: Register, group: Group, said: Sequence[Decision]) -> bool:
    """Whether two of a group were decided to be two people."""
    inside = {register.marks[place] for place in group.places}
    members = inside | {str(case_id) for case_id in group.cases}
    return any(not each.same and each.row in inside and each.other in members for each in said)
