"""One import under way: person by person, row by row, and the account that is given of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mafaka.exchange import pairs, words
from mafaka.exchange.models import Batch, Decision, ImportedRow
from mafaka.exchange.reading import ImportRefused, Register
from mafaka.exchange.writing import Writer, content_of
from mafaka.registers.codes import FIELDS
from mafaka.registers.columns import Mapping as Columns
from mafaka.registers.words import of_row

Progress = Callable[[int, int], None]


class Merged(NamedTuple):
    """A row added to somebody: to whom (their first row, if in this file), and in what it differs."""

    row: int
    into: int | None
    reference: str
    differences: list[str]


class Aside(NamedTuple):
    """A row that is nobody's, and why."""

    row: int
    sentence: str


@dataclass
class Report:
    """What an import did, by row numbers of the sheet; `people` are those that are new."""

    rows: int
    people: int = 0
    merged: list[Merged] = field(default_factory=list)
    already_imported: list[int] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    problems: int = 0


def require_columns(columns: Columns) -> None:
    """Make sure that a register can be imported with these columns.

    Raises:
        ImportRefused: one is missing without which nobody can be imported, or two claim one field.
    """
    if columns.missing:
        names = ", ".join(f"« {FIELDS[each]} »" for each in columns.missing)
        raise ImportRefused(_("Dites quelle colonne contient : {fields}.").format(fields=names))
    if columns.clashes:
        names = ", ".join(f"« {FIELDS[each]} »" for each in columns.clashes)
        raise ImportRefused(_("Deux colonnes ont reçu le même sens : {fields}.").format(fields=names))


def check(register: Register, group: pairs.Group, said: list[Decision]) -> None:
    """Make sure that a group can be one person.

    Raises:
        ImportRefused: sexes, cases or answers stand against it.
    """
    numbers = ", ".join(str(register.rows[place].row_number) for place in group.places)
    if pairs.sexes(register, group) == pairs.BOTH:
        sentence = _("Lignes {rows} : un garçon et une fille ne sont pas la même personne. Vérifiez le sexe.")
        raise ImportRefused(sentence.format(rows=numbers))
    if len({case.person_id for case in group.cases.values()}) > 1:
        raise ImportRefused(
            _("Lignes {rows} : elles mènent à deux personnes déjà enregistrées.").format(rows=numbers)
        )
    if pairs.held_apart(register, group, said):
        raise ImportRefused(
            _("Lignes {rows} : vos réponses se contredisent. Revoyez-les ensemble.").format(rows=numbers)
        )


class Run:
    """One import under way, person by person."""

    def __init__(self, batch: Batch, register: Register, *, by: Any, at: datetime) -> None:
        self.batch, self.register = batch, register
        self.writer = Writer(batch, register, by=by, at=at)
        self.report = Report(len(register.rows))
        self.done = pairs.imported(register, batch.centre)

    def go(self, progress: Progress | None) -> Report:
        """Write everybody; `progress` is told (rows done, of)."""
        register = self.register
        again = [*register.marks, *register.skipped_marks]
        ImportedRow.objects.filter(centre=self.batch.centre, case=None, fingerprint__in=again).delete()
        said = pairs.decisions(register, self.batch.centre)
        told = 0
        for group in pairs.groups(register, said, self.done):
            check(register, group, said)
            self._import(group)
            told += len(group.places)
            if progress:
                progress(told, len(register.rows))
        for line, mark in zip(register.skipped, register.skipped_marks, strict=True):
            self._aside(line.row_number, mark, line.reason, {"raw": [("", line.text)]})
        self.writer.save_rows()
        self.report.aside.sort()
        self.report.merged.sort()
        return self.report

    def _import(self, group: pairs.Group) -> None:
        rows, marks = self.register.rows, self.register.marks
        old = [place for place in group.places if marks[place] in self.done]
        self.report.already_imported += [rows[place].row_number for place in old]
        fresh = [place for place in group.places if marks[place] not in self.done]
        self.report.problems += sum(len(rows[place].problems) for place in fresh)
        case = next(iter(group.cases.values()), None)
        if case is None:
            self._newcomer(fresh)
            return
        into = rows[old[0]].row_number if old else None
        for place in fresh:
            differences = self.writer.add(case, rows[place])
            self._merge(place, case, into, differences)

    def _newcomer(self, places: list[int]) -> None:
        rows = self.register.rows
        sound = [place for place in places if not rows[place].blocked]
        if not sound:
            for place in places:
                reasons = " ".join(each.sentence for each in rows[place].problems if each.blocking)
                self._aside(
                    rows[place].row_number, self.register.marks[place], reasons, content_of(rows[place])
                )
            return
        order = sound + [place for place in places if rows[place].blocked]
        case = self.writer.receive([rows[place] for place in order])
        self.report.people += 1
        first = rows[order[0]]
        self.writer.keep(first.row_number, self.register.marks[order[0]], content_of(first), case=case)
        for place in order[1:]:
            differences = words.differences(of_row(rows[place]), of_row(first) | words.POOLED)
            self._merge(place, case, first.row_number, differences)

    def _merge(self, place: int, case: Any, into: int | None, differences: list[str]) -> None:
        row = self.register.rows[place]
        content = content_of(row) | {"differences": differences}
        self.writer.keep(row.row_number, self.register.marks[place], content, case=case, merged=True)
        self.report.merged.append(Merged(row.row_number, into, case.reference, differences))

    def _aside(self, number: int, mark: str, reason: str, content: dict[str, Any]) -> None:
        self.writer.keep(number, mark, content | {"reason": reason})
        self.report.aside.append(Aside(number, reason))
