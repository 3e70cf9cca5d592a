"""Every copy of the key file is lost: the box and the recovery key give the pages back, and to nobody else."""

from __future__ import annotations

import dataclasses
import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mafaka.vault import cipher, keyfile, recovery


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path))
    keyfile.create()
    return tmp_path


@pytest.fixture
def private() -> bytes:
    """The recovery key of a house whose key file was just lost."""
    private, public = cipher.new_pair()
    recovery.write_box(public)
    return private


def lose() -> keyfile.Keys:
    keys = keyfile.load()
    keyfile.path().unlink()
    return keys


def test_the_pages_come_back_and_the_other_keys_are_new(private: bytes) -> None:
    lost = lose()
    recovery.restore_keyfile(private)
    found = keyfile.load()
    assert (found.pages, found.salt) == (lost.pages, lost.salt)
    assert {found.node, found.web}.isdisjoint({lost.node, lost.web})
    assert stat.S_IMODE(keyfile.path().stat().st_mode) == 0o600


def test_each_restoring_draws_keys_of_its_own(private: bytes) -> None:
    drawn = []
    for _turn in range(2):
        lose()
        recovery.restore_keyfile(private)
        drawn += [keyfile.load().node, keyfile.load().web]
    assert len(set(drawn)) == 4


def test_the_box_gives_nothing_away(private: bytes) -> None:
    keys, box = keyfile.load(), recovery.box().read_bytes()
    for name in ("pages", "salt", "node", "web"):
        assert getattr(keys, name) not in box
    assert private not in box


@pytest.mark.parametrize("typed", [b"", b"\x01", bytes(31), bytes(32), bytes(33), b"\xff" * 32])
def test_another_recovery_key_restores_nothing(private: bytes, typed: bytes) -> None:
    lose()
    with pytest.raises(keyfile.KeyProblem, match="n’est pas celle"):
        recovery.restore_keyfile(typed)
    assert not keyfile.path().exists()


def test_without_its_box_the_recovery_key_restores_nothing(private: bytes) -> None:
    lose()
    recovery.box().unlink()
    with pytest.raises(keyfile.KeyProblem, match="sauvegarde"):
        recovery.restore_keyfile(private)
    assert not keyfile.path().exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=st.integers(0), bit=st.integers(0, 7))
def test_a_damaged_box_restores_nothing(private: bytes, where: int, bit: int) -> None:
    whole = recovery.box().read_bytes()
    broken = bytearray(whole)
    broken[where % len(broken)] ^= 1 << bit
    recovery.box().write_bytes(bytes(broken))
    try:
        with pytest.raises(keyfile.KeyProblem):
            recovery.restore_keyfile(private)
    finally:
        recovery.box().write_bytes(whole)


@pytest.mark.parametrize("content", [b"", b"\x02", b"x" * 10])
def test_a_cut_off_box_restores_nothing(private: bytes, content: bytes) -> None:
    recovery.box().write_bytes(content)
    with pytest.raises(keyfile.KeyProblem):
        recovery.restore_keyfile(private)


def test_the_key_file_is_replaced_in_one_move(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes at the last moment before the new file takes its name: the old one is still there, whole."""
    old = keyfile.load()

    def cut(self: Path, target: Path) -> Path:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="power cut"):
            keyfile.write(dataclasses.replace(old, node=bytes(32)))
    assert keyfile.load() == old
    keyfile.write(dataclasses.replace(old, node=bytes(32)))
    assert keyfile.load().node == bytes(32)
    assert not list(keyfile.path().parent.glob("*.new"))


def test_waiting_keys_are_read_with_the_same_care() -> None:
    keys = keyfile.load()
    keyfile.write(keys, target=keyfile.next_path())
    assert keyfile.load(keyfile.next_path()) == keys
    assert stat.S_IMODE(keyfile.next_path().stat().st_mode) == 0o600
    keyfile.next_path().chmod(0o644)
    with pytest.raises(keyfile.KeyProblem, match=r"mafaka\.next"):
        keyfile.load(keyfile.next_path())


def test_promoting_leaves_one_key_file() -> None:
    fresh = dataclasses.replace(keyfile.load(), node=b"n" * 32)
    keyfile.write(fresh, target=keyfile.next_path())
    keyfile.promote()
    assert keyfile.load() == fresh
    assert not keyfile.next_path().exists()


@pytest.mark.parametrize("name", ["pages", "salt", "node", "web"])
@pytest.mark.parametrize("text", ["", "AA==", "pas du base64 !", None, 7, "A" * 4096])
def test_a_key_of_another_size_or_kind_is_refused(name: str, text: object) -> None:
    content = json.loads(keyfile.path().read_text())
    keyfile.path().write_text(json.dumps({**content, name: text}))
    with pytest.raises(keyfile.KeyProblem, match="copie intacte"):
        keyfile.load()


def test_no_two_installations_share_a_key(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keyfile.load()
    monkeypatch.setenv("MAFAKA_HOME", str(own_home / "other"))
    second = keyfile.create()
    for name in ("pages", "salt", "node", "web"):
        assert getattr(first, name) != getattr(second, name)
    assert len({first.pages, first.node, first.web}) == 3
