"""Run a command beside a throw-away PostgreSQL server, and remove the server whatever happens.

    python -m tools.postgres pytest -m "not browser"

The command finds the server in MAFAKA_DATABASE_URL. The server lives in a folder of its own, listens on a
Unix socket only (so no port can be taken), and keeps nothing safe (fsync off): it is for tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "40",
    "synchronous_commit": "off",
    "unix_socket_permissions": "0700",
}
SOCKET_PATH_LIMIT = 80  # of the 107 bytes that Linux allows; the rest is the name of the socket itself


class NoServerError(Exception):
    """PostgreSQL cannot be started; carries one sentence for whoever asked."""


def binaries() -> Path:
    """Return the folder of the newest installed server's programs (Debian keeps them off the PATH)."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise NoServerError(
        "PostgreSQL est introuvable\u00a0: installez le paquet postgresql. [Install the package postgresql.]"
    )


def server_user() -> pwd.struct_passwd | None:
    """Return who must own the server: PostgreSQL refuses root, so an unprivileged user in root's place."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def open_to_all(folder: Path) -> bool:
    """Say whether any user may pass through this folder and those above it."""
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def place(user: pwd.struct_passwd | None) -> Path:
    """Make the server's folder where its user may reach it and where a socket's path is short enough."""
    wanted = Path(tempfile.gettempdir()).resolve()
    fits = len(str(wanted)) < SOCKET_PATH_LIMIT and (user is None or open_to_all(wanted))
    folder = Path(tempfile.mkdtemp(prefix="mafaka-pg-", dir=wanted if fits else Path("/var/tmp")))  # noqa: S108
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


class Cluster:
    """One server in one folder."""

    def __init__(self) -> None:
        self.bin = binaries()
        self.user = server_user()
        self.folder = place(self.user)

    @property
    def url(self) -> str:
        """The address of its one database, in the form that settings read."""
        return f"postgresql://mafaka@{quote(str(self.folder), safe='')}:5432/mafaka"

    def start(self) -> None:
        """Make the cluster, start it, wait until it answers."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "mafaka", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        options += f" -k '{self.folder}'"
        self._run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", f"{self.folder}/log", "-o", options, "start")
        self._run("createdb", "-h", str(self.folder), "-U", "mafaka", "mafaka")

    def remove(self) -> None:
        """Stop the server at once, if it runs, and remove its folder."""
        data = self.folder / "data"
        if (data / "postmaster.pid").exists():
            try:
                self._run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
            except NoServerError as problem:
                print(problem, file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        identity = {}
        if self.user is not None:
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        # Output goes to a file: the server inherits it, and a pipe would stay open as long as it lives.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            done = subprocess.run(
                [str(self.bin / program), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **identity,
            )
            if done.returncode != 0:
                output.seek(0)
                raise NoServerError(
                    f"PostgreSQL n’a pas pu démarrer. [{program} failed.]\n{output.read()}{self._log()}"
                )

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text(errors="replace") if log.exists() else ""


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server for the time of a `with` block."""
    server = Cluster()
    try:
        server.start()
        yield server
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave the server behind
        server.remove()


def leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an exit, so that every `finally` is run."""
    sys.exit(128 + number)


def run(command: list[str]) -> int:
    """Run the command beside a server; return its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    with cluster() as server:
        process = subprocess.Popen(command, env={**os.environ, "MAFAKA_DATABASE_URL": server.url})
        try:
            code = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    """Run the command given; 2 if there is none, 1 if the server cannot be had."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return run(arguments)
    except NoServerError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
