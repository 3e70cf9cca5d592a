"""The index by which people are found by name: in memory only, never at rest (DESIGN §7, ADR 0005).

Each process builds it from the sealed identities when it is first asked, and then follows the journal: its
sequence is the order in which changes were committed, so nothing is missed and nothing is polled.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime

from mafaka.audit import journal
from mafaka.locations import gazetteer
from mafaka.matching.entry import Entry
from mafaka.matching.index import Index
from mafaka.people.models import Identity
from mafaka.people.names import Identity as Names
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose

CHANGES = ("people.registered", "people.corrected", "people.spelling_added")
INDEXER = journal.System("directory")


class Directory:
    """The index of one process, and the entry of the journal up to which it has read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._mark = (0, "")

    def fresh(self, at: datetime) -> Index:
        """Return the index with every change in it."""
        with self._lock:
            if self._index is None or not journal.stands(self._mark):
                # Never built, or built within a transaction that was then undone.
                self._mark = journal.head()
                self._index = _build(at)
            else:
                self._follow(self._index, at)
            return self._index

    def forget(self) -> None:
        """Drop the index: it is built anew at the next question."""
        with self._lock:
            self._index = None

    def _follow(self, index: Index, at: datetime) -> None:
        head = journal.head()
        people = journal.objects_of(CHANGES, after=self._mark[0], until=head[0])
        rows = Identity.objects.select_related("person").filter(person_id__in=people)
        for entry in _entries(rows, at) if people else ():
            index.put(entry)
        if index.rebuild_needed:
            index.rebuild()
        self._mark = head


def _build(at: datetime) -> Index:
    rows = Identity.objects.select_related("person").only(*COLUMNS)
    return Index.build(_entries(rows, at), communes=gazetteer.spellings())


COLUMNS = ("sealed", "person__sex", "person__birth_earliest", "person__birth_latest")


def _entries(rows: Iterable[Identity], at: datetime) -> list[Entry]:
    rows = list(rows)
    contents = safe.open(rows, by=INDEXER, at=at, purpose=Purpose.SEARCH) if rows else {}
    return [entry(row, Names.from_content(contents.get(row.pk, {}))) for row in rows]


def entry(row: Identity, names: Names) -> Entry:
    """Return a person as the index knows them."""
    person = row.person
    others = (names.by_name, names.grandfather_name, *names.spellings)
    return Entry(
        key=row.person_id,
        own=_texts(names.own_name or names.written),
        father=_texts(names.father_name),
        mother=_texts(names.mother_name),
        other=_texts(*others),
        village=names.village or None,
        commune=names.commune or None,
        birth_year=person.birth_latest.year if person.birth_latest else None,
        sex=person.sex if person.sex in ("male", "female") else None,
    )


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


DIRECTORY = Directory()
