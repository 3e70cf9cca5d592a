"""Writing to the journal, reading it, verifying it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import QuerySet

from mafaka.audit import acts, chain
from mafaka.audit.models import Entry, Head


class Actor(Protocol):
    """Whoever acts: a user, or the system under a name of its own."""

    @property
    def actor_id(self) -> str: ...


class System:
    """The program acting by itself (index, import, command line); `name` is its mark in the journal."""

    def __init__(self, name: str) -> None:
        self.actor_id = f"system:{name}"


def record(
    act: str,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    obj: models.Model | None = None,
    case: Any = None,
    data: dict[str, Any] | None = None,
    sealed: bytes | None = None,
) -> Entry:
    """Append one entry, in the transaction of the act itself: both are there or neither is.

    Args:
        act: a registered code such as "stays.admitted".
        on: the day the act happened, which may lie long before the writing (a register, a visit).
        obj: what the act was done on. case: the case, or its id, whose journal shows it.
        data: codes, numbers and dates only; never a name or a free text.
        sealed: details sealed by the vault.

    Raises:
        ValueError: the act is not registered.
    """
    if not acts.known(act):
        raise ValueError(f"The act {act} is not registered.")
    with transaction.atomic():
        head = Head.objects.select_for_update().get(id=1)
        entry = Entry(
            seq=head.seq + 1,
            at=at,
            on=on,
            actor=by.actor_id,
            act=act,
            object_type=obj._meta.label_lower if obj else "",
            object_id=str(obj.pk) if obj else "",
            case_id=_case_id(case),
            data=data or {},
            sealed=sealed,
            previous=head.hash,
        )
        entry.hash = link(entry).expected()
        entry.save(force_insert=True)
        head.seq, head.hash = entry.seq, entry.hash
        head.save(update_fields=["seq", "hash"])
    return entry


def _case_id(case: Any) -> UUID | None:
    return case if case is None or isinstance(case, UUID) else case.pk


def link(entry: Entry) -> chain.Link:
    """Return the entry as the chain hashes it."""
    return chain.Link(
        seq=entry.seq,
        at=entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        on=entry.on.isoformat() if entry.on else "",
        actor=entry.actor,
        act=entry.act,
        object_type=entry.object_type,
        object_id=entry.object_id,
        case_id=str(entry.case_id or ""),
        data=entry.data,
        sealed=bytes(entry.sealed).hex() if entry.sealed else "",
        previous=entry.previous,
        hash=entry.hash,
    )


def of_case(case_id: UUID, *, timeline: bool, limit: int = 200) -> QuerySet[Entry]:
    """Return a case's entries, newest first: its acts, or (`timeline=False`) the openings of its file."""
    chosen = Entry.objects.filter(case_id=case_id)
    codes = acts.timeline()
    chosen = chosen.filter(act__in=codes) if timeline else chosen.exclude(act__in=codes)
    return chosen.order_by("-seq")[:limit]


def recent(*, limit: int = 200, before: int | None = None) -> QuerySet[Entry]:
    """Return the newest entries of the whole journal, for those who watch over it."""
    chosen = Entry.objects.all()
    if before:
        chosen = chosen.filter(seq__lt=before)
    return chosen.order_by("-seq")[:limit]


def head() -> tuple[int, str]:
    """Return (seq, hash) of the last entry: the line that a witness writes down."""
    row = Head.objects.get(id=1)
    return row.seq, row.hash


def faults(*, witness: tuple[int, str] | None = None) -> list[chain.Fault]:
    """Verify the whole journal; return each altered, removed or reordered entry.

    Args:
        witness: (seq, hash) noted earlier elsewhere; without it the head row of this database is trusted.
    """
    entries = Entry.objects.order_by("seq").iterator(chunk_size=2000)
    return chain.verify((link(entry) for entry in entries), head=witness or head())


def guards(alias: str = "default") -> bool:
    """Return whether the database still holds the triggers that refuse any change of the journal."""
    connection = connections[alias]
    table = "sqlite_master" if connection.vendor == "sqlite" else "pg_trigger"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} LIKE 'audit_entry_no_%%'", [])  # noqa: S608
        return cursor.fetchone()[0] >= 3


def objects_of(acts: Iterable[str], *, after: int, until: int) -> set[str]:
    """Return the ids of the objects that these acts touched between two entries: what changed meanwhile."""
    chosen = Entry.objects.filter(seq__gt=after, seq__lte=until, act__in=list(acts))
    return set(chosen.values_list("object_id", flat=True))


def stands(mark: tuple[int, str]) -> bool:
    """Return whether the entry (seq, hash) that was the last one is still there (its transaction was not undone)."""
    return mark[0] == 0 or Entry.objects.filter(seq=mark[0], hash=mark[1]).exists()
