"""mafaka import register: a centre's arrivals register becomes people, cases and stays."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mafaka.cli.unable import Unable
from mafaka.common.refusals import Refused

LARGEST = 10 * 1024 * 1024 + 1  # one byte more than is accepted: the reader says that it is too large


def add(commands: Any) -> None:
    """Add this command."""
    root = commands.add_parser(
        "import", help="importer un registre", description="Importe ce qu’un centre a déjà écrit."
    )
    what = root.add_subparsers(dest="what", required=True, metavar="QUOI")
    register = what.add_parser(
        "register",
        help="un registre des arrivées (.xlsx)",
        description="Importe un registre des arrivées, tout ou rien. L’importer de nouveau ne change rien.",
    )
    register.add_argument(
        "file", type=Path, metavar="FICHIER", help="le classeur du registre, au format .xlsx"
    )
    register.add_argument("--centre", default="", metavar="CODE", help="le centre, quand il y en a plusieurs")
    register.add_argument(
        "--merge-suspected", action="store_true", help="réunir les doublons probables, et dire lesquels"
    )
    register.add_argument(
        "--by", default="", metavar="IDENTIFIANT", help="le compte au nom duquel on importe"
    )
    register.add_argument("--json", action="store_true", help="rendre compte en JSON")
    register.set_defaults(run=run_register)


def run_register(args: argparse.Namespace) -> int:
    """Import a register; without any centre, the register's title names the first one."""
    with args.file.open("rb") as file:
        content = file.read(LARGEST)
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.exchange import operations, queries

    now = timezone.now()
    by = _actor(args.by)
    centre, opened = _centre(args.centre, content, by=by, at=now)
    batch = operations.upload(centre=centre, file=content, name=args.file.name, by=by, at=now)
    try:
        if args.merge_suspected:
            operations.accept_suggestions(batch=batch, by=by, at=now)
        asked = queries.suspected(batch, by=by, at=now)
        report = operations.run(batch=batch, by=by, at=now, progress=_progress())
    except Refused:
        operations.abandon(batch=batch, by=by, at=now)
        raise
    if args.json:
        print(json.dumps(as_json(report, asked), ensure_ascii=False, indent=2))
    else:
        if opened:
            print(f"Premier centre créé d’après le registre : {centre.code}, {centre.name}.")
        for line in in_words(report, asked):
            print(line)
    return 0


def _actor(username: str) -> Any:
    from mafaka.accounts import policy
    from mafaka.accounts.queries import user_named
    from mafaka.audit import journal

    command = journal.System("command")
    if not username:
        return command
    user = user_named(username, by=command)
    if user is None:
        raise Unable(f"Il n’y a pas de compte {username}.")
    if not policy.may(user, "exchange.import"):
        raise Refused(f"Le compte {username} ne peut pas importer de registre.")
    return user


def _centre(code: str, content: bytes, *, by: Any, at: Any) -> tuple[Any, bool]:
    """Return the centre of the register, and whether it was opened for it."""
    from mafaka.exchange.queries import proposed_centre
    from mafaka.organisations import operations
    from mafaka.organisations.queries import centres

    known = centres(by=by)
    chosen = [centre for centre in known if centre.code == code] if code else known
    if len(chosen) == 1:
        return chosen[0], False
    if known and not code:
        raise Unable(f"Il y a plusieurs centres : ajoutez --centre {known[0].code}, ou un autre code.")
    if code:
        raise Unable(f"Il n’y a pas de centre {code}. Créez-le : mafaka centre {code} 'nom du centre'.")
    found = proposed_centre(content, by=by)
    centre = operations.open_centre(
        code=found.code, name=found.name, region=found.region, is_fictitious=found.is_fictitious, by=by, at=at
    )
    return centre, True


def _progress() -> Callable[[int, int], None] | None:
    """Tell on the terminal how far it is; say nothing to a program."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\rLignes écrites : {done} sur {of}", end=end, file=sys.stderr, flush=True)

    return tell


def as_json(report: Any, asked: list[Any]) -> dict[str, Any]:
    """Return the account for another program: row numbers of the sheet, never a name."""
    scores = {(pair.row, pair.other): pair.score for pair in asked}
    return {
        "rows": report.rows,
        "people": report.people,
        "cases": report.people,
        "merged": [
            {"row": each.row, "into": each.into or each.reference, "score": scores.get((each.row, each.into))}
            for each in report.merged
        ],
        "already_imported": len(report.already_imported),
        "kept_aside": [{"row": each.row, "sentence": each.sentence} for each in report.aside],
        "problems": report.problems,
        "suspected": [
            {"row": pair.row, "other": pair.other, "score": pair.score, "probable": pair.probable}
            for pair in asked
            if pair.decided is None
        ],
    }


def in_words(report: Any, asked: list[Any]) -> list[str]:
    """Return the account in French: row and register numbers, never a name."""
    lines = [f"{report.rows} lignes lues : {report.people} personnes nouvelles, autant de dossiers."]
    if report.merged:
        lines.append(f"{len(report.merged)} lignes réunies avec une autre, même personne :")
        lines += [_pair(pair) for pair in asked if pair.decided]
    if report.already_imported:
        lines.append(f"{len(report.already_imported)} lignes déjà importées : rien n’a changé.")
    if report.aside:
        lines.append(f"{len(report.aside)} lignes mises de côté, gardées avec leur texte :")
        lines += [f"  ligne {each.row} : {each.sentence}" for each in report.aside]
    if report.problems:
        lines.append(f"{report.problems} points à vérifier, gardés dans les dossiers.")
    waiting = [pair for pair in asked if pair.decided is None]
    if waiting:
        probable = sum(pair.probable for pair in waiting)
        lines.append(
            f"{len(waiting)} doublons possibles sans décision, dont {probable} probables : leurs lignes sont entrées "
            "comme des personnes différentes. Cette version ne réunit plus deux dossiers après l’import."
        )
        lines += [_pair(pair) for pair in waiting if pair.probable]
    return lines


def _pair(pair: Any) -> str:
    return f"  {pair.second} / {pair.first} (score {str(pair.score).replace('.', ',')})"
