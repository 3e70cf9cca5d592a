"""What the rows of a register will become, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mafaka.exchange.reading import Register
from mafaka.registers.codes import FIELDS
from mafaka.registers.readrow import Problem, ReadRow
from mafaka.registers.words import of_row


@dataclass(frozen=True)
class Becoming:
    """What one row will become: `fate` is new, already, aside, or line (nobody's)."""

    number: int
    fate: str
    name: str
    details: list[tuple[str, str]]
    problems: Sequence[Problem]
    notes: Sequence[str]
    others: Sequence[tuple[str, str]]
    reason: str = ""


@dataclass(frozen=True)
class Preview:
    """All rows of a register with what they will become."""

    name: str
    rows: list[Becoming]
    people: int
    already: int
    aside: int
    problems: int


SHOWN = ("sex", "age", "arrived_on", "left_on", "origin", "village", "nationality", "returned_from", "brought_by",
         "forms", "needs", "reintegration")  # fmt: skip

PLAIN = frozenset({"sex", "age", "forms", "needs"})


def foresee(register: Register, done: Collection[str]) -> Preview:
    """Say what each row will become; `done` are the fingerprints of those imported before."""
    rows = [
        _becoming(row, already=mark in done) for row, mark in zip(register.rows, register.marks, strict=True)
    ]
    lines = [
        Becoming(line.row_number, "line", "", [], (), (), [("", line.text)], line.reason)
        for line in register.skipped
    ]
    fates = [row.fate for row in rows]
    return Preview(
        name=register.name,
        rows=sorted(rows + lines, key=lambda row: row.number),
        people=fates.count("new"),
        already=fates.count("already"),
        aside=fates.count("aside") + len(lines),
        problems=sum(bool(row.problems) for row in rows),
    )


def _becoming(row: ReadRow, *, already: bool) -> Becoming:
    texts = of_row(row)
    return Becoming(
        number=row.row_number,
        fate="already" if already else "aside" if row.blocked else "new",
        name=row.name,
        details=[(label(name), texts[name]) for name in SHOWN if texts[name]],
        problems=row.problems,
        notes=row.notes,
        others=list(row.others.items()),
    )


def label(name: str) -> str:
    """Return what a detail is called, where it does not speak for itself."""
    return "" if name in PLAIN else str(FIELDS[name])
