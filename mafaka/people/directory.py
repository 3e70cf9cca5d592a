"""The index by which people are found by name: in memory only, never at rest (DESIGN §7, ADR 0005).

Each process builds it from the sealed identities when it is first asked (the server asks as soon as it has
started), and then follows the journal: its sequence is the order in which changes were committed, so nothing is
missed and nothing is polled.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from mafaka.audit import journal
from mafaka.locations import gazetteer
from mafaka.matching.entry import Entry
from mafaka.matching.index import Index
from mafaka.people.models import Identity, Person
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
        self._renewal: threading.Thread | None = None

    def fresh(self, at: datetime) -> Index:
        """Return the index with every change in it."""
        with self._lock:
            if self._index is None or not journal.stands(self._mark):
                # Never built, or built within a transaction that was then undone.
                self._mark = journal.head()
                self._index = Index.build(_read(None, at), communes=gazetteer.spellings())
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
        for entry in _read(people, at) if people else ():
            index.put(entry)
        self._mark = head
        if index.renewal_needed and (self._renewal is None or not self._renewal.is_alive()):
            told = (index, index.renewal(), head)
            self._renewal = threading.Thread(target=self._renew, args=told, daemon=True)
            self._renewal.start()

    def _renew(self, index: Index, make: Callable[[], Index], mark: tuple[int, str]) -> None:
        """Make the index anew beside the one that answers; what changes meanwhile is read in the journal again."""
        renewed = make()
        with self._lock:
            if self._index is index:
                self._index, self._mark = renewed, mark


def _read(people: set[str] | None, at: datetime) -> list[Entry]:
    """Open the names of these people (None: of everybody) and return them as the index knows them."""
    rows, coded = Identity.objects.only("person_id", "sealed"), Person.objects.all()
    if people is not None:
        rows, coded = rows.filter(person_id__in=people), coded.filter(pk__in=people)
    sealed = list(rows)
    facts = coded.values_list("pk", "sex", "birth_latest")
    known = {key: (sex, birth_latest) for key, sex, birth_latest in facts}
    contents = safe.open(sealed, by=INDEXER, at=at, purpose=Purpose.SEARCH)
    return [
        entry(row.person_id, Names.from_content(contents.get(row.pk, {})), *known[row.person_id])
        for row in sealed
        if row.person_id in known
    ]


def entry(person: UUID, names: Names, sex: str, birth_latest: date | None) -> Entry:
    """Return a person as the index knows them."""
    others = (names.by_name, names.grandfather_name, *names.spellings)
    return Entry(
        key=person,
        own=_texts(names.own_name or names.written),
        father=_texts(names.father_name),
        mother=_texts(names.mother_name),
        other=_texts(*others),
        village=names.village or None,
        commune=names.commune or None,
        birth_year=birth_latest.year if birth_latest else None,
        sex=sex if sex in ("male", "female") else None,
    )


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


DIRECTORY = Directory()
