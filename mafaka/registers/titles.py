"""Which centre a register says it is from: its title, for an installation that has no centre yet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mafaka.locations import gazetteer
from mafaka.registers.columns import best_sheet, guess
from mafaka.registers.names import clean
from mafaka.workbooks.workbook import open_book

FALLBACK = "CTR"
_DASH = re.compile(r"\s+[-–—]\s+|\s*,\s*")


@dataclass(frozen=True)
class ProposedCentre:
    """A centre as a register's title names it; `region` is a P-code, or empty."""

    code: str
    name: str
    region: str
    is_fictitious: bool


def read_centre(content: bytes) -> ProposedCentre:
    """Read the lines above the headers: « CENTRE D'ACCUEIL … – ZINDER » gives ZIN and the region of Zinder.

    Raises:
        UnreadableWorkbook: with a sentence that says what to do.
    """
    book = open_book(content)
    grid = book.grid(best_sheet(book))
    first = min(guess(grid).header_rows)
    titles = [
        clean(cell.text)[0] for line in grid.lines if line.number < first for cell in line.cells if cell.text
    ]
    fictitious = any("fictif" in title.lower() or "fictiv" in title.lower() for title in titles)
    named = next((title for title in titles if title.lower().startswith("centre")), "")
    parts = _DASH.split(named)
    place = gazetteer.resolve(parts[-1]) if len(parts) > 1 else None
    if place is None or place.pcode is None:
        return ProposedCentre(FALLBACK, _("Centre d’accueil"), "", fictitious)
    town = gazetteer.name(place.pcode).removeprefix("Ville de ")
    name = f"{', '.join(parts[:-1]).capitalize()}, {town}".replace("'", "’")
    return ProposedCentre(_code(town), name[:100], gazetteer.region_of(place.pcode), fictitious)


def _code(town: str) -> str:
    """The first three letters of a town, as in ZIN for Zinder."""
    plain = unicodedata.normalize("NFKD", town).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z]", "", plain.upper())[:3] or FALLBACK
