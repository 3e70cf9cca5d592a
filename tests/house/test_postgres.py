"""The throw-away PostgreSQL server: it serves the command, passes on its exit code, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

pytestmark = pytest.mark.slow

BESIDE = [sys.executable, "-m", "tools.postgres"]
ASK = """
import os, psycopg
with psycopg.connect(os.environ["MAFAKA_DATABASE_URL"]) as connection:
    print(connection.execute("show fsync").fetchone()[0])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for the server's own folder; the name would break a shell that forgets its quotes."""
    place = tmp_path / "un dossier d'essai"
    place.mkdir()
    return place


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder)}


def servers() -> set[str]:
    """Return the folders of the servers that stand now, wherever they were put."""
    found = subprocess.run(["pgrep", "-fa", "mafaka-pg-"], capture_output=True, text=True, check=False)
    return {line for line in found.stdout.splitlines() if "postgres -D" in line}


def test_the_command_finds_a_server_made_for_tests(folder: Path) -> None:
    before = servers()
    done = subprocess.run(
        [*BESIDE, sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "off\n"
    assert servers() <= before
    assert list(folder.iterdir()) == []


def test_the_exit_code_is_the_command_s_own(folder: Path) -> None:
    done = subprocess.run([*BESIDE, "sh", "-c", "exit 7"], cwd=ROOT, env=environment(folder), check=False)
    assert done.returncode == 7


def test_an_interruption_stops_the_command_and_removes_the_server(folder: Path) -> None:
    before = servers()
    command = [*BESIDE, "sh", "-c", "echo $MAFAKA_DATABASE_URL; exec sleep 60"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://mafaka@")
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 128 + signal.SIGTERM
    assert servers() <= before
    assert list(folder.iterdir()) == []


def test_without_a_command_it_explains_itself() -> None:
    done = subprocess.run(BESIDE, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "python -m tools.postgres" in done.stderr
