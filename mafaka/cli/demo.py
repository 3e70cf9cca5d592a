"""mafaka demo: a fictitious centre to look at, kept apart from any real installation."""

from __future__ import annotations

import argparse
import os
from typing import Any

from mafaka.accounts.roles import Role
from mafaka.cli.unable import Unable
from mafaka.common.home import home

PEOPLE = {
    Role.SOCIAL_WORKER: ("amina", "Amina Souley"),
    Role.PROTECTION_ASSISTANT: ("ramatou", "Ramatou Laminou"),
    Role.MANAGER: ("moussa", "Moussa Garba"),
    Role.GUARD: ("idi", "Idi Sanda"),
    Role.STOREKEEPER: ("salissou", "Salissou Manzo"),
    Role.LAWYER: ("ibrahim", "Maître Ibrahim Kadri"),
    Role.STATISTICIAN: ("zeinabou", "Zeinabou Djibo"),
    Role.DPO: ("harouna", "Harouna Waziri"),
    Role.POLICE: ("tahirou", "Tahirou Labo"),
    Role.PARTNER: ("csi-birni", "CSI Birni"),
    Role.DONOR: ("bailleur", "Bailleur"),
    Role.ADMINISTRATOR: ("admin", "Administrateur"),
}


def add(commands: Any) -> None:
    """Add this command."""
    demo = commands.add_parser(
        "demo",
        help="essayer avec un centre fictif",
        description="Charge un centre fictif, le sert et donne un compte par rôle. Relancée, elle garde les données.",
    )
    demo.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    demo.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    demo.add_argument("--no-serve", action="store_true", help="charger les données sans servir les pages")
    demo.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace) -> int:
    """Install and fill the demonstration where it is not there yet, say who can sign in, and serve."""
    if "MAFAKA_HOME" not in os.environ:
        os.environ["MAFAKA_HOME"] = str(home().with_name("mafaka-demo"))
    from mafaka.cli import install, setting

    if not args.no_serve:
        setting.require_port(args.host, args.port)
    install.install()
    load()
    if args.no_serve:
        _introduce(f"http://{args.host}:{args.port}")
        return 0
    setting.gather_static()
    _introduce(f"http://{args.host}:{args.port}")
    install.serve(args.host, args.port)
    return 0


def load() -> None:
    """Fill the demonstration in one transaction: interrupted, it begins anew; done, it is kept.

    Raises:
        Unable: the folder holds a real installation.
    """
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.cli import fiction
    from mafaka.organisations.queries import centres

    by = journal.System("demo")
    present = centres(by=by)
    if any(not centre.is_fictitious for centre in present):
        raise Unable(f"{home()} contient de vraies données : la démonstration ne s’y charge pas.")
    if not present:
        print("Chargement d’un centre fictif (une minute environ)…", flush=True)
        with transaction.atomic():
            fiction.furnish(PEOPLE, password, by=by, at=timezone.now())
    (home() / "demonstration").touch()
    settings.DEMONSTRATION = True  # the settings were read before the file was there


def password(role: Role) -> str:
    """Return the demonstration password of a role: drawn from this installation's own key, so none is the same."""
    from base64 import b32encode

    from mafaka.vault import cipher, keyfile

    text = b32encode(cipher.derive(keyfile.load().web, f"demo|{role}")).decode().lower()
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def _introduce(address: str) -> None:
    print(f"\nMafaka, démonstration (personnes fictives) : {address}\n")
    print(f"  {'rôle':<38}{'identifiant':<14}mot de passe")
    for role, (username, _name) in PEOPLE.items():
        print(f"  {role.label!s:<38}{username:<14}{password(role)}")
    print("\nCtrl+C pour arrêter. Données : " + str(home()), flush=True)
