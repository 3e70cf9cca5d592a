"""mafaka init, serve, check, backup: a place to work in, and its health."""

from __future__ import annotations

import argparse
import gc
import shutil
from pathlib import Path
from threading import Thread
from typing import Any

from mafaka.cli.unable import Unable
from mafaka.common.home import home


def add(commands: Any) -> None:
    """Add these commands."""
    init = commands.add_parser(
        "init",
        help="créer l’installation, ou la mettre à jour",
        description="Crée les clés et les bases dans MAFAKA_HOME, ou met à jour celles qui existent.",
    )
    init.set_defaults(run=run_init)
    serve = commands.add_parser(
        "serve",
        help="servir les pages",
        description="Sert les pages sur ce poste, jusqu’à Ctrl+C.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    serve.set_defaults(run=run_serve)
    check = commands.add_parser(
        "check",
        help="vérifier l’installation",
        description="Vérifie les clés, les bases, le journal et la place sur le disque.",
    )
    check.set_defaults(run=run_check)
    backup = commands.add_parser(
        "backup",
        help="sauvegarder les données",
        description="Copie les bases, chiffrées, dans un dossier ; la clé n’en fait pas partie.",
    )
    backup.add_argument("folder", type=Path, metavar="DOSSIER")
    backup.set_defaults(run=run_backup)


def run_init(args: argparse.Namespace) -> int:
    """Create the installation, or bring it up to date; say the recovery key once."""
    recovery = install()
    if recovery:
        print(f"Installation créée dans {home()}.\n")
        print(
            "CLÉ DE SECOURS, montrée une seule fois. Notez-la sur papier et gardez-la loin de ce serveur :\n"
        )
        print(f"    {spaced(recovery)}\n")
        print(
            "Ensuite : mafaka centre ZIN 'Centre de Zinder', puis mafaka room …, mafaka user add … et mafaka serve."
        )
    else:
        print(f"L’installation de {home()} est à jour.")
    return 0


def install() -> bytes | None:
    """Make keys and databases where there are none, upgrade them where there are; return a new recovery key."""
    from django.utils import timezone

    from mafaka.cli import setting
    from mafaka.vault import keyfile

    setting.require_space()
    if not keyfile.path().exists():
        keyfile.create()
    import django

    django.setup()
    setting.migrate()
    from mafaka.vault import keyring
    from mafaka.vault.models import EscrowKey

    if EscrowKey.objects.exists():
        keyring.check()
        return None
    return keyring.establish(at=timezone.now())


def spaced(key: bytes) -> str:
    """Return a key as one writes it on paper: groups of four hexadecimal digits."""
    text = key.hex()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def run_serve(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from mafaka.cli import setting

    setting.require_port(args.host, args.port)
    setting.start()
    setting.gather_static()
    print(f"Mafaka : http://{args.host}:{args.port}", flush=True)
    serve(args.host, args.port)
    return 0


def serve(host: str, port: int) -> None:
    """Serve with one process of eight threads: limits and replay guards are coherent (SECURITY §8.1)."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            options = {
                "bind": f"{host}:{port}",
                "worker_class": "gthread",
                "workers": 1,
                "threads": 8,
                "graceful_timeout": 10,
                "timeout": 120,
                "loglevel": "error",
                "proc_name": "mafaka",
                "control_socket_disable": True,
                "post_worker_init": lambda _worker: Thread(target=prepare_search, daemon=True).start(),
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from mafaka.config.wsgi import application

            return application

    from django.db import connections

    connections.close_all()
    Server().run()


def prepare_search() -> None:
    """Have the index of names made before somebody searches: with 100,000 people it takes seconds."""
    from django.db import connections
    from django.utils import timezone

    from mafaka.audit.journal import System
    from mafaka.people import queries as people

    try:
        people.search("", by=System("serve"), at=timezone.now())
        # The index and the program stay for good. Python need not look through them for garbage again and
        # again: it takes 0.1 s, within somebody's page.
        gc.collect()
        gc.freeze()
    finally:
        connections.close_all()


def run_check(args: argparse.Namespace) -> int:
    """Say what is well and what is not; exit 1 when something is not."""
    from mafaka.cli import setting

    setting.require_space()
    setting.start()
    from django.db import connections

    from mafaka.audit import journal

    findings = [("Clés et trousseau", True), ("Bases à jour", True)]
    for alias in connections:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA quick_check")
                findings.append((f"Intégrité de la base « {alias} »", cursor.fetchone()[0] == "ok"))
    findings.append(("Journal : garde-fous en place", journal.guards()))
    findings.append(("Journal : chaîne intacte", not journal.faults()))
    for label, fine in findings:
        print(f"{'ok   ' if fine else 'DÉFAUT'} {label}")
    return 0 if all(fine for _label, fine in findings) else 1


def run_backup(args: argparse.Namespace) -> int:
    """Copy both databases while they are in use; the copies are encrypted by the same key."""
    from mafaka.cli import setting

    setting.start()
    from django.db import connections

    from mafaka.vault import recovery

    args.folder.mkdir(parents=True, exist_ok=True)
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            print(
                f"La base « {alias} » est sur PostgreSQL : sauvegardez-la avec pg_dump, vers un disque chiffré."
            )
            continue
        target = args.folder / Path(str(connection.settings_dict["NAME"])).name
        if target.exists():
            raise Unable(f"{target} existe déjà : choisissez un dossier vide.")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        print(f"Sauvegardé : {target}")
    shutil.copy2(recovery.box(), args.folder)
    print(f"La clé ({home()}/keys) n’est pas dans la sauvegarde : gardez-la à part.")
    return 0
