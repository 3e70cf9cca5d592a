"""An uploaded register as it is read with the columns that somebody settled, kept in memory between two pages.

Memory only, for the last few registers: what is written down is sealed (ADR 0011).
"""

from __future__ import annotations

import base64
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mafaka.common.refusals import Refused
from mafaka.exchange.models import Batch
from mafaka.locations import gazetteer
from mafaka.registers.columns import Mapping as Columns
from mafaka.registers.columns import best_sheet, guess
from mafaka.registers.readrow import ReadRow
from mafaka.registers.repeats import Repeat, find_repeats
from mafaka.registers.rows import Skipped, fingerprints, read
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose
from mafaka.workbooks.workbook import Grid, open_book

MOST_KEPT = 3
MARK = "register-row"


class ImportRefused(Refused):
    """The register cannot be imported as asked."""


@dataclass(frozen=True)
class Register:
    """A register read whole: its sheets, its columns, its rows with their fingerprints, lines that are nobody."""

    name: str
    sheets: tuple[str, ...]
    sheet: int
    columns: Columns
    rows: tuple[ReadRow, ...]
    marks: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    skipped_marks: tuple[str, ...]

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """Pairs of rows that may be one person, the surest first. Half a minute for 5,000 rows."""
        return find_repeats(self.rows)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where in `rows` the row of a number stands."""
        return {row.row_number: place for place, row in enumerate(self.rows)}

    def written(self, row: ReadRow, field: str) -> str:
        """What the row says in the columns of a field, word for word."""
        texts = (
            row.raw.get(f"{column.header} ({column.letter})") or row.raw.get(column.header, "")
            for column in self.columns.columns_of(field)
        )
        return " ".join(text.strip() for text in texts if text.strip())


def day_of(at: datetime) -> date:
    """Return the day that it is here at a moment."""
    return at.astimezone(timezone.get_default_timezone()).date()


def read_file(
    content: bytes, *, name: str, sheet: int | None, chosen: Mapping[str, str], today: date
) -> Register:
    """Read a workbook. `sheet` None takes the likeliest one; `chosen` corrects the guess, letter -> field.

    Raises:
        UnreadableWorkbook: with a sentence that says what to do.
    """
    book = open_book(content)
    names = tuple(each.name for each in book.sheets)
    place = names.index(best_sheet(book)) if sheet is None or sheet >= len(names) else sheet
    grid = book.grid(names[place])
    columns = _columns(grid, chosen)
    reading = read(grid, columns, places=gazetteer, today=today)
    return Register(
        name=name,
        sheets=names,
        sheet=place,
        columns=columns,
        rows=reading.rows,
        marks=tuple(safe.mark(MARK, text) for text in fingerprints(reading.rows)),
        skipped=reading.skipped,
        skipped_marks=_marks_of_skipped(reading.skipped),
    )


def _columns(grid: Grid, chosen: Mapping[str, str]) -> Columns:
    columns = guess(grid)
    letters = {column.letter for column in columns.columns}
    return columns.corrected({letter: field for letter, field in chosen.items() if letter in letters})


def _marks_of_skipped(skipped: tuple[Skipped, ...]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    marks = []
    for line in skipped:
        seen[line.text] = seen.get(line.text, 0) + 1
        marks.append(safe.mark(MARK, f"skipped|{seen[line.text]}|{line.text}"))
    return tuple(marks)


def signature(columns: Columns) -> str:
    """Return the keyed mark under which the mapping of a form of register is kept."""
    headers = "\n".join(f"{column.letter} {column.key}" for column in columns.columns)
    return safe.mark("register-headers", headers)


def mapping_of(columns: Columns) -> dict[str, str]:
    """Return a mapping as it is kept: letter -> field, empty for columns that stay beside the person."""
    return {column.letter: column.field or "" for column in columns.columns}


class _Kept:
    """The last registers read in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._registers: OrderedDict[Hashable, Register] = OrderedDict()

    def get(self, key: Hashable) -> Register | None:
        with self._lock:
            if key in self._registers:
                self._registers.move_to_end(key)
            return self._registers.get(key)

    def put(self, key: Hashable, register: Register) -> None:
        with self._lock:
            self._registers[key] = register
            while len(self._registers) > MOST_KEPT:
                self._registers.popitem(last=False)

    def forget(self, batch: Batch) -> None:
        with self._lock:
            for key in [key for key in self._registers if isinstance(key, tuple) and key[0] == batch.pk]:
                del self._registers[key]


KEPT = _Kept()


def of_batch(batch: Batch, *, by: Any, at: datetime) -> Register:
    """Open an uploaded register (one journal entry) and read it with its columns.

    Raises:
        ImportRefused: it was imported or given up, and its file is gone.
    """
    content = safe.open([batch], by=by, at=at, purpose=Purpose.IMPORT).get(batch.pk, {})
    if "file" not in content:
        raise ImportRefused(_("Le fichier de ce registre est effacé. Choisissez-le de nouveau."))
    today = day_of(at)
    key = (batch.pk, batch.sheet, tuple(sorted(batch.mapping.items())), today, get_language())
    if (register := KEPT.get(key)) is None:
        register = read_file(
            base64.b64decode(content["file"]),
            name=content["name"],
            sheet=batch.sheet,
            chosen=batch.mapping,
            today=today,
        )
        KEPT.put(key, register)
    return register
