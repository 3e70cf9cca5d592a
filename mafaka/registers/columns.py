"""Which row of the sheet holds the headers, and which column is which field. A guess that a person can correct."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mafaka.registers.codes import FIELDS
from mafaka.registers.headers import header_key, likely_fields
from mafaka.registers.values import parse_date
from mafaka.workbooks.package import UnreadableWorkbook
from mafaka.workbooks.survey import column_letters
from mafaka.workbooks.workbook import TITLE_ROOM, Book, Grid, Line

# These may be spread over several columns, read one after the other.
SEVERAL = frozenset({"name", "forms", "needs", "reintegration", "remarks"})
NEEDED = ("name", "arrived_on")
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet; without a `field` its content is kept beside the person, never dropped."""

    index: int  # from 0
    letter: str
    header: str
    key: str
    field: str | None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where the headers are (row numbers of the sheet) and what each column holds."""

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which a register cannot be imported and that no column holds."""
        held = {column.field for column in self.columns}
        return tuple(
            field for field in NEEDED if field not in held and not (field == "name" and "own_name" in held)
        )

    @property
    def clashes(self) -> tuple[str, ...]:
        """Fields given to two columns although they can only be in one."""
        held = [column.field for column in self.columns if column.field and column.field not in SEVERAL]
        return tuple(field for field in FIELDS if held.count(field) > 1)

    def columns_of(self, field: str) -> tuple[Column, ...]:
        """The columns that hold a field, in the order of the sheet."""
        return tuple(column for column in self.columns if column.field == field)

    def corrected(self, choices: Map[str, str]) -> Mapping:
        """The same with a person's choices, letter of the column -> field ("" for none); raises ValueError."""
        unknown = set(choices.values()) - FIELDS.keys() - {""}
        strange = choices.keys() - {column.letter for column in self.columns}
        if unknown or strange:
            raise ValueError(sorted(unknown | strange))
        chosen = (replace(c, field=choices.get(c.letter, c.field or "") or None) for c in self.columns)
        return replace(self, columns=tuple(chosen))

    def to_json(self) -> dict[str, str]:
        """What to keep for the next register of the same form: header -> field."""
        return {column.key: column.field or "" for column in self.columns}


def best_sheet(book: Book) -> str:
    """The sheet that looks most like a register: most headers known, then most rows; hidden ones last."""

    def likeness(place: int) -> tuple[bool, int, int, int]:
        sheet = book.sheets[place]
        found = _header_rows(book.grid(sheet.name, first=TITLE_ROOM))
        return (not sheet.hidden, found[0] if found else 0, sheet.filled_rows, -place)

    return book.sheets[max(range(len(book.sheets)), key=likeness)].name


def guess(grid: Grid, *, known: Map[str, str] | None = None) -> Mapping:
    """Find the headers and what they mean; `known` is a mapping kept from before (`Mapping.to_json`) and wins.

    Raises UnreadableWorkbook when no row looks like headers.
    """
    found = _header_rows(grid, known)
    if found is None:
        sentence = _(
            "Dans la feuille « {sheet} », aucune ligne ne porte les titres des colonnes (« Nom », « Date d’entrée »…). "
            "Écrivez-les au-dessus des données, puis recommencez."
        )
        raise UnreadableWorkbook(sentence.format(sheet=grid.sheet))
    _score, lines = found
    columns = _columns(grid, lines)
    fields = _assign([column.key for column in columns], known)
    return Mapping(
        header_rows=tuple(line.number for line in lines),
        columns=tuple(replace(c, field=field) for c, field in zip(columns, fields, strict=True)),
    )


def _header_rows(grid: Grid, known: Map[str, str] | None = None) -> tuple[int, list[Line]] | None:
    """The one or two lines whose texts name most fields, with how many they name."""
    best: tuple[int, list[Line]] | None = None
    for place, line in enumerate(grid.lines[:TITLE_ROOM]):
        following = [after for after in grid.lines[place + 1 : place + 2] if after.number == line.number + 1]
        for lines in ([line], [line, *following]):
            if any(_looks_like_data(each) for each in lines) or (lines[1:] and _is_title(line)):
                continue
            keys = _unique([header_key(text) for text in _header_texts(lines, grid.width)])
            named = sum(field is not None for field in _assign(keys, known))
            if named >= 2 and (best is None or named > best[0]):
                best = (named, lines)
    return best


def _is_title(line: Line) -> bool:
    """Whether one text stands alone in a line of several cells, merged across them or not."""
    filled = sum(bool(cell.text.strip()) and cell.merged != "across" for cell in line.cells)
    return filled < 2 < len(line.cells)


def _looks_like_data(line: Line) -> bool:
    return any(
        isinstance(cell.value, (date, int, float)) or parse_date(cell.text).value is not None
        for cell in line.cells
    )


def _header_texts(lines: list[Line], width: int) -> list[str]:
    """One header per column; over two lines the group comes first ("Entrée" above "Date"); titles are left out."""
    texts = []
    for column in range(width):
        parts = []
        for line in lines:
            text = line.cells[column].text.strip()
            if text and text not in parts and not _is_title(line):
                parts.append(" ".join(text.split()))
        texts.append(" ".join(parts))
    return texts


def _columns(grid: Grid, lines: list[Line]) -> list[Column]:
    texts = _header_texts(lines, grid.width)
    keys = _unique([header_key(text) for text in texts])
    last = lines[-1].number
    found = []
    for index, (text, key) in enumerate(zip(texts, keys, strict=True)):
        below = (line.cells[index].text.strip() for line in grid.lines if line.number > last)
        samples = tuple(dict.fromkeys(sample for sample in below if sample))[:SAMPLES]
        if text or samples:
            letter = column_letters(index + 1)
            header = text or _("Colonne {letter}").format(letter=letter)
            found.append(Column(index, letter, header, key or f"colonne {letter.lower()}", None, samples))
    return found


def _unique(keys: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    named = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        named.append(f"{key} {seen[key]}" if key and seen[key] > 1 else key)
    return named


def _assign(keys: list[str], known: Map[str, str] | None) -> list[str | None]:
    """Give each column the field that its header names best, each field once unless it may be spread."""
    fields: list[str | None] = [None] * len(keys)
    decided = {place for place, key in enumerate(keys) if key and key in (known or {})}
    for place in decided:
        field = (known or {})[keys[place]]
        fields[place] = field if field in FIELDS else None
    offers = [
        (-score, place, field)
        for place, key in enumerate(keys)
        if place not in decided
        for field, score in likely_fields(key).items()
    ]
    for _score, place, field in sorted(offers):
        again = (
            field in SEVERAL and field != "name"
        )  # a second name is a guardian's: only a person can say otherwise
        if fields[place] is None and (again or field not in fields):
            fields[place] = field
    return fields


def as_known(kept: Any) -> dict[str, str]:
    """A mapping kept as JSON, without what this version does not know."""
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {str(key): field for key, field in pairs if field == "" or field in FIELDS}
