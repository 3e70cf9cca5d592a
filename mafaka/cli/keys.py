"""mafaka vault status, rotate, recover: the keys and their holders."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import Any

from mafaka.cli.unable import Unable


def add(commands: Any) -> None:
    """Add these commands."""
    root = commands.add_parser(
        "vault",
        help="gérer les clés",
        description="Renouvelle les clés, ou les reprend avec la clé de secours.",
    )
    acts = root.add_subparsers(dest="act", required=True, metavar="ACTION")
    acts.add_parser("status", help="montrer les compartiments et leurs détenteurs").set_defaults(
        run=run_status
    )
    rotate = acts.add_parser("rotate", help="renouveler la clé du serveur et celles des compartiments")
    rotate.set_defaults(run=run_rotate)
    recover = acts.add_parser(
        "recover", help="reprendre les données avec la clé de secours (lue sur l’entrée)"
    )
    recover.set_defaults(run=run_recover)


def run_status(args: argparse.Namespace) -> int:
    """Show each compartment, its epoch, its holders and how many people have a key in it."""
    from mafaka.cli import setting

    setting.start()
    from mafaka.vault.models import Compartment, CompartmentKey, DataKey

    for key in CompartmentKey.objects.prefetch_related("wraps").order_by("compartment"):
        holders = ", ".join(sorted(str(wrap.get_holder_display()) for wrap in key.wraps.all()))
        count = DataKey.objects.filter(key=key).count()
        print(
            f"{Compartment(key.compartment).label:<22} époque {key.epoch}   {count:>7} clés   détenteurs : {holders}"
        )
    return 0


def run_rotate(args: argparse.Namespace) -> int:
    """Draw a new node key and a new epoch of every compartment key; stop the server first."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.vault import keyfile, keyring

    now = timezone.now()
    count = keyring.rotate(at=now)
    old = keyfile.load()
    keyring.renew_node(dataclasses.replace(old, node=keyring.new_node_key()))
    journal.record("vault.rotated", by=journal.System("command"), at=now, data={"count": count})
    print(f"Clés renouvelées : {count} clés de personnes, et la clé du serveur. Relancez « mafaka serve ».")
    return 0


def run_recover(args: argparse.Namespace) -> int:
    """Hand the compartments back to this node with the recovery key typed on standard input."""

    try:
        key = bytes.fromhex("".join(sys.stdin.read().split()))
    except ValueError as error:
        raise Unable(
            "La clé de secours s’écrit en chiffres et lettres de 0 à f, par groupes de quatre."
        ) from error
    from mafaka.vault import keyfile, recovery

    if not keyfile.path().exists():
        recovery.restore_keyfile(key)
    import django

    django.setup()
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.vault import keyring

    keyring.recover(key)
    journal.record("vault.recovered", by=journal.System("command"), at=timezone.now())
    print("Les données sont de nouveau ouvertes à ce serveur.")
    return 0
