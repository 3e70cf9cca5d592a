"""Writes of exchange: a register comes in, its columns and its pairs are settled, then it is imported whole."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.audit import journal
from mafaka.cases import queries as cases
from mafaka.exchange import pairs
from mafaka.exchange.importing import Progress, Report, Run, check, require_columns
from mafaka.exchange.models import Batch, Decision, KeptMapping
from mafaka.exchange.reading import (
    KEPT,
    ImportRefused,
    Register,
    day_of,
    mapping_of,
    of_batch,
    read_file,
    signature,
)
from mafaka.registers.columns import Mapping as Columns
from mafaka.vault import keyring, safe

FORGETTER = journal.System("exchange")
KEPT_FOR = timedelta(days=7)  # a register that nobody imported is full of names: its file goes


class Answer(NamedTuple):
    """A decision on a pair: row number, number of the other row or reference of a case, same person or not."""

    row: int
    other: int | str
    same: bool


@transaction.atomic
def upload(*, centre: Any, file: bytes, name: str, by: Any, at: datetime) -> Batch:
    """Take a register in: read it, guess its columns (or take those kept from the last one of this form), seal it.

    Raises:
        UnreadableWorkbook: it cannot be read; the sentence says what to do. Nothing is stored.
    """
    register = read_file(file, name=name, sheet=None, chosen={}, today=day_of(at))
    batch = Batch(centre=centre, actor=by.actor_id, sheet=register.sheet, created_at=at)
    batch.mapping = _proposed(centre, register.columns)
    safe.seal(batch, {"name": name[:200], "file": base64.b64encode(file).decode()})
    batch.save(force_insert=True)
    _forget_old(centre, at)
    data = {"rows": len(register.rows)}
    journal.record("exchange.register_uploaded", by=by, at=at, obj=batch, data=data)
    return batch


def _proposed(centre: Any, columns: Columns) -> dict[str, str]:
    kept = KeptMapping.objects.filter(centre=centre, signature=signature(columns)).first()
    return mapping_of(columns) | (kept.mapping if kept else {})


def _forget_old(centre: Any, at: datetime) -> None:
    old = Batch.objects.filter(centre=centre, state=Batch.State.READ, created_at__lt=at - KEPT_FOR)
    for batch in old.defer("sealed"):
        _erase(batch)
        batch.state = Batch.State.ABANDONED
        batch.save(update_fields=["state", "sealed"])
        journal.record("exchange.register_abandoned", by=FORGETTER, at=at, obj=batch)


def _erase(batch: Batch) -> None:
    """Take the file out of a register: what is left of it are its rows, with their people."""
    batch.sealed = b""
    KEPT.forget(batch)


@transaction.atomic
def choose_sheet(*, batch: Batch, sheet: int, by: Any, at: datetime) -> Batch:
    """Read another sheet of the workbook; its columns are guessed anew.

    Raises:
        UnreadableWorkbook: that sheet cannot be read as a register.
    """
    batch = _waiting(batch)
    batch.sheet, batch.mapping = sheet, {}
    batch.mapping = _proposed(batch.centre, of_batch(batch, by=by, at=at).columns)
    batch.save(update_fields=["sheet", "mapping"])
    return batch


@transaction.atomic
def choose_mapping(*, batch: Batch, mapping: Mapping[str, str], by: Any, at: datetime) -> Batch:
    """Settle what each column holds (letter -> field, empty: kept beside the person), and remember it.

    Raises:
        ImportRefused: a column is missing without which nobody can be imported, or two claim one field.
    """
    batch = _waiting(batch)
    columns = of_batch(batch, by=by, at=at).columns
    try:
        columns = columns.corrected(mapping)
    except ValueError as error:
        raise ImportRefused(_("Une colonne choisie n’est pas dans cette feuille.")) from error
    require_columns(columns)
    batch.mapping = mapping_of(columns)
    batch.save(update_fields=["mapping"])
    KeptMapping.objects.update_or_create(
        centre=batch.centre,
        signature=signature(columns),
        defaults={"mapping": batch.mapping},
        create_defaults={"mapping": batch.mapping, "created_at": at},
    )
    journal.record("exchange.columns_chosen", by=by, at=at, obj=batch)
    return batch


def _waiting(batch: Batch) -> Batch:
    """Return the register as it is now, locked; refuse one that is settled."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("centre").get(pk=batch.pk)
    if batch.state != Batch.State.READ:
        raise ImportRefused(_("Ce registre est déjà importé, ou abandonné. Choisissez un fichier."))
    return batch


@transaction.atomic
def decide(*, batch: Batch, answers: Iterable[Answer], by: Any, at: datetime) -> None:
    """Remember who is the same person as whom, and who is not; a new answer replaces the earlier one.

    Raises:
        ImportRefused: a boy would become a girl, two known people one, or one answer denies another.
        cases.queries.NotFound: the case is not this person's to see.
    """
    batch = _waiting(batch)
    register = of_batch(batch, by=by, at=at)
    for answer in answers:
        _remember(batch, register, answer, by=by, at=at)
    said = pairs.decisions(register, batch.centre)
    for group in pairs.groups(register, said, pairs.imported(register, batch.centre)):
        check(register, group, said)


def _remember(batch: Batch, register: Register, answer: Answer, *, by: Any, at: datetime) -> None:
    case = None
    if isinstance(answer.other, str):
        case = cases.find(answer.other, by=by, act="cases.list")
        other = str(case.pk)
    else:
        other = register.marks[_place(register, answer.other)]
    row = register.marks[_place(register, answer.row)]
    decision, _made = Decision.objects.update_or_create(
        centre=batch.centre, row=row, other=other,
        defaults={"case": case, "same": answer.same, "actor": by.actor_id, "created_at": at},
    )  # fmt: skip
    pair = "same" if answer.same else "different"
    journal.record("exchange.pair_decided", by=by, at=at, obj=decision, case=case, data={"pair": pair})


def _place(register: Register, number: int) -> int:
    if number not in register.place_of:
        raise ImportRefused(_("La ligne {row} n’est pas dans ce registre.").format(row=number))
    return register.place_of[number]


@transaction.atomic
def accept_suggestions(*, batch: Batch, by: Any, at: datetime) -> list[pairs.Pair]:
    """Decide "same person" for every probable pair that nobody decided; return these pairs."""
    register = of_batch(batch, by=by, at=at)
    waiting = [
        pair for pair in pairs.within(register, batch.centre) if pair.probable and pair.decided is None
    ]
    numbers = [register.rows[place].row_number for pair in waiting for place in (pair.place, pair.other or 0)]
    answers = [Answer(row, other, True) for row, other in zip(numbers[::2], numbers[1::2], strict=True)]
    decide(batch=batch, answers=answers, by=by, at=at)
    return waiting


@transaction.atomic
def abandon(*, batch: Batch, by: Any, at: datetime) -> Batch:
    """Give a register up: its file is erased, nothing of it was imported.

    Raises:
        ImportRefused: it is imported already.
    """
    batch = _waiting(batch)
    _erase(batch)
    batch.state = Batch.State.ABANDONED
    batch.save(update_fields=["state", "sealed"])
    journal.record("exchange.register_abandoned", by=by, at=at, obj=batch)
    return batch


@transaction.atomic
def run(*, batch: Batch, by: Any, at: datetime, progress: Progress | None = None) -> Report:
    """Import a register whole, or nothing of it. Pairs without a decision become different people.

    Rows imported before, by whomever, change nothing. `progress` is told (rows done, of).

    Raises:
        ImportRefused: it was given up, or its columns are not settled.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("centre").get(pk=batch.pk)
    if batch.state == Batch.State.IMPORTED:
        every = list(batch.rows.order_by("number").values_list("number", flat=True))
        return Report(batch.counts.get("rows", len(every)), already_imported=every)
    register = of_batch(_waiting(batch), by=by, at=at)
    require_columns(register.columns)
    # The keyring commits at the end of this block, once, and still before the people whose keys it holds.
    with transaction.atomic(using=keyring.ALIAS):
        report = Run(batch, register, by=by, at=at).go(progress)
    KEPT.forget(batch)
    batch.state, batch.imported_at = Batch.State.IMPORTED, at
    batch.counts = {
        "rows": report.rows, "people": report.people, "merged": len(report.merged), "aside": len(report.aside),
        "already": report.already_imported, "problems": report.problems,
    }  # fmt: skip
    safe.seal(batch, {"name": register.name})
    batch.save(update_fields=["state", "imported_at", "counts", "sealed"])
    data = {name: batch.counts[name] for name in ("rows", "people", "merged", "aside", "problems")}
    journal.record("exchange.register_imported", by=by, at=at, obj=batch, data=data)
    return report
