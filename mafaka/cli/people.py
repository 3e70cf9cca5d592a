"""mafaka centre, room, user: the places, and who works where."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from mafaka.accounts.roles import Role
from mafaka.cli.unable import Unable

ROOM_KINDS = ("girls", "boys", "women", "men", "family", "isolation")


def add(commands: Any) -> None:
    """Add these commands."""
    centre = commands.add_parser(
        "centre",
        help="créer un centre",
        description="Crée un centre d’accueil.",
    )
    centre.add_argument("code", help="deux à quatre lettres majuscules, par exemple ZIN")
    centre.add_argument("name", help="nom du centre")
    centre.add_argument("--region", default="", help="code de la région, par exemple NE007")
    centre.set_defaults(run=run_centre)
    room = commands.add_parser(
        "room",
        help="installer une pièce et ses lits",
        description="Installe une pièce d’un centre, avec ses lits numérotés : F-01, F-02…",
    )
    room.add_argument("centre", help="code du centre")
    room.add_argument("code", help="une à trois lettres, peintes sur les lits, par exemple F")
    room.add_argument("name", help="nom de la pièce")
    room.add_argument("--kind", required=True, choices=ROOM_KINDS, metavar="POUR", help=", ".join(ROOM_KINDS))
    room.add_argument("--beds", required=True, type=int, metavar="LITS", help="nombre de lits")
    room.set_defaults(run=run_room)
    root = commands.add_parser(
        "user",
        help="créer un compte, changer un mot de passe",
        description="Gère les comptes ; le mot de passe se tape au clavier.",
    )
    acts = root.add_subparsers(dest="act", required=True, metavar="ACTION")
    new = acts.add_parser("add", help="créer un compte")
    new.add_argument("username", help="identifiant, par exemple r.laouali")
    new.add_argument("--name", required=True, help="nom affiché")
    new.add_argument(
        "--role", required=True, choices=Role.values, metavar="RÔLE", help=", ".join(Role.values)
    )
    new.add_argument("--centre", default="", help="code du centre ; vide pour toute l’agence")
    new.set_defaults(run=run_add)
    password = acts.add_parser("password", help="changer un mot de passe")
    password.add_argument("username")
    password.set_defaults(run=run_password)


def run_centre(args: argparse.Namespace) -> int:
    """Create a centre."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.organisations import operations

    by = journal.System("command")
    centre = operations.open_centre(
        code=args.code, name=args.name, region=args.region, by=by, at=timezone.now()
    )
    print(f"Centre {centre.code} créé.")
    return 0


def run_room(args: argparse.Namespace) -> int:
    """Furnish a room of a centre with its beds."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.stays import operations

    by = journal.System("command")
    room = operations.set_up_room(
        centre=_centre(args.centre, by),
        code=args.code,
        name=args.name,
        kind=args.kind,
        beds=args.beds,
        by=by,
        at=timezone.now(),
    )
    print(f"{room.name} : {args.beds} lits, à partir de {room.code}-01.")
    return 0


def _centre(code: str, by: Any) -> Any:
    from mafaka.organisations.queries import centre

    found = centre(code=code, by=by)
    if found is None:
        raise Unable(f"Il n’y a pas de centre {code}. Créez-le : mafaka centre {code} 'nom du centre'.")
    return found


def run_add(args: argparse.Namespace) -> int:
    """Create an account; the password is read from the keyboard, or from standard input."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.accounts import operations
    from mafaka.audit import journal

    by = journal.System("command")
    where = _centre(args.centre, by) if args.centre else None
    operations.create_user(
        username=args.username,
        display_name=args.name,
        role=Role(args.role),
        centre=where,
        password=_password(),
        by=by,
        at=timezone.now(),
    )
    print(f"Compte {args.username} créé.")
    return 0


def run_password(args: argparse.Namespace) -> int:
    """Give somebody a new password."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.accounts import operations
    from mafaka.accounts.queries import user_named
    from mafaka.audit import journal

    by = journal.System("command")
    user = user_named(args.username, by=by)
    if user is None:
        raise Unable(f"Il n’y a pas de compte {args.username}.")
    operations.set_password(user=user, password=_password(), by=by, at=timezone.now())
    print(f"Mot de passe de {args.username} changé.")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Mot de passe (12 caractères au moins) : ")
