"""The index of all people in memory: the search box, two records compared, possible doubles of a record.

It holds names in clear and answers keys and reasons only: what the asker may see of them is for the page's
query to decide. Nothing is written to disk. Every public method may be called from several threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from threading import RLock

import numpy as np

from mafaka.matching import pool, search
from mafaka.matching.closeness import Vocabulary
from mafaka.matching.entry import WORD_FIELDS, Among, Comparison, Entry, Hit, Key, Reading, Suggestion, read
from mafaka.matching.evidence import weigh
from mafaka.matching.frequencies import Frequencies, Scale
from mafaka.matching.table import Table

_MOST_CHANGES = 1_000
_SEARCH_POOL = 100
_POOL = 200


def _forms(reading: Reading) -> set[str]:
    forms = {word.normal for field in WORD_FIELDS for word in getattr(reading, field)}
    return forms | ({reading.village} if reading.village else set())


def _strongest(scored: Iterable[tuple[Table, pool.Scores]], most: int, among: Among | None) -> list[Reading]:
    """The readings that deserve a closer look. `among` may take its time: the index is not locked meanwhile."""
    return [
        table.reading(row)
        for table, scores in scored
        for row in pool.strongest_among(scores, most, table.keys, among)
    ]


class Index:
    """A table of everybody, and beside it the few people written or changed since the table was made."""

    def __init__(self, communes: Mapping[str, Sequence[str]] | None = None) -> None:
        """An empty index.

        `communes`: the names of each P-code, old spellings included, by which the search box finds people.
        """
        self._communes = {code: tuple(names) for code, names in (communes or {}).items()}
        self._lock = RLock()
        self._load([])

    @classmethod
    def build(cls, entries: Iterable[Entry], *, communes: Mapping[str, Sequence[str]] | None = None) -> Index:
        """An index of these people. Of two entries with one key the last counts."""
        index = cls(communes)
        latest = {entry.key: entry for entry in entries}
        index._load(read(entry, index._communes) for entry in latest.values())
        return index

    def _load(self, readings: Iterable[Reading]) -> None:
        frequencies = Frequencies()
        self._table = Table(frequencies.counted(readings))
        self._frequencies = frequencies
        self._changed: dict[Key, Reading] = {}
        self._recent: Table | None = None
        self._struck = 0
        forms = {word.normal for word in self._table.words}
        self._vocabulary = Vocabulary(
            forms | {str(village) for village in self._frequencies.counts("village")}
        )

    def __len__(self) -> int:
        with self._lock:
            return self._frequencies.people

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return self._find(key) is not None

    def _find(self, key: Key) -> Reading | None:
        if key in self._changed:
            return self._changed[key]
        row = self._table.row_of.get(key)
        return self._table.reading(row) if row is not None and self._table.standing[row] else None

    def put(self, entry: Entry) -> None:
        """Write or overwrite one person; the next question knows."""
        reading = read(entry, self._communes)
        with self._lock:
            self.remove(entry.key)
            self._changed[entry.key] = reading
            self._recent = None
            self._frequencies.count(reading, +1)
            for form in _forms(reading):
                self._vocabulary.add(form)

    def remove(self, key: Key) -> None:
        """Forget one person; nothing happens when the key is not there."""
        with self._lock:
            reading = self._find(key)
            if reading is None:
                return
            self._frequencies.count(reading, -1)
            self._recent = None
            if self._changed.pop(key, None) is None:
                self._table.standing[self._table.row_of[key]] = False
                self._struck += 1

    @property
    def renewal_needed(self) -> bool:
        """Whether so many people have changed that questions slow down: go on with a renewed one."""
        return len(self._changed) + self._struck > _MOST_CHANGES

    def renewal(self) -> Callable[[], Index]:
        """Note who is there now; the function returned makes another index of them, its table made anew.

        It may take its time in a thread of its own: this index goes on as before.
        """
        with self._lock:
            table, standing = self._table, np.flatnonzero(self._table.standing)
            changed = list(self._changed.values())

        def make() -> Index:
            index = Index(self._communes)
            index._load(chain((table.reading(int(row)) for row in standing), changed))
            return index

        return make

    def _tables(self) -> tuple[Table, Table]:
        """The table of everybody, and a small one of the changed, made when a question comes after a change."""
        if self._recent is None:
            self._recent = Table(self._changed.values())
        return self._table, self._recent

    def search(self, text: str, *, limit: int = 10, among: Among | None = None) -> list[Hit]:
        """Answer the search box.

        People whose names, village or commune hold the words of the text, in any order and spelling; only
        those that count (`among`), however many others are nearer.
        """
        words = search.query_words(text)
        with self._lock:
            scale = Scale(self._vocabulary, self._frequencies)
            weights = {word.normal: search.field_weights(word.normal, scale) for word in words}
            scored = [(table, pool.for_words(table, words, weights, scale)) for table in self._tables()]
        most = max(_SEARCH_POOL, 3 * limit)
        readings = _strongest(scored, most, among)
        return search.rank(words, readings, weights, limit)

    def compare(self, a: Entry, b: Entry, *, extra: Mapping[str, float] | None = None) -> Comparison:
        """Weigh two records against each other.

        Neither need be in the index, whose people only say how common each name is.
        `extra`: further evidence in bits by name, from the caller (same day of entry, same needs); positive
        speaks for one person.
        """
        first, second = read(a, self._communes), read(b, self._communes)
        with self._lock:
            return weigh(first, second, Scale(self._vocabulary, self._frequencies), extra)

    def duplicates(self, entry: Entry, *, limit: int = 10, among: Among | None = None) -> list[Suggestion]:
        """The people most likely to be the one of this entry, itself excluded, best first.

        Only those that count (`among`). To be shown, never merged without a person.
        """
        reading = read(entry, self._communes)
        with self._lock:
            scale = Scale(self._vocabulary, self._frequencies)
            scored = [(table, pool.for_person(table, reading, scale)) for table in self._tables()]
        others = _strongest(scored, _POOL, among)
        with self._lock:
            found = [(weigh(reading, other, scale), other.key) for other in others if other.key != entry.key]
        ranked = sorted(found, key=lambda pair: (-round(pair[0].score, 6), str(pair[1])))
        return [Suggestion(key, comparison.score, comparison.reasons) for comparison, key in ranked[:limit]]
