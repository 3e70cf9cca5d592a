"""Small workbooks made in code, and the demonstration register."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import mafaka.exchange
from mafaka.locations import gazetteer
from mafaka.registers.columns import Mapping, best_sheet, guess
from mafaka.registers.rows import Reading, read
from mafaka.workbooks.workbook import Grid, open_book

DEMONSTRATION = Path(mafaka.exchange.__file__).parent / "data" / "registre_zinder_2022.xlsx"
HEADERS = ("N°", "Date d'entrée", "Nom et prénom", "Sexe", "Âge", "Provenance (commune)", "Date de sortie")
ROW = (1, "05/01/2022", "Ali Moustapha", "M", 9, "Kantché", "20/01/2022")


def xlsx(
    *rows: Iterable[Any], sheet: str = "Registre", change: Callable[[Worksheet], None] | None = None
) -> bytes:
    """A workbook of one sheet with these rows from its first row on."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if change:
        change(page)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def edited(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one member rewritten: what a spreadsheet program would write and openpyxl does not."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, change(before.read(name)) if name == member else before.read(name))
    return file.getvalue()


def grid_of(content: bytes, sheet: str | None = None) -> Grid:
    book = open_book(content)
    return book.grid(sheet or best_sheet(book))


def reading_of(content: bytes, mapping: Mapping | None = None) -> Reading:
    grid = grid_of(content)
    return read(grid, mapping or guess(grid), places=gazetteer)


def register(*rows: Sequence[Any], headers: Sequence[str] = HEADERS) -> Reading:
    """What is read from a register with these headers and rows."""
    return reading_of(xlsx(headers, *rows))


@lru_cache(maxsize=1)
def demonstration() -> Reading:
    return reading_of(DEMONSTRATION.read_bytes())
