"""Each row of a register as it would become a person: what was understood, and in words what was not.

A row never disappears: it is read, or it is listed as skipped with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mafaka.registers.choices import Places
from mafaka.registers.columns import Mapping
from mafaka.registers.headers import header_key
from mafaka.registers.readrow import ReadRow, read_line
from mafaka.workbooks.workbook import Grid, Line

_NAMES = {"name", "own_name"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no person, and why."""

    row_number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows below the headers: people, rows that are none, and how many were blank."""

    rows: tuple[ReadRow, ...]
    skipped: tuple[Skipped, ...]
    blank: int


def read(grid: Grid, mapping: Mapping, *, places: Places, today: date | None = None) -> Reading:
    """Read every row below the headers. Dates after `today` are refused when it is given."""
    first = max(mapping.header_rows, default=0) + 1
    lines = [line for line in grid.lines if line.number >= first]
    rows: list[ReadRow] = []
    skipped: list[Skipped] = []
    for line in lines:
        reason = _no_person(line, mapping)
        if reason:
            text = " | ".join(
                cell.text.strip() for cell in line.cells if cell.text.strip() and not cell.merged
            )
            skipped.append(Skipped(line.number, text, reason))
        else:
            rows.append(read_line(line, mapping, places, today))
    last = lines[-1].number if lines else first - 1
    return Reading(tuple(rows), tuple(skipped), last - first + 1 - len(lines))


def _no_person(line: Line, mapping: Mapping) -> str | None:
    """Why a line is not a person, if it is not: headers again, a total, a title, a number alone."""
    filled = [
        (column, cell)
        for column in mapping.columns
        if (cell := line.cells[column.index]) and not cell.merged and (cell.text.strip() or cell.problem)
    ]
    words = [(column, header_key(cell.text).split()) for column, cell in filled]
    again = sum(bool(said) and set(said) <= set(column.key.split()) for column, said in words)
    if again >= 3 and again * 2 > len(filled):
        return _("En-têtes répétés.")
    total = [column for column, said in words if said[:1] in (["total"], ["totaux"])]
    if total and not any(column.field in _NAMES for column, _said in words if column not in total):
        return _("Ligne de total.")
    if all(column.field == "number" and cell.text.strip().isdigit() for column, cell in filled):
        return _("Ligne sans autre contenu que son numéro.")
    alone = len(filled) == 1 and filled[0][0].field not in _NAMES
    return _("Titre ou note au milieu du tableau.") if alone else None


def fingerprint(row: ReadRow, occurrence: int = 1) -> str:
    """A canonical text of what the row says, the same wherever it stands in the file and whoever mapped its columns.

    Holds the row's content in clear: to be keyed and hashed before it is stored.
    """
    content = sorted((header_key(header), " ".join(text.split())) for header, text in row.raw.items())
    return json.dumps([content, occurrence], ensure_ascii=False, separators=(",", ":"))


def fingerprints(rows: Iterable[ReadRow]) -> tuple[str, ...]:
    """One fingerprint per row, all different: the second of two equal rows is its second occurrence."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        first = fingerprint(row)
        seen[first] = seen.get(first, 0) + 1
        found.append(fingerprint(row, seen[first]))
    return tuple(found)
