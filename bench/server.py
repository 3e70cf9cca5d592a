"""The real server, started as its users start it, and what it costs: processor time and memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

TREE = Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds to start


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """Serve an installation on a free port; give its address and process number.

    Raises:
        RuntimeError: it did not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mafaka", "serve", "--port", str(port)]
    environment = {**os.environ, "MAFAKA_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, cwd=TREE, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(process, base)
        yield base, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], base: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            requests.get(f"{base}/connexion/", timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("Le serveur n’a pas démarré.")


def cpu(pid: int) -> float:
    """Return the processor seconds used so far by a process and its children: a cost that load does not change."""
    ticks = 0
    for each in _family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the memory in MB held by a process and its children, shared pages counted once (PSS)."""
    kilobytes = 0
    for each in _family(pid):
        lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        found.append(each)
        for task in Path(f"/proc/{each}/task").iterdir():
            waiting += map(int, (task / "children").read_text().split())
    return found
