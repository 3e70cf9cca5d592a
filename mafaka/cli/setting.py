"""Getting the program ready for a command: settings, keys, databases."""

from __future__ import annotations

import shutil
import socket

import django
from django.conf import settings

from mafaka.cli.unable import Unable
from mafaka.common.home import home

NEEDED_BYTES = 200 * 1024 * 1024


def start() -> None:
    """Load the program on an installation that exists.

    Raises:
        Unable: it was never installed here, or it is older than the program.
        KeyProblem: the keys are missing, wrong or readable by others.
    """
    django.setup()
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from mafaka.vault import keyring

    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Unable(f"L’installation de {home()} n’est pas prête. Lancez « mafaka init ».")
    keyring.check()


def require_space() -> None:
    """Make sure that there is room to work.

    Raises:
        Unable: less than 200 MB is left.
    """
    folder = home()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise Unable(
            f"Il reste {free // 1_000_000} Mo sur le disque de {folder} : il en faut 200. Libérez de la place."
        )


def require_port(host: str, port: int) -> None:
    """Make sure that an address is free.

    Raises:
        Unable: another program answers there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unable(
                f"Le port {port} est déjà pris sur {host}. Arrêtez l’autre programme, ou choisissez un autre port : "
                f"--port {port + 1}."
            ) from error


def migrate() -> None:
    """Bring both databases to the form that this version reads."""
    from django.core.management import call_command

    for alias in ("keyring", "default"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def gather_static() -> None:
    """Put stylesheet, fonts and scripts where the server reads them.

    Raises:
        Unable: the front end was never built.
    """
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    if finders.find("built/icons.svg") is None:
        raise Unable(
            "Les polices et les icônes manquent. Lancez d’abord « make build-front », ou « make demo »."
        )
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
