"""From rows to people: the operations of the rooms below, called as the pages call them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from mafaka.assessments import operations as assessments
from mafaka.exchange import words
from mafaka.exchange.models import Batch, ImportedRow
from mafaka.exchange.reading import Register, day_of
from mafaka.intake import operations as intake
from mafaka.locations import gazetteer
from mafaka.people import operations as people
from mafaka.people.names import Identity
from mafaka.registers.evidence import separate
from mafaka.registers.names import clean
from mafaka.registers.readrow import ReadRow
from mafaka.registers.words import of_row
from mafaka.reintegration import operations as reintegration
from mafaka.stays import operations as stays
from mafaka.vault import safe

STILL_HERE = timedelta(days=120)  # a row without an exit: somebody who came so lately may well be here still


class Writer:
    """Writes the rows of one register; nothing is kept in memory but the rows to be sealed at the end."""

    def __init__(self, batch: Batch, register: Register, *, by: Any, at: datetime) -> None:
        self.batch, self.register, self.by, self.at = batch, register, by, at
        self.today = day_of(at)
        self.sealed: list[tuple[ImportedRow, dict[str, Any]]] = []

    def receive(self, rows: Sequence[ReadRow]) -> Any:
        """Make one person of these rows: the first says who they are, the others only add what it leaves out."""
        first = rows[0]
        arrived_on = cast("date", first.arrived_on)  # a row without an arrival is kept aside
        actor = {"by": self.by, "at": self.at}
        case = intake.receive(
            centre=self.batch.centre,
            arrived_on=arrived_on,
            brought_by=first.brought_by or "",
            returned_from=first.returned_from or "",
            sex=first.sex,
            age=(first.age.months, 12 if first.age.to_the_year else 1, first.age.margin)
            if first.age
            else None,
            age_basis="declared" if first.age and not first.age.estimated else "estimate",
            names=self.names(rows),
            detail=self.register.written(first, "brought_by"),
            circumstances=first.remarks,
            nationality=first.nationality or "",
            region=_region(first),
            **actor,
        )
        self._stays(case, rows)
        self._assess(case, rows)
        if supports := list(dict.fromkeys(each.kind for row in rows for each in row.reintegration)):
            told = next(row for row in rows if row.reintegration)
            reintegration.record_support(
                case=case, kinds=supports, given_on=told.left_on or arrived_on,
                written=self._all_written(rows, "reintegration"), **actor,
            )  # fmt: skip
        return case

    def _assess(self, case: Any, rows: Sequence[ReadRow]) -> None:
        forms = list(dict.fromkeys(code for row in rows for code in row.forms))
        needs = list(dict.fromkeys(code for row in rows for code in row.needs))
        if forms:
            told = self._all_written(rows, "forms")
            assessments.report_forms(
                case=case, forms=[(code, told) for code in forms], by=self.by, at=self.at
            )
        if needs:
            assessments.identify_needs(
                case=case, needs=needs, on=cast("date", rows[0].arrived_on), by=self.by, at=self.at
            )

    def _stays(self, case: Any, rows: Sequence[ReadRow]) -> None:
        """Write the stay of the first row, and those of others that had ended before, or began after it."""
        written: list[ReadRow] = []
        for row in rows:
            if row.arrived_on and all(separate(row, other) for other in written):
                written.append(row)
        for row in written:
            stays.record_past_stay(
                case=case,
                from_date=cast("date", row.arrived_on),
                left_on=row.left_on,
                exit_known=self._exit_known(row),
                by=self.by,
                at=self.at,
            )

    def _exit_known(self, row: ReadRow) -> bool:
        return row.left_on is not None or bool(row.arrived_on and row.arrived_on > self.today - STILL_HERE)

    def names(self, rows: Sequence[ReadRow]) -> Identity:
        """Return who the first row names; the other rows give spellings."""
        row = rows[0]
        both = bool(row.own_name and row.father)
        spellings = dict.fromkeys(self.spelling(each) for each in rows[1:])
        spellings.pop(self.spelling(row), None)
        spellings.pop("", None)
        return Identity(
            # A name alone in its column is not yet a person's whole name: then `written` speaks.
            own_name=_bounded(row.own_name) if both else "",
            father_name=_bounded(row.father),
            mother_name=_bounded(row.mother),
            written=self.spelling(row),
            spellings=tuple(spellings),
            village=_bounded(row.village),
            commune=(row.origin.pcode or "") if row.origin else "",
            phone=_bounded(row.phone),
            origin_written=row.origin.written if row.origin else "",
        )

    def spelling(self, row: ReadRow) -> str:
        """Return the name as the row writes it, without what cannot be seen."""
        own, rest = self.register.written(row, "own_name"), self.register.written(row, "name")
        if own and not set(own.split()) <= set(rest.split()):
            rest = f"{own} {rest}"
        return clean(rest)[0]

    def _all_written(self, rows: Sequence[ReadRow], field: str) -> str:
        return " ; ".join(dict.fromkeys(text for row in rows if (text := self.register.written(row, field))))

    def add(self, case: Any, row: ReadRow) -> list[str]:
        """Add a row to somebody who is there already; return in what the two differ. Nothing coded is changed."""
        if written := self.spelling(row):
            people.add_spelling(person=case.person, written=written, case=case.pk, by=self.by, at=self.at)
        case.fact.refresh_from_db()
        return words.differences(of_row(row), words.of_case(case, None) | words.SPELT)

    def keep(
        self, number: int, mark: str, content: dict[str, Any], *, case: Any = None, merged: bool = False
    ) -> None:
        """Keep a row word for word, with its case or (None) aside."""
        row = ImportedRow(
            batch=self.batch, centre=self.batch.centre, case=case, number=number, fingerprint=mark,
            merged=merged, created_at=self.at,
        )  # fmt: skip
        self.sealed.append((row, {key: value for key, value in content.items() if value}))

    def save_rows(self) -> None:
        """Seal and save all rows that were kept."""
        safe.seal_all(self.sealed)
        ImportedRow.objects.bulk_create((row for row, _content in self.sealed), batch_size=500)


def content_of(row: ReadRow) -> dict[str, Any]:
    """Return what is sealed of a row: all that was written, and what was said of it."""
    return {
        "raw": list(row.raw.items()),
        "problems": [(problem.field, problem.written, problem.sentence) for problem in row.problems],
        "notes": list(row.notes),
    }


def _bounded(text: str) -> str:
    """What no page could take is left to the row itself, where it stands whole."""
    return text if len(text) <= people.LONGEST else ""


def _region(row: ReadRow) -> str:
    """Return the region that holds the place, also when several places of one region share its name."""
    if row.origin is None or not row.origin.candidates:
        return ""
    if row.origin.pcode:
        return gazetteer.region_of(row.origin.pcode)
    regions = {gazetteer.region_of(pcode) for pcode in row.origin.candidates}
    return regions.pop() if row.origin.how == "ambiguous" and len(regions) == 1 else ""
