"""One row of a register as it would become a person, with what was not understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from mafaka.registers.ages import parse_age
from mafaka.registers.choices import (
    Places,
    Support,
    parse_brought_by,
    parse_country,
    parse_forms,
    parse_needs,
    parse_place,
    parse_reintegration,
)
from mafaka.registers.columns import Column, Mapping
from mafaka.registers.names import clean, parse_name
from mafaka.registers.order import order_note
from mafaka.registers.values import Age, Parsed, parse_date, parse_sex
from mafaka.workbooks.workbook import Cell, Line

if TYPE_CHECKING:
    from mafaka.locations.gazetteer import Resolution

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of a row; a `blocking` one must be settled before the row can be imported."""

    field: str
    written: str
    sentence: str
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the register. Empty texts, None and "unknown" say that nothing is known.

    `raw` keeps all that was written, header -> text; `others` the part of it that is no field of ours.
    """

    row_number: int
    number: str = ""
    arrived_on: date | None = None
    name: str = ""
    own_name: str = ""
    father: str = ""
    mother: str = ""
    sex: str = "unknown"
    age: Age | None = None
    nationality: str | None = None
    origin: Resolution | None = None
    village: str = ""
    phone: str = ""
    returned_from: str | None = None
    brought_by: str | None = None
    forms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    left_on: date | None = None
    reintegration: tuple[Support, ...] = ()
    remarks: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def blocked(self) -> bool:
        """Whether somebody must decide something before this row can become a person."""
        return any(problem.blocking for problem in self.problems)


def read_line(line: Line, mapping: Mapping, places: Places, today: date | None) -> ReadRow:
    """Read one line of the sheet; whatever it holds, a row comes out."""
    return _RowReader(line, mapping, places, today).read()


class _RowReader:
    """Reads the cells of one line and gathers what there is to say about them."""

    def __init__(self, line: Line, mapping: Mapping, places: Places, today: date | None) -> None:
        self.line, self.mapping, self.places, self.today = line, mapping, places, today
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def read(self) -> ReadRow:
        name, own_name = self._name()
        arrived_on = self._take("arrived_on", self._date)
        if arrived_on is None:
            self._block("arrived_on", _("La date d’arrivée manque."))
        sex = self._take("sex", parse_sex) or "unknown"
        if note := order_note(name, sex):
            self.notes.append(note)
        left_on = self._departure(arrived_on)
        self._say_merged_and_hidden()
        # Problems and notes come last: they are gathered while the other values are read, in this order.
        return ReadRow(
            self.line.number,
            arrived_on=arrived_on,
            name=name,
            own_name=own_name,
            sex=sex,
            left_on=left_on,
            number=self._text("number"),
            father=self._take("father", parse_name) or "",
            mother=self._take("mother", parse_name) or "",
            age=self._take("age", parse_age),
            nationality=self._take("nationality", parse_country),
            origin=self._take("origin", lambda value: parse_place(value, self.places)),
            village=self._text("village"),
            phone=self._text("phone"),
            returned_from=self._take("returned_from", parse_country),
            brought_by=self._take("brought_by", parse_brought_by),
            forms=self._take("forms", parse_forms) or (),
            needs=self._take("needs", parse_needs) or (),
            reintegration=self._take("reintegration", parse_reintegration) or (),
            remarks=self._text("remarks"),
            raw=self._raw(self.mapping.columns),
            others=self._raw(tuple(column for column in self.mapping.columns if column.field is None)),
            problems=tuple(self.problems),
            notes=tuple(self.notes),
        )

    def _name(self) -> tuple[str, str]:
        """The full name and, when a column holds it, the person's own name."""
        name = self._take("name", parse_name) or ""
        own_name = self._take("own_name", parse_name) or ""
        if own_name and not set(own_name.split()) <= set(name.split()):
            name = f"{own_name} {name}".strip()
        if not name:
            self._block("name", _("Le nom manque."))
        return name, own_name

    def _departure(self, arrived_on: date | None) -> date | None:
        left_on = self._take("left_on", self._date)
        if arrived_on and left_on and left_on < arrived_on:
            sentence = _("La sortie est avant l’arrivée : la date de sortie n’est pas reprise.")
            self._complain("left_on", sentence)
            return None
        return left_on

    def _date(self, value: Any) -> Parsed[date | None]:
        return parse_date(value, latest=self.today)

    def _cells(self, field: str) -> list[Cell]:
        cells = [self.line.cells[column.index] for column in self.mapping.columns_of(field)]
        return [cell for cell in cells if cell.merged != "across"]

    def _written(self, field: str) -> str:
        return " ".join(cell.text.strip() for cell in self._cells(field) if cell.text.strip())

    def _take(self, field: str, parse: Callable[[Any], Parsed[T]]) -> T | None:
        """Parse the cell of a field, or its cells joined, and keep what is said about it."""
        cells = self._cells(field)
        for cell in cells:
            if cell.problem:
                self._complain(field, cell.problem)
        sound = [cell for cell in cells if not cell.problem and cell.text.strip()]
        if not sound:
            return None
        separator = " " if field == "name" else ", "
        found = parse(
            sound[0].value if len(sound) == 1 else separator.join(cell.text.strip() for cell in sound)
        )
        if found.problem:
            self._complain(field, found.problem)
        if found.note:
            self.notes.append(found.note)
        return found.value

    def _text(self, field: str) -> str:
        """The cleaned text of a field that is kept as it is."""
        for cell in self._cells(field):
            if cell.problem:
                self._complain(field, cell.problem)
        return clean(self._written(field))[0]

    def _complain(self, field: str, sentence: str) -> None:
        self.problems.append(Problem(field, self._written(field), sentence))

    def _block(self, field: str, sentence: str) -> None:
        """Make what is already said about a field blocking, or say the sentence."""
        said = [problem for problem in self.problems if problem.field == field]
        self.problems = [problem for problem in self.problems if problem.field != field]
        for problem in said or [Problem(field, self._written(field), sentence)]:
            self.problems.append(Problem(field, problem.written, problem.sentence, blocking=True))

    def _say_merged_and_hidden(self) -> None:
        merged = [c.header for c in self.mapping.columns if self.line.cells[c.index].merged == "down"]
        if merged:
            self.notes.append(
                _("Repris d’une cellule fusionnée : {columns}.").format(columns=", ".join(merged))
            )
        if self.line.hidden:
            self.notes.append(_("Cette ligne est masquée dans le classeur."))

    def _raw(self, columns: tuple[Column, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in columns:
            cell = self.line.cells[column.index]
            if cell.text.strip() and cell.merged != "across":
                header = column.header if column.header not in found else f"{column.header} ({column.letter})"
                found[header] = cell.text
        return found
