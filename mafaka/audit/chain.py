"""The arithmetic of the chain. Needs no Django and no database: anyone can verify an exported journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

START = "0" * 64
MOST_MOVED = 500  # swapped rows are named one by one up to this many; beyond, they are "altered"


@dataclass(frozen=True)
class Link:
    """One entry of the journal as it is hashed.

    `at` is ISO 8601 in UTC, `on` an ISO date or empty, `sealed` hexadecimal or empty.
    """

    seq: int
    at: str
    on: str
    actor: str
    act: str
    object_type: str
    object_id: str
    case_id: str
    data: dict[str, Any]
    sealed: str
    previous: str
    hash: str

    def expected(self) -> str:
        """Return the hash that this entry must bear."""
        return digest(self.previous, {name: getattr(self, name) for name in HASHED})


HASHED = ("seq", "at", "on", "actor", "act", "object_type", "object_id", "case_id", "data", "sealed")


@dataclass(frozen=True)
class Fault:
    """A break of the chain at `seq`; `kind` says how.

    altered: its content changed; removed: it is not there; reordered: whole, but in another's place;
    relinked: whole, but it does not follow the one before; truncated: the end was cut off.
    """

    seq: int
    kind: str


def digest(previous: str, content: dict[str, Any]) -> str:
    """Return SHA-256 over the previous hash and the canonical JSON of the entry, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def verify(links: Iterable[Link], *, head: tuple[int, str] | None = None) -> list[Fault]:
    """Return every fault of a journal read in order of `seq`.

    Args:
        links: the entries, by ascending sequence.
        head: (seq, hash) of the last entry as a witness knows it (the head row, a printed sheet).
    """
    faults: list[Fault] = []
    broken: list[Link] = []
    last_seq, last_hash, witnessed = 0, START, head is None or head[0] == 0
    for link in links:
        faults += [Fault(seq, "removed") for seq in range(last_seq + 1, link.seq)]
        if link.hash != link.expected():
            broken.append(link)
        elif link.seq == last_seq + 1 and link.previous != last_hash:
            faults.append(Fault(link.seq, "relinked"))
        if head and link.seq == head[0]:
            witnessed = True
            faults += [Fault(link.seq, "altered")] if link.hash != head[1] else []
        last_seq, last_hash = link.seq, link.hash
    if head and not witnessed:
        faults += [Fault(seq, "truncated") for seq in range(last_seq + 1, head[0] + 1)]
    faults += [Fault(link.seq, "reordered" if _moved(link, broken) else "altered") for link in broken]
    return sorted(set(faults), key=lambda fault: (fault.seq, fault.kind))


def _moved(link: Link, broken: list[Link]) -> bool:
    """Return whether an entry is whole but stands in the place of another broken one (rows that were swapped)."""
    content = {name: getattr(link, name) for name in HASHED}
    places = (other.seq for other in broken[:MOST_MOVED])
    return any(digest(link.previous, {**content, "seq": seq}) == link.hash for seq in places)
