"""Sealing and opening. No audit entry, no plaintext: what was opened is given only once its entry is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from mafaka.audit import journal
from mafaka.vault import cipher, keyfile, keyring
from mafaka.vault.models import Compartment, Sealed
from mafaka.vault.purposes import Purpose

Content = dict[str, Any]
PAD = 256  # sealed sizes tell nothing finer than this (SECURITY §3.4)


def seal(record: Sealed, content: Content) -> None:
    """Seal a record's content into `record.sealed` (the caller saves it), making its subject's key if needed."""
    seal_all([(record, content)])


def seal_all(pairs: Sequence[tuple[Sealed, Content]]) -> None:
    """Seal many records; one keyring query per compartment, whatever their number."""
    by_compartment: dict[Compartment, list[tuple[Sealed, Content]]] = defaultdict(list)
    for record, content in pairs:
        by_compartment[record.compartment].append((record, content))
    for compartment, chosen in by_compartment.items():
        keys = keyring.make_data_keys((record.sealed_subject() for record, _content in chosen), compartment)
        for record, content in chosen:
            record.sealed = cipher.seal(keys[record.sealed_subject()], _pack(content), _place(record))


def open(  # noqa: A001 - it is what a safe does
    records: Iterable[Sealed],
    *,
    by: journal.Actor,
    at: datetime,
    purpose: Purpose,
    case: Any = None,
) -> dict[UUID, Content]:
    """Open records; return their content by record id. Erased ones are given as an empty content.

    One audit entry names the opener, the purpose, the compartments and the records opened.

    Raises:
        cipher.Tampered: a sealed value was altered or moved; nothing at all is returned.
    """
    chosen = [record for record in records if record.sealed]
    if not chosen:
        return {}
    # Before the entry, which locks the journal: opening a whole register takes seconds.
    opened = _open_all(chosen)
    data = {
        "purpose": str(purpose),
        "compartments": sorted({str(record.compartment) for record in chosen}),
        "count": len(chosen),
    }
    if len(chosen) <= 100:
        data["records"] = [str(record.pk) for record in chosen]
    journal.record("vault.opened", by=by, at=at, case=case, data=data)
    return opened


def _open_all(records: Sequence[Sealed]) -> dict[UUID, Content]:
    by_compartment: dict[Compartment, list[Sealed]] = defaultdict(list)
    for record in records:
        by_compartment[record.compartment].append(record)
    opened: dict[UUID, Content] = {}
    for compartment, chosen in by_compartment.items():
        subjects = {record.sealed_subject() for record in chosen}
        # Past some thousands it is quicker to read the whole compartment than to name its subjects.
        many = len(subjects) > 2000
        keys = keyring.every_data_key(compartment) if many else keyring.data_keys(subjects, compartment)
        for record in chosen:
            key = keys.get(record.sealed_subject())
            opened[record.pk] = _unpack(cipher.unseal(key, record.sealed, _place(record))) if key else {}
    return opened


def seal_detail(text: str, subject: UUID, compartment: Compartment, place: str) -> bytes:
    """Seal a short text that belongs to no record of its own (the reason typed when a name is asked for)."""
    keys = keyring.make_data_keys([subject], compartment)
    return cipher.seal(keys[subject], text.encode(), place)


def veil(text: str, place: str) -> str:
    """Return a short text sealed with this node's key, for a session: names do not stand in that table either."""
    return cipher.seal(_veil_key(), text.encode(), place).hex()


def unveil(veiled: str, place: str) -> str:
    """Return what was veiled at this place; nothing when it does not open (keys renewed, or altered)."""
    try:
        return cipher.unseal(_veil_key(), bytes.fromhex(veiled), place).decode()
    except (cipher.Tampered, ValueError):
        return ""


def _veil_key() -> bytes:
    return cipher.derive(keyfile.load().node, "veil")


def mark(label: str, text: str) -> str:
    """Return a fingerprint of a text keyed by this node: recognises what was seen before, reveals nothing."""
    return cipher.mark(keyfile.load().node, label, text)


def _place(record: Sealed) -> str:
    return f"{record._meta.label_lower}|{record.pk}|{record.compartment}"


def _pack(content: Content) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    return text + b" " * (-len(text) % PAD)


def _unpack(plain: bytes) -> Content:
    return json.loads(plain)
