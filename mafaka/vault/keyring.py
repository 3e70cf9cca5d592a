"""Keys and their holders: compartment keys wrapped to holders, data keys wrapped by compartment keys.

Today the node and the escrow hold every compartment. A compartment whose node wrap is taken away opens for
its other holders alone, and the rooms need not know (DESIGN §7).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction

from mafaka.vault import cipher, keyfile, recovery
from mafaka.vault.models import Compartment, CompartmentKey, DataKey, EscrowKey, Wrap

ALIAS = "keyring"


def establish(*, at: datetime) -> bytes:
    """Make the keyring of a new installation; return the recovery key (32 bytes), which is kept nowhere.

    Raises:
        keyfile.KeyProblem: the installation has a keyring already.
    """
    if EscrowKey.objects.exists():
        raise keyfile.KeyProblem("Cette installation a déjà son trousseau de clés.")
    private, public = cipher.new_pair()
    with transaction.atomic(using=ALIAS):
        EscrowKey.objects.create(public=public, created_at=at)
        for compartment in Compartment:
            new_epoch(compartment, at=at)
        # Before the commit: a keyring without its box would never say its recovery key again.
        recovery.write_box(public)
    return private


def new_epoch(compartment: Compartment, *, at: datetime) -> CompartmentKey:
    """Draw the next key of a compartment and wrap it to the node and the escrow."""
    last = CompartmentKey.objects.filter(compartment=compartment).order_by("-epoch").first()
    key = CompartmentKey.objects.create(
        compartment=compartment, epoch=last.epoch + 1 if last else 1, created_at=at
    )
    secret = cipher.new_key()
    escrow = bytes(EscrowKey.objects.latest("created_at").public)
    place = _wrap_place(key)
    Wrap.objects.create(
        key=key, holder=Wrap.Holder.NODE, wrapped=cipher.seal(_node_key(), secret, place), created_at=at
    )
    Wrap.objects.create(
        key=key, holder=Wrap.Holder.ESCROW, wrapped=cipher.seal_to(escrow, secret, place), created_at=at
    )
    return key


def _wrap_place(key: CompartmentKey) -> str:
    return f"compartment|{key.compartment}|{key.epoch}"


def _node_key() -> bytes:
    return keyfile.load().node


@lru_cache(maxsize=64)
def _compartment_secret(key_id: UUID) -> bytes:
    wrap = Wrap.objects.select_related("key").get(key_id=key_id, holder=Wrap.Holder.NODE)
    try:
        return cipher.unseal(_node_key(), wrap.wrapped, _wrap_place(wrap.key))
    except cipher.Tampered as error:
        raise keyfile.KeyProblem(
            f"La clé de {keyfile.path()} n’ouvre pas le trousseau de cette installation. "
            "Remettez la clé qui a servi à le créer ; rien n’a été modifié."
        ) from error


def forget() -> None:
    """Drop the keys kept in memory (after a rotation, and between tests)."""
    _compartment_secret.cache_clear()


def check() -> None:
    """Make sure that this node opens every compartment; end a rotation that a power cut interrupted.

    Raises:
        keyfile.KeyProblem: the keyring is missing or another key made it.
    """
    keys = list(CompartmentKey.objects.values_list("id", flat=True))
    if not keys:
        raise keyfile.KeyProblem("Le trousseau de clés est vide : lancez « mafaka init ».")
    try:
        _open_each(keys)
    except keyfile.KeyProblem:
        waiting = keyfile.next_path()
        if not waiting.exists() or not _opens(keyfile.load(waiting).node):
            raise
        keyfile.promote()
        _open_each(keys)
    keyfile.next_path().unlink(missing_ok=True)


def _opens(node: bytes) -> bool:
    """Return whether a node key opens the keyring."""
    try:
        for wrap in Wrap.objects.select_related("key").filter(holder=Wrap.Holder.NODE):
            cipher.unseal(node, wrap.wrapped, _wrap_place(wrap.key))
    except cipher.Tampered:
        return False
    return True


def _open_each(keys: list[UUID]) -> None:
    for key_id in keys:
        _compartment_secret(key_id)


def data_keys(subjects: Iterable[UUID], compartment: Compartment) -> dict[UUID, bytes]:
    """Return the data keys of these subjects in one query; those erased or never made are left out."""
    rows = DataKey.objects.filter(subject_id__in=set(subjects), compartment=compartment)
    return {row.subject_id: _unwrap(row) for row in rows}


def every_data_key(compartment: Compartment) -> dict[UUID, bytes]:
    """Return all data keys of a compartment (to build the search index)."""
    columns = ("subject_id", "compartment", "key_id", "wrapped")
    rows = DataKey.objects.filter(compartment=compartment).values_list(*columns, named=True)
    return {row.subject_id: _unwrap(row) for row in rows.iterator(chunk_size=5000)}


def make_data_keys(subjects: Iterable[UUID], compartment: Compartment) -> dict[UUID, bytes]:
    """Return the data keys of these subjects, drawing those that are missing.

    The keyring commits on its own, before the content does: a power cut in between leaves a key without
    content, never content without a key.
    """
    wanted = list(dict.fromkeys(subjects))
    found = data_keys(wanted, compartment)
    missing = [subject for subject in wanted if subject not in found]
    if not missing:
        return found
    key = CompartmentKey.objects.filter(compartment=compartment).order_by("-epoch")[0]
    secret = _compartment_secret(key.id)
    fresh = {subject: cipher.new_key() for subject in missing}
    rows = [
        DataKey(
            subject_id=subject,
            compartment=compartment,
            key=key,
            wrapped=cipher.seal(secret, data_key, _data_place(subject, compartment)),
        )
        for subject, data_key in fresh.items()
    ]
    DataKey.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    # Another worker may have drawn the same person's key at the same moment: the stored one counts.
    return found | data_keys(missing, compartment)


def _data_place(subject: UUID, compartment: str) -> str:
    return f"data|{subject}|{compartment}"


def _unwrap(row: Any) -> bytes:
    secret = _compartment_secret(row.key_id)
    return cipher.unseal(secret, row.wrapped, _data_place(row.subject_id, row.compartment))


def rotate(*, at: datetime) -> int:
    """Open a new epoch for every compartment, rewrap every data key to it and destroy the old keys.

    Returns the number of data keys rewrapped. One transaction: a power cut leaves the old epoch, whole.
    """
    count = 0
    with transaction.atomic(using=ALIAS):
        for compartment in Compartment:
            old = list(CompartmentKey.objects.filter(compartment=compartment))
            key = new_epoch(compartment, at=at)
            secret = _compartment_secret(key.id)
            rows = list(DataKey.objects.filter(compartment=compartment))
            for row in rows:
                data_key = _unwrap(row)
                row.key, row.wrapped = (
                    key,
                    cipher.seal(secret, data_key, _data_place(row.subject_id, compartment)),
                )
            DataKey.objects.bulk_update(rows, ["key", "wrapped"], batch_size=500)
            CompartmentKey.objects.filter(id__in=[each.id for each in old]).delete()
            count += len(rows)
    forget()
    return count


def rewrap_node(old_node: bytes, new_node: bytes) -> None:
    """Hand the compartment keys from the old node key to the new one, in one transaction."""
    with transaction.atomic(using=ALIAS):
        for wrap in Wrap.objects.select_related("key").filter(holder=Wrap.Holder.NODE):
            secret = cipher.unseal(old_node, wrap.wrapped, _wrap_place(wrap.key))
            wrap.wrapped = cipher.seal(new_node, secret, _wrap_place(wrap.key))
            wrap.save(update_fields=["wrapped"])
    forget()


def recover(recovery_key: bytes) -> None:
    """Wrap every compartment key anew to this node, out of the escrow's wraps.

    Raises:
        keyfile.KeyProblem: it is not the recovery key of this installation.
    """
    node = _node_key()
    try:
        with transaction.atomic(using=ALIAS):
            for wrap in Wrap.objects.select_related("key").filter(holder=Wrap.Holder.ESCROW):
                secret = cipher.unseal_from(recovery_key, wrap.wrapped, _wrap_place(wrap.key))
                sealed = cipher.seal(node, secret, _wrap_place(wrap.key))
                Wrap.objects.filter(key=wrap.key, holder=Wrap.Holder.NODE).update(wrapped=sealed)
    except cipher.Tampered as error:
        raise keyfile.KeyProblem("Cette clé de secours n’est pas celle de cette installation.") from error
    forget()


def erase(subject: UUID) -> int:
    """Destroy a subject's data keys: what they sealed can never be opened again. Return how many there were."""
    return DataKey.objects.filter(subject_id=subject).delete()[0]


def new_node_key() -> bytes:
    """Return a fresh node key, not yet in use."""
    return cipher.new_key()


def renew_node(keys: keyfile.Keys) -> None:
    """Hand the compartments to new node keys and write the key file.

    The fresh file is written beside the old one first: after a power cut at any step, the key file or the
    waiting file opens the keyring, and `check` takes the one that does.
    """
    old = keyfile.load()
    keyfile.write(keys, target=keyfile.next_path())
    rewrap_node(old.node, keys.node)
    keyfile.promote()
    forget()
