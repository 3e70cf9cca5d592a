"""Opening writes its entry; no entry, no plaintext; a moved or altered value shows nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from mafaka.audit import journal
from mafaka.audit.models import Entry
from mafaka.people.models import Identity
from mafaka.vault import cipher, keyfile, keyring, recovery, safe
from mafaka.vault.models import Compartment, CompartmentKey, DataKey
from mafaka.vault.purposes import Purpose
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db


def opened(case: Any, by: Any = SETUP) -> dict[str, Any]:
    row = Identity.objects.get(person_id=case.person_id)
    return safe.open([row], by=by, at=NOW, purpose=Purpose.CASE_WORK, case=case)[row.pk]


def test_an_opening_is_recorded_with_who_why_and_what(make_case: Any, amina: Any) -> None:
    case = make_case()
    assert opened(case, by=amina)["own_name"] == "Rakia"
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.actor, entry.case_id) == ("vault.opened", str(amina.pk), case.pk)
    assert entry.data["purpose"] == "case_work"
    assert entry.data["compartments"] == ["identity"]


def test_without_the_entry_nothing_is_opened(make_case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(journal, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        opened(case)


def test_a_value_copied_to_another_person_does_not_open(make_case: Any) -> None:
    one, other = make_case(), make_case()
    stolen = Identity.objects.get(person_id=one.person_id).sealed
    Identity.objects.filter(person_id=other.person_id).update(sealed=stolen)
    with pytest.raises(cipher.Tampered):
        opened(other)
    assert opened(one)["own_name"] == "Rakia"


def test_nothing_identifying_stands_in_the_database(make_case: Any) -> None:
    make_case()
    canaries = (b"Ma\xc3\xafdabo", b"Rakia")
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            values = [_bytes(value) for row in cursor.fetchall() for value in row]
            found += [table for value in values for canary in canaries if canary in value]
    assert found == []


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_sealed_sizes_hide_the_length_of_names(make_case: Any) -> None:
    make_case()
    sizes = {len(bytes(row.sealed)) % safe.PAD for row in Identity.objects.all()}
    assert sizes == {(1 + 12 + 16) % safe.PAD}


def test_an_erased_person_opens_empty_for_ever(make_case: Any) -> None:
    case = make_case()
    assert keyring.erase(case.person_id) == 1
    assert opened(case) == {}


def test_rotation_keeps_everything_open_and_destroys_the_old_keys(make_case: Any) -> None:
    case = make_case()
    before = set(CompartmentKey.objects.values_list("id", flat=True))
    wrapped = bytes(DataKey.objects.get(subject_id=case.person_id).wrapped)
    assert keyring.rotate(at=NOW) >= 1
    assert before.isdisjoint(CompartmentKey.objects.values_list("id", flat=True))
    assert bytes(DataKey.objects.get(subject_id=case.person_id).wrapped) != wrapped
    assert opened(case)["own_name"] == "Rakia"


def test_two_workers_drawing_one_key_agree(make_case: Any) -> None:
    case = make_case()
    first = keyring.make_data_keys([case.person_id], Compartment.MEDICAL)
    assert keyring.make_data_keys([case.person_id], Compartment.MEDICAL) == first


@pytest.fixture
def restored_keys() -> Any:
    """Put the key file of the test run back as it was."""
    text = keyfile.path().read_bytes()
    yield
    keyfile.path().write_bytes(text)
    keyfile.path().chmod(0o600)
    keyring.forget()


def test_a_wrong_node_key_says_so(make_case: Any, restored_keys: None) -> None:
    make_case()
    keys = keyfile.load()
    keyfile.write(keyfile.Keys(keys.pages, keys.salt, bytes(32), keys.web))
    keyring.forget()
    with pytest.raises(keyfile.KeyProblem, match="n’ouvre pas le trousseau"):
        keyring.check()


def test_a_renewed_node_key_opens_everything_and_the_old_one_nothing(
    make_case: Any, restored_keys: None
) -> None:
    case = make_case()
    old = keyfile.load()
    keyring.renew_node(keyfile.Keys(old.pages, old.salt, keyring.new_node_key(), old.web))
    keyring.check()
    assert opened(case)["own_name"] == "Rakia"
    keyfile.write(old)
    keyring.forget()
    with pytest.raises(keyfile.KeyProblem):
        keyring.check()


@pytest.mark.parametrize("rewrapped", [False, True])
def test_a_rotation_cut_by_the_power_ends_at_the_next_start(
    make_case: Any, restored_keys: None, rewrapped: bool
) -> None:
    """The cut comes after the fresh file was written: before, or after, the keyring was handed over."""
    case = make_case()
    old = keyfile.load()
    new = keyfile.Keys(old.pages, old.salt, keyring.new_node_key(), old.web)
    keyfile.write(new, target=keyfile.next_path())
    if rewrapped:
        keyring.rewrap_node(old.node, new.node)
    keyring.forget()
    keyring.check()
    assert keyfile.load() == (new if rewrapped else old)
    assert not keyfile.next_path().exists()
    assert opened(case)["own_name"] == "Rakia"


def test_the_recovery_key_opens_a_house_whose_key_file_is_lost(
    make_case: Any, restored_keys: None, recovery_key: bytes
) -> None:
    case = make_case()
    pages = keyfile.load().pages
    keyfile.path().unlink()
    with pytest.raises(keyfile.KeyProblem, match="n’est pas celle"):
        recovery.restore_keyfile(bytes(32))
    recovery.restore_keyfile(recovery_key)
    keyring.forget()
    keyring.recover(recovery_key)
    assert keyfile.load().pages == pages
    assert opened(case)["own_name"] == "Rakia"
