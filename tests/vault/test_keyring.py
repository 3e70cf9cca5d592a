"""The keyring: made once and whole, keys drawn once per person and compartment, none survives its destruction."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from mafaka.audit.models import Entry
from mafaka.vault import cipher, keyfile, keyring, recovery, safe
from mafaka.vault.models import Compartment, CompartmentKey, DataKey, EscrowKey, Wrap
from mafaka.vault.router import KeyringRouter
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept_keys() -> Any:
    """Put the files of the test run back as they were."""
    kept = {path: path.read_bytes() for path in (keyfile.path(), recovery.box())}
    yield
    for path, content in kept.items():
        path.write_bytes(content)
        path.chmod(0o600)
    keyfile.next_path().unlink(missing_ok=True)
    keyring.forget()


@pytest.fixture
def no_keyring(kept_keys: None) -> None:
    """An installation whose databases are there, and empty."""
    CompartmentKey.objects.all().delete()
    EscrowKey.objects.all().delete()
    keyring.forget()


def other_node(old: keyfile.Keys) -> keyfile.Keys:
    return keyfile.Keys(old.pages, old.salt, keyring.new_node_key(), old.web)


# --- Made once -----------------------------------------------------------------------------------------------------


def test_every_compartment_has_one_key_held_by_the_node_and_the_escrow() -> None:
    for compartment in Compartment:
        key = CompartmentKey.objects.get(compartment=compartment)
        assert {wrap.holder for wrap in key.wraps.all()} == {"node", "escrow"}


def test_a_second_keyring_is_never_made_over_the_first() -> None:
    before = set(CompartmentKey.objects.values_list("id", flat=True))
    box = recovery.box().read_bytes()
    with pytest.raises(keyfile.KeyProblem, match="déjà son trousseau"):
        keyring.establish(at=NOW)
    assert set(CompartmentKey.objects.values_list("id", flat=True)) == before
    assert recovery.box().read_bytes() == box


def test_an_empty_keyring_stops_everything(no_keyring: None) -> None:
    with pytest.raises(keyfile.KeyProblem, match="mafaka init"):
        keyring.check()


def test_when_the_recovery_box_cannot_be_written_there_is_no_keyring_either(
    no_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recovery key is said once, after both are there: half an installation would never say it."""

    def full(public: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(recovery, "write_box", full)
        with pytest.raises(OSError, match="No space"):
            keyring.establish(at=NOW)
    assert not EscrowKey.objects.exists()
    assert not CompartmentKey.objects.exists()
    keyring.establish(at=NOW)
    keyring.check()


def test_the_recovery_key_is_kept_nowhere(no_keyring: None) -> None:
    secret = keyring.establish(at=NOW)
    stored = [bytes(wrap.wrapped) for wrap in Wrap.objects.all()]
    stored += [bytes(key.public) for key in EscrowKey.objects.all()]
    stored += [recovery.box().read_bytes(), keyfile.path().read_bytes()]
    assert not [each for each in stored if secret in each or secret.hex().encode() in each]


# --- One data key per person and compartment -----------------------------------------------------------------------


def test_a_person_has_another_key_in_every_compartment() -> None:
    subject = uuid4()
    keys = {keyring.make_data_keys([subject], each)[subject] for each in Compartment}
    assert len(keys) == len(Compartment)


def test_two_people_never_share_a_key() -> None:
    subjects = [uuid4() for _n in range(20)]
    assert len(set(keyring.make_data_keys(subjects, Compartment.LEGAL).values())) == 20


def test_somebody_asked_for_twice_at_once_gets_one_key() -> None:
    subject = uuid4()
    keyring.make_data_keys([subject, subject], Compartment.LEGAL)
    assert DataKey.objects.filter(subject_id=subject).count() == 1


def test_reading_makes_no_key() -> None:
    assert keyring.data_keys([uuid4()], Compartment.MEDICAL) == {}
    assert not DataKey.objects.filter(compartment=Compartment.MEDICAL).exists()


def test_when_another_worker_draws_the_same_key_first_the_stored_one_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subject = uuid4()
    first = keyring.make_data_keys([subject], Compartment.LEGAL)
    known, answers = keyring.data_keys, iter([{}])

    def late(subjects: Any, compartment: Any) -> Any:
        return next(answers, None) or known(subjects, compartment)

    monkeypatch.setattr(keyring, "data_keys", late)
    assert keyring.make_data_keys([subject], Compartment.LEGAL) == first


def test_all_keys_of_a_compartment_are_those_asked_for_one_by_one() -> None:
    subjects = [uuid4() for _n in range(5)]
    keyring.make_data_keys(subjects[:2], Compartment.MEDICAL)
    made = keyring.make_data_keys(subjects, Compartment.LEGAL)
    assert keyring.every_data_key(Compartment.LEGAL) == made
    assert keyring.data_keys(subjects, Compartment.MEDICAL).keys() == set(subjects[:2])


def test_a_wrapped_key_moved_to_another_person_or_compartment_does_not_open() -> None:
    one, other = uuid4(), uuid4()
    keyring.make_data_keys([one, other], Compartment.LEGAL)
    keyring.make_data_keys([one], Compartment.MEDICAL)
    stolen = DataKey.objects.get(subject_id=one, compartment=Compartment.LEGAL).wrapped
    for subject, compartment in ((other, Compartment.LEGAL), (one, Compartment.MEDICAL)):
        DataKey.objects.filter(subject_id=subject, compartment=compartment).update(wrapped=stolen)
        with pytest.raises(cipher.Tampered):
            keyring.data_keys([subject], compartment)


def test_the_database_itself_keeps_one_key_per_person_and_one_wrap_per_holder() -> None:
    subject = uuid4()
    keyring.make_data_keys([subject], Compartment.LEGAL)
    row = DataKey.objects.get(subject_id=subject)
    wrap = Wrap.objects.first()
    assert wrap is not None
    for again in (
        lambda: DataKey.objects.create(subject_id=subject, compartment="legal", key=row.key, wrapped=b"x"),
        lambda: Wrap.objects.create(key=wrap.key, holder=wrap.holder, wrapped=b"x", created_at=NOW),
        lambda: CompartmentKey.objects.create(compartment="legal", epoch=row.key.epoch, created_at=NOW),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(using=keyring.ALIAS):
            again()


def test_erasing_a_person_destroys_their_keys_and_nobody_elses() -> None:
    one, other = uuid4(), uuid4()
    for compartment in (Compartment.LEGAL, Compartment.MEDICAL):
        keyring.make_data_keys([one, other], compartment)
    assert keyring.erase(one) == 2
    assert keyring.erase(one) == 0
    assert keyring.data_keys([one, other], Compartment.LEGAL).keys() == {other}


# --- Rotation ------------------------------------------------------------------------------------------------------


def test_a_rotation_keeps_every_data_key_and_opens_a_new_epoch() -> None:
    subjects = [uuid4() for _n in range(7)]
    before = keyring.make_data_keys(subjects, Compartment.LEGAL)
    assert keyring.rotate(at=NOW) == DataKey.objects.count()
    assert keyring.data_keys(subjects, Compartment.LEGAL) == before
    assert set(CompartmentKey.objects.values_list("epoch", flat=True)) == {2}
    assert Wrap.objects.count() == 2 * len(Compartment)


def test_a_rotation_that_stops_half_way_leaves_the_old_epoch_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = uuid4()
    before = keyring.make_data_keys([subject], Compartment.TRACING)
    drawn = keyring.new_epoch

    def cut(compartment: Compartment, *, at: Any) -> CompartmentKey:
        if compartment == Compartment.EXPLOITERS:
            raise OSError("power cut")
        return drawn(compartment, at=at)

    with monkeypatch.context() as patched:
        patched.setattr(keyring, "new_epoch", cut)
        with pytest.raises(OSError, match="power cut"):
            keyring.rotate(at=NOW)
    keyring.forget()
    assert set(CompartmentKey.objects.values_list("epoch", flat=True)) == {1}
    keyring.check()
    assert keyring.data_keys([subject], Compartment.TRACING) == before


def test_handing_over_to_a_new_node_key_is_all_or_nothing(
    kept_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = keyfile.load()
    seal, calls = cipher.seal, iter(range(100))

    def cut(key: bytes, plain: bytes, place: str) -> bytes:
        if next(calls) == 3:
            raise OSError("power cut")
        return seal(key, plain, place)

    with monkeypatch.context() as patched:
        patched.setattr(cipher, "seal", cut)
        with pytest.raises(OSError, match="power cut"):
            keyring.renew_node(other_node(old))
    keyring.forget()
    keyring.check()
    assert keyfile.load() == old
    assert not keyfile.next_path().exists()


def test_a_waiting_key_that_opens_nothing_does_not_take_the_place_of_the_key_that_is_there(
    kept_keys: None,
) -> None:
    """Neither opens: the one in place may still belong to the right copy of the keyring."""
    wrong, waiting = other_node(keyfile.load()), other_node(keyfile.load())
    keyfile.write(wrong)
    keyfile.write(waiting, target=keyfile.next_path())
    keyring.forget()
    with pytest.raises(keyfile.KeyProblem, match="rien n’a été modifié"):
        keyring.check()
    assert keyfile.load() == wrong
    assert keyfile.next_path().exists()


def test_the_node_key_alone_opens_nothing_of_another_installation(no_keyring: None) -> None:
    keyring.establish(at=NOW)
    keyfile.write(other_node(keyfile.load()))
    keyring.forget()
    with pytest.raises(keyfile.KeyProblem):
        keyring.make_data_keys([uuid4()], Compartment.LEGAL)
    assert not DataKey.objects.exists()


# --- Who keeps what ------------------------------------------------------------------------------------------------


def test_the_keys_lie_in_a_database_of_their_own() -> None:
    router = KeyringRouter()
    for model in (DataKey, Wrap, CompartmentKey, EscrowKey):
        assert router.db_for_read(model) == router.db_for_write(model) == "keyring"
    assert router.db_for_read(Entry) is None
    assert router.db_for_write(Entry) is None
    assert router.allow_migrate("keyring", "vault")
    assert router.allow_migrate("default", "cases")
    assert not router.allow_migrate("default", "vault")
    assert not router.allow_migrate("keyring", "cases")


def test_a_short_text_is_sealed_with_its_persons_key_at_its_own_place() -> None:
    subject = uuid4()
    box = safe.seal_detail("sa tante appelle", subject, Compartment.IDENTITY, "reveal|1")
    key = keyring.data_keys([subject], Compartment.IDENTITY)[subject]
    assert b"tante" not in box
    assert cipher.unseal(key, box, "reveal|1") == b"sa tante appelle"
    with pytest.raises(cipher.Tampered):
        cipher.unseal(key, box, "reveal|2")


def test_a_mark_changes_with_the_node_key(kept_keys: None) -> None:
    before = safe.mark("sign-in", "amina")
    assert before == safe.mark("sign-in", "amina") != safe.mark("row", "amina")
    keyfile.write(other_node(keyfile.load()))
    assert safe.mark("sign-in", "amina") != before
