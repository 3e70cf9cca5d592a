"""The commands as a person runs them: real processes, a real folder, real exit codes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return tmp_path / "house"


@pytest.fixture
def mafaka(house: Path) -> Run:
    """Run one command in a house of its own."""

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        kept = {
            name: os.environ[name] for name in ("PATH", "LANG", "MAFAKA_DATABASE_URL") if name in os.environ
        }
        return subprocess.run(
            [sys.executable, "-m", "mafaka", *words],
            env={**kept, "MAFAKA_HOME": str(house), "PYTHONPATH": "."},
            input=typed, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def alone() -> None:
    """These tests make whole installations: on PostgreSQL they would share the one database of the run."""
    if "MAFAKA_DATABASE_URL" in os.environ:
        pytest.skip("one installation per database; run on the embedded one")


def recovery_key(text: str) -> str:
    found = re.search(r"((?:[0-9a-f]{4} ){15}[0-9a-f]{4})", text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "words",
    ["", "init", "serve", "demo", "import", "report", "audit", "check", "vault", "user", "centre", "room", "backup",
     "import register", "audit verify", "vault rotate", "user add"],
)  # fmt: skip
def test_every_command_explains_itself(mafaka: Run, words: str) -> None:
    told = mafaka(*words.split(), "--help")
    assert told.returncode == 0
    assert "mafaka" in told.stdout


@pytest.mark.parametrize("words", [["danser"], ["report"], ["report", "douze"], ["audit"], []])
def test_wrong_usage_is_said_with_its_own_exit_code(mafaka: Run, words: list[str]) -> None:
    assert mafaka(*words).returncode == 2


@pytest.mark.parametrize(
    "words",
    [["check"], ["report", "2022"], ["audit", "verify"], ["vault", "status"], ["serve", "--port", "0"]],
)
def test_without_an_installation_every_command_says_what_to_do(
    mafaka: Run, words: list[str], house: Path
) -> None:
    told = mafaka(*words)
    assert told.returncode == 3
    assert "mafaka init" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert not list(house.glob("*.db"))


def test_a_house_is_made_once_and_its_key_is_its_owners(alone: None, mafaka: Run, house: Path) -> None:
    first, second = mafaka("init"), mafaka("init")
    assert (first.returncode, second.returncode) == (0, 0)
    recovery_key(first.stdout)
    assert "à jour" in second.stdout
    assert "secours" not in second.stdout.lower()
    assert oct((house / "keys" / "mafaka.key").stat().st_mode)[-3:] == "600"
    assert mafaka("check").returncode == 0


def test_a_centre_gets_its_beds_from_the_command_line(alone: None, mafaka: Run) -> None:
    mafaka("init")
    beds = ["F", "Dortoir des filles", "--kind", "girls", "--beds"]
    assert "mafaka centre ZIN" in mafaka("room", "ZIN", *beds, "16").stderr
    mafaka("centre", "ZIN", "Centre de Zinder")
    assert "16 lits" in mafaka("room", "ZIN", *beds, "16").stdout
    again, none = mafaka("room", "ZIN", *beds, "16"), mafaka("room", "ZIN", "G", *beds[1:], "0")
    assert again.returncode != 0
    assert "porte déjà le code F" in again.stderr
    assert none.returncode != 0


def test_a_missing_key_stops_everything_and_is_not_replaced(alone: None, mafaka: Run, house: Path) -> None:
    mafaka("init")
    key = house / "keys" / "mafaka.key"
    kept = key.read_bytes()
    key.unlink()
    for words in (["init"], ["check"], ["serve", "--port", "0"]):
        told = mafaka(*words)
        assert told.returncode == 3
        assert "clé" in told.stderr
        assert not key.exists()
    key.write_bytes(kept)
    key.chmod(0o600)
    assert mafaka("check").returncode == 0


def test_another_installations_key_is_refused(alone: None, mafaka: Run, house: Path, tmp_path: Path) -> None:
    mafaka("init")
    house.rename(tmp_path / "first")
    mafaka("init")
    (tmp_path / "first" / "keys" / "mafaka.key").replace(house / "keys" / "mafaka.key")
    told = mafaka("check")
    assert told.returncode == 3
    assert "n’ouvre pas la base" in told.stderr


def test_a_key_that_others_may_read_is_refused(alone: None, mafaka: Run, house: Path) -> None:
    mafaka("init")
    (house / "keys" / "mafaka.key").chmod(0o644)
    told = mafaka("check")
    assert told.returncode == 3
    assert "chmod 600" in told.stderr


def test_a_port_in_use_is_one_sentence(alone: None, mafaka: Run) -> None:
    mafaka("init")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words in (["serve", "--port", port], ["demo", "--port", port]):
            told = mafaka(*words)
            assert told.returncode == 3
            assert "déjà pris" in told.stderr
            assert len(told.stderr.strip().splitlines()) == 1


def test_staff_are_added_from_the_keyboard(alone: None, mafaka: Run) -> None:
    mafaka("init")
    assert mafaka("centre", "ZIN", "Centre d’accueil de Zinder", "--region", "NE007").returncode == 0
    added = ["user", "add", "r.laouali", "--name", "R. Laouali", "--role", "manager", "--centre", "ZIN"]
    weak, good = mafaka(*added, typed="court\n"), mafaka(*added, typed="sable-et-indigo-2026\n")
    assert (weak.returncode, good.returncode) == (1, 0)
    assert mafaka(*added, typed="sable-et-indigo-2026\n").returncode == 1
    assert mafaka("centre", "zin", "X").returncode == 1
    assert mafaka("user", "password", "personne", typed="sable-et-indigo-2027\n").returncode == 3
    assert mafaka("user", "password", "r.laouali", typed="sable-et-indigo-2027\n").returncode == 0


def tamper(house: Path, statements: list[str]) -> None:
    """Change the database behind the program's back, as somebody who holds the key could."""
    script = (
        "import sys\nfrom sqlcipher3 import dbapi2\nfrom mafaka.vault import keyfile\n"
        "keys = keyfile.load()\nc = dbapi2.connect(sys.argv[1], isolation_level=None)\n"
        'c.execute(f"PRAGMA key = \\"x\'{keys.pages.hex()}{keys.salt.hex()}\'\\"")\n'
        "[c.execute(statement) for statement in sys.argv[2:]]\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(house / "mafaka.db"), *statements],
        env={"PATH": os.environ["PATH"], "MAFAKA_HOME": str(house), "PYTHONPATH": "."}, check=True, timeout=60,
    )  # fmt: skip


FREE = [
    "DROP TRIGGER audit_entry_no_update",
    "DROP TRIGGER audit_entry_no_delete",
    "DROP TRIGGER audit_entry_no_jump",
]
SWAP = [
    "UPDATE audit_entry SET seq = -1 WHERE seq = 2",
    "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
    "UPDATE audit_entry SET seq = 3 WHERE seq = -1",
]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE audit_entry SET actor = 'x' WHERE seq = 2"], ["Entrée 2 : modifiée."]),
        (["DELETE FROM audit_entry WHERE seq = 2"], ["Entrée 2 : supprimée."]),
        (SWAP, ["Entrée 2 : déplacée.", "Entrée 3 : déplacée."]),
        (["DELETE FROM audit_entry WHERE seq = 4"], ["Entrée 4 : supprimée à la fin."]),
    ],
    ids=["altered", "removed", "reordered", "truncated"],
)
def test_whoever_changes_the_journal_is_betrayed(
    alone: None, mafaka: Run, house: Path, statements: list[str], said: list[str]
) -> None:
    mafaka("init")
    for code in ("AAA", "BBB", "CCC", "DDD"):
        mafaka("centre", code, "Centre")
    whole = mafaka("audit", "verify")
    assert (whole.returncode, whole.stdout) == (0, "Le journal est intact : 4 entrées.\n")
    tamper(house, [*FREE, *statements])
    told = mafaka("audit", "verify")
    assert told.returncode == 1
    for sentence in said:
        assert sentence in told.stdout
    assert mafaka("check").returncode == 1


def test_a_witness_betrays_a_journal_written_anew(alone: None, mafaka: Run, house: Path) -> None:
    mafaka("init")
    mafaka("centre", "AAA", "Centre")
    line = mafaka("audit", "witness").stdout.strip()
    assert mafaka("audit", "verify", "--witness", line).returncode == 0
    assert (
        mafaka("audit", "verify", "--witness", f"{line[:-1]}{'0' if line[-1] != '0' else '1'}").returncode
        == 1
    )
    assert mafaka("audit", "verify", "--witness", "n’importe quoi").returncode == 3


def test_keys_are_renewed_and_everything_still_opens(alone: None, mafaka: Run, house: Path) -> None:
    mafaka("init")
    key = house / "keys" / "mafaka.key"
    before = key.read_bytes()
    assert mafaka("vault", "rotate").returncode == 0
    assert key.read_bytes() != before
    assert "époque 2" in mafaka("vault", "status").stdout
    assert mafaka("check").returncode == 0


def test_what_an_installation_holds_is_its_owners_alone(
    alone: None, mafaka: Run, house: Path, tmp_path: Path
) -> None:
    assert mafaka("init").returncode == 0
    assert mafaka("backup", str(tmp_path / "usb")).returncode == 0
    held = [house, *house.rglob("*"), tmp_path / "usb", *(tmp_path / "usb").iterdir()]
    assert {"mafaka.db", "keyring.db", "recovery.box"} <= {path.name for path in held}
    assert [path for path in held if path.stat().st_mode & 0o077] == []


def test_a_lost_house_comes_back_from_its_backup_and_the_recovery_key(
    alone: None, mafaka: Run, house: Path, tmp_path: Path
) -> None:
    key = recovery_key(mafaka("init").stdout)
    mafaka("centre", "ZIN", "Centre d’accueil de Zinder")
    assert mafaka("backup", str(tmp_path / "usb")).returncode == 0
    assert mafaka("backup", str(tmp_path / "usb")).returncode == 3
    house.rename(tmp_path / "burnt")
    house.mkdir()
    for file in (tmp_path / "usb").iterdir():
        assert b"Centre d\xe2\x80\x99accueil" not in file.read_bytes()
        file.rename(house / file.name)
    assert mafaka("vault", "recover", typed="0" * 64).returncode == 3
    assert mafaka("vault", "recover", typed=key).returncode == 0
    assert mafaka("check").returncode == 0
    assert mafaka("centre", "ZIN", "encore").returncode == 1


def test_a_full_disk_is_one_sentence(mafaka: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mafaka.cli import main, setting

    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "house"))
    monkeypatch.setattr(setting, "NEEDED_BYTES", 10**18)
    assert main.main(["init"]) == 3
    assert not (tmp_path / "house").exists()
