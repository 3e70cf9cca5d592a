"""Reads of exchange: registers, what their rows will become, who may be twice in them, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.queries import names_of
from mafaka.exchange import pairs, words
from mafaka.exchange.foresight import Preview, foresee
from mafaka.exchange.models import Batch, ImportedRow
from mafaka.exchange.reading import Register, of_batch
from mafaka.organisations.queries import centres
from mafaka.people import queries as people
from mafaka.registers import titles
from mafaka.registers.codes import FIELDS
from mafaka.registers.columns import Column
from mafaka.registers.readrow import ReadRow
from mafaka.registers.words import of_row
from mafaka.vault import safe
from mafaka.vault.models import Compartment
from mafaka.vault.purposes import Purpose

ACT = "exchange.import"
State = Batch.State
FIELD_NAMES = FIELDS


class NotFound(Http404):
    """There is no such register for this person."""


def _mine(by: Any) -> Any:
    """The registers of this person's centre, or of all; none for who may not import, or not read names."""
    if not (policy.may(by, ACT) and policy.may_open(by, Compartment.IDENTITY)):
        return Batch.objects.none()
    chosen = Batch.objects.select_related("centre").defer("sealed")
    return chosen.filter(centre_id=by.centre_id) if by.centre_id else chosen


def find(batch_id: UUID, *, by: Any, state: str = "") -> Batch:
    """Return one register that this person may import.

    Raises:
        NotFound: no such register, not in this `state`, or not for this person.
    """
    chosen = _mine(by).filter(state=state) if state else _mine(by)
    try:
        return chosen.get(pk=batch_id)
    except Batch.DoesNotExist as error:
        raise NotFound from error


@dataclass(frozen=True)
class Line:
    """One register in the list; its file name is not opened for that."""

    id: UUID
    state: str
    label: str
    centre: str
    uploaded_at: datetime
    actor: str
    counts: dict[str, Any]


def batches(*, by: Any, limit: int = 50) -> list[Line]:
    """Return the registers handed over so far, newest first."""
    found = list(_mine(by).order_by("-created_at")[:limit])
    names = names_of({batch.actor for batch in found}, by=by)
    return [
        Line(
            batch.pk, batch.state, batch.get_state_display(), batch.centre.name, batch.created_at,
            names.get(batch.actor, "Mafaka"), batch.counts,
        )
        for batch in found
    ]  # fmt: skip


def proposed_centre(content: bytes, *, by: Any) -> titles.ProposedCentre:
    """Return the centre that a register's title names, for an installation that has none.

    Raises:
        UnreadableWorkbook: with a sentence that says what to do.
    """
    return titles.read_centre(content)


@dataclass(frozen=True)
class Settling:
    """The columns of a register, to be settled."""

    name: str
    sheets: tuple[str, ...]
    sheet: int
    header_rows: tuple[int, ...]
    columns: Sequence[Column]
    rows: int


def settling(batch: Batch, *, by: Any, at: datetime) -> Settling:
    """Open a register for its columns to be settled (one journal entry)."""
    register = of_batch(batch, by=by, at=at)
    columns = register.columns
    return Settling(
        register.name,
        register.sheets,
        register.sheet,
        columns.header_rows,
        columns.columns,
        len(register.rows),
    )


def preview(batch: Batch, *, by: Any, at: datetime) -> Preview:
    """Open a register and say what each of its rows will become (one journal entry)."""
    register = of_batch(batch, by=by, at=at)
    return foresee(register, pairs.imported(register, batch.centre).keys())


@dataclass(frozen=True)
class Asked:
    """A pair as it is put to a person: two records side by side, and what speaks for and against."""

    key: str
    row: int
    other: int | str
    first: str
    second: str
    compared: list[tuple[str, str, str, str]]
    probable: bool
    score: float
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    mergeable: bool
    decided: bool | None


def suspected(batch: Batch, *, by: Any, at: datetime) -> list[Asked]:
    """Return the pairs of rows, then the rows and known people, that may be one person; the surest first.

    Known people are only those whose case `by` may see.
    """
    register = of_batch(batch, by=by, at=at)
    known = pairs.with_known(register, batch.centre, by=by, at=at)
    names = (
        people.identities({pair.case.person_id for pair in known}, by=by, at=at, purpose=Purpose.IMPORT)
        if known
        else {}
    )
    with_rows = [_asked(register, pair, {}) for pair in pairs.within(register, batch.centre)]
    return with_rows + [_asked(register, pair, names) for pair in known]


def _asked(register: Register, pair: pairs.Pair, names: dict[UUID, Any]) -> Asked:
    row = register.rows[pair.place]
    here = of_row(row)
    if pair.case is None:
        beside = register.rows[pair.other or 0]
        other: int | str = beside.row_number
        heading, there = _heading(beside), of_row(beside)
    else:
        other = heading = pair.case.reference
        there = words.of_case(pair.case, names.get(pair.case.person_id))
    return Asked(
        key=f"{row.row_number}-{other}", row=row.row_number, other=other, first=heading, second=_heading(row),
        compared=words.compared(there, here), probable=pair.probable, score=pair.score, reasons=pair.reasons,
        conflicts=pair.conflicts, mergeable=pair.mergeable, decided=pair.decided,
    )  # fmt: skip


def _heading(row: ReadRow) -> str:
    heading = _("Ligne {row}").format(row=row.row_number)
    return _("{line}, n° {number}").format(line=heading, number=row.number) if row.number else heading


@dataclass(frozen=True)
class Kept:
    """A row as it was kept: where it stood, word for word, and what was said of it."""

    number: int
    reference: str
    merged: bool
    imported_at: datetime
    raw: list[tuple[str, str]]
    problems: list[tuple[str, str, str]]
    notes: list[str]
    differences: list[str]
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What came of a register; people and merged rows by case, rows kept aside word for word."""

    name: str
    centre: str
    imported_at: datetime | None
    counts: dict[str, Any]
    people: list[tuple[int, str]]
    merged: list[Kept] = field(default_factory=list)
    aside: list[Kept] = field(default_factory=list)


def outcome(batch: Batch, *, by: Any, at: datetime) -> Outcome:
    """Open the account of an import: the rows that became nobody new, with their reasons (one journal entry)."""
    rows = list(batch.rows.select_related("case", "batch").order_by("number"))
    told = [row for row in rows if row.case is None or row.merged]
    batch = Batch.objects.select_related("centre").get(pk=batch.pk)
    contents = safe.open([batch, *told], by=by, at=at, purpose=Purpose.IMPORT)
    kept = [_kept(row, contents.get(row.pk, {})) for row in told]
    return Outcome(
        name=contents.get(batch.pk, {}).get("name", ""),
        centre=batch.centre.name,
        imported_at=batch.imported_at,
        counts=batch.counts,
        people=[(row.number, row.case.reference) for row in rows if row.case and not row.merged],
        merged=[row for row in kept if row.reference],
        aside=[row for row in kept if not row.reference],
    )


def _kept(row: ImportedRow, content: dict[str, Any]) -> Kept:
    return Kept(
        number=row.number,
        reference=row.case.reference if row.case else "",
        merged=row.merged,
        imported_at=row.created_at,
        raw=[(header, text) for header, text in content.get("raw", [])],
        problems=[
            (str(FIELDS.get(name, name)), text, said) for name, text, said in content.get("problems", [])
        ],
        notes=content.get("notes", []),
        differences=content.get("differences", []),
        reason=content.get("reason", ""),
    )


def register_rows(case: Any, *, by: Any, at: datetime, name_shown: bool) -> list[Kept]:
    """Return the rows of registers that speak of a case's person: word for word only once the name is shown.

    Nothing for who may not read the case, or not open identities.
    """
    if not (policy.allows(by, "cases.read", case) and policy.may_open(by, Compartment.IDENTITY)):
        return []
    rows = list(ImportedRow.objects.filter(case=case).select_related("case").order_by("created_at", "number"))
    opened = rows if name_shown else []
    contents = safe.open(opened, by=by, at=at, purpose=Purpose.CASE_WORK, case=case)
    return [_kept(row, contents.get(row.pk, {})) for row in rows]


def centres_of(*, by: Any) -> list[Any]:
    """Return the centres into which this person may import."""
    return centres(by=by) if policy.may(by, ACT) else []
