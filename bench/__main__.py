"""`python -m bench`: the speed of the real server with many invented cases. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.client import Ask, Client, percentile, together
from bench.pages import MIX, NAMES, asks
from bench.server import cpu, memory, serving
from bench.table import show

MARK = "bench.json"
TREE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """A filled installation: how to sign in, and the references of cases whose files are opened, by user."""

    home: Path
    password: str
    users: dict[str, str]
    references: dict[str, list[str]]
    cases: int


def main() -> int:
    """Fill, serve, ask, show; return 1 only when an answer is wrong, never for being slow."""
    args = _arguments()
    with ExitStack() as stack:
        home = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mafaka-bench-")))
        if home.resolve().is_relative_to(TREE):
            print("Choisissez un dossier hors des sources.", file=sys.stderr)
            return 2
        place = _read(home) if (home / MARK).exists() else _fill(home, args.cases)
        if args.first:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))  # the server inherits it
        base, pid = stack.enter_context(serving(home))
        result = _measure(place, base, pid, args)
    show(result)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return 1 if result["wrong"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="combien de dossiers inventer (100000)")
    parser.add_argument("--keep", type=Path, help="dossier où les garder, et les retrouver la fois suivante")
    parser.add_argument("--only", default="", help="noms des requêtes à mesurer, séparés par des virgules")
    parser.add_argument("--n", type=int, default=40, help="mesures par requête (40)")
    parser.add_argument(
        "--seconds", type=float, default=15, help="durée de la charge à quatre (15) ; 0 : sans"
    )
    parser.add_argument(
        "--first", action="store_true", help="passer avant tout autre programme (root ; machine partagée)"
    )
    parser.add_argument("--out", type=Path, help="fichier JSON des résultats (bench/results/….json)")
    return parser.parse_args()


def _fill(home: Path, cases: int) -> Place:
    os.environ["MAFAKA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mafaka.config.settings"
    from mafaka.cli import install

    begun = time.monotonic()
    print(f"Invention de {cases} dossiers…", flush=True)
    install.install()
    from django.db import connections
    from django.utils import timezone

    from bench.generate import Generator, followed, sign_ins

    password, now = secrets.token_urlsafe(12), timezone.now()
    Generator(at=now).fill(cases)
    users = sign_ins(password, at=now)
    references = {who: followed(username) for who, username in users.items()}
    connections.close_all()
    kept = {"password": password, "users": users, "references": references, "cases": cases}
    (home / MARK).write_text(json.dumps(kept))
    print(f"Prêt en {time.monotonic() - begun:.0f} s.", flush=True)
    return Place(home=home, **kept)


def _read(home: Path) -> Place:
    return Place(home=home, **json.loads((home / MARK).read_text()))


def _measure(place: Place, base: str, pid: int, args: argparse.Namespace) -> dict[str, Any]:
    result: dict[str, Any] = {
        "cases": place.cases,
        "load": os.getloadavg(),
        "first": args.first,
        "users": {},
        "wrong": [],
    }
    only = set(filter(None, args.only.split(",")))
    chosen = [ask for ask in asks(date.today()) if not only or ask.name in only]  # noqa: DTZ011 - as one types it

    def client(who: str, seed: int) -> Client:
        made = Client(base, names=NAMES, references=place.references[who], seed=seed)
        made.sign_in(place.users[who], place.password)
        return made

    begun = time.perf_counter()
    client("agency", 1).ask(Ask("index", "/recherche/", body={"q": "Maidabo"}))
    result["first_search_s"] = round(time.perf_counter() - begun, 1)
    for who in place.users:
        rows = result["users"][who] = {}
        for ask in chosen:
            one = client(who, 2) if ask.signed_in else Client(base, names=NAMES, references=[""])
            if fault := one.check(ask):
                result["wrong"].append(f"{who}, {fault}")
                print(f"  {who}, {fault}", file=sys.stderr, flush=True)
                continue
            rows |= _times(one, ask, pid, args.n)
    if args.seconds and not only:
        result["mix"] = _mix(client, pid, args.seconds)
    result["memory_mb"] = round(memory(pid))
    return result


def _times(client: Client, ask: Ask, pid: int, n: int) -> dict[str, dict[str, Any]]:
    """Time a request n times, after three that do not count."""
    for _warming in range(3):
        client.ask(ask)
    before, answers = cpu(pid), [client.ask(ask) for _turn in range(n)]
    spent = (cpu(pid) - before) / n * 1000
    rows = {}
    for name in [answer.name for answer in answers[0]]:
        mine = [answer for turn in answers for answer in turn if answer.name == name]
        times = [answer.seconds * 1000 for answer in mine]
        rows[name] = {
            "n": n,
            **{f"p{p}_ms": round(percentile(times, p / 100), 1) for p in (50, 95)},
            "min_ms": round(min(times), 1),
            "max_ms": round(max(times), 1),
            "server_cpu_ms": round(spent, 1),
            "bytes": mine[-1].size,
            "sent": mine[-1].sent,
            "fails": sum(bool(answer.wrong) for answer in mine),
            "budget_ms": ask.budget,
        }
    return rows


def _mix(client: Callable[[str, int], Client], pid: int, seconds: float) -> dict[str, Any]:
    """Have one, then four people work at once; lists, files and searches in the shares of the design study."""
    by_name = {ask.name: ask for ask in asks(date.today())}  # noqa: DTZ011
    found = {}
    for number in (1, 4):
        clients = [client("agency", 100 + each) for each in range(number)]
        before = cpu(pid)
        answers, lasted = together(
            clients, lambda one: by_name[one.chance.choices(list(MIX), list(MIX.values()))[0]], seconds
        )
        times = [answer.seconds * 1000 for answer in answers]
        found[str(number)] = {
            "rps": round(len(answers) / lasted, 1),
            "p50_ms": round(percentile(times, 0.5), 1),
            "p95_ms": round(percentile(times, 0.95), 1),
            "cpu_ms_per_request": round((cpu(pid) - before) / len(answers) * 1000, 1),
            "fails": sum(bool(answer.wrong) for answer in answers),
        }
    return found


if __name__ == "__main__":
    sys.exit(main())
