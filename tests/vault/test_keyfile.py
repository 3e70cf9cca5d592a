"""The key file: made once, readable by its owner alone, never replaced, and a clear sentence when it is wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mafaka.vault import keyfile


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path))
    return tmp_path


def test_new_keys_come_back_and_only_their_owner_reads_them() -> None:
    keys = keyfile.create()
    assert keyfile.load() == keys
    assert stat.S_IMODE(keyfile.path().stat().st_mode) == 0o600
    assert stat.S_IMODE(keyfile.path().parent.stat().st_mode) == 0o700


def test_an_existing_key_is_never_replaced() -> None:
    keys = keyfile.create()
    with pytest.raises(keyfile.KeyProblem, match="existe déjà"):
        keyfile.create()
    assert keyfile.load() == keys


def test_no_new_key_is_made_over_old_data(own_home: Path) -> None:
    (own_home / "mafaka.db").write_bytes(b"data")
    with pytest.raises(keyfile.KeyProblem, match="manque"):
        keyfile.create()
    assert not keyfile.path().exists()


def test_a_missing_key_says_what_to_do() -> None:
    with pytest.raises(keyfile.KeyProblem, match="mafaka init"):
        keyfile.load()


def test_a_key_that_others_can_read_is_refused() -> None:
    keyfile.create()
    keyfile.path().chmod(0o640)
    with pytest.raises(keyfile.KeyProblem, match="chmod 600"):
        keyfile.load()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"pages": "AAAA"}', '{"pages":"AA==","salt":"AA==","node":"AA==","web":"AA=="}']
)
def test_a_damaged_key_is_refused(text: str) -> None:
    keyfile.create()
    keyfile.path().write_text(text)
    with pytest.raises(keyfile.KeyProblem):
        keyfile.load()


def test_a_half_written_new_file_leaves_the_old_one() -> None:
    keys = keyfile.create()
    keyfile.path().with_suffix(".new").write_text('{"format"')
    assert keyfile.load() == keys
