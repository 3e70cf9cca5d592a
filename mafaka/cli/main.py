"""The command line. Exit codes: 0 done, 1 refused or a fault was found, 2 wrong usage, 3 it cannot run here."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from mafaka import __version__
from mafaka.cli.unable import Unable
from mafaka.common.refusals import Refused
from mafaka.vault.keyfile import KeyProblem

DONE, REFUSED, USAGE, UNABLE = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; problems are one French sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mafaka.config.settings")
    os.umask(0o077)  # databases, backups and keys are their owner's alone
    args = parser().parse_args(argv)
    try:
        return int(args.run(args) or DONE)
    except Refused as refused:
        return _say(refused.sentence, REFUSED)
    except (KeyProblem, Unable) as problem:
        return _say(str(problem), UNABLE)
    except OSError as problem:
        return _say(_about(problem), UNABLE)
    except KeyboardInterrupt:
        return _say("Arrêté.", 130)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _about(problem: OSError) -> str:
    named = f" ({problem.filename})" if problem.filename else ""
    known = {
        2: "Fichier ou dossier introuvable",
        13: "Accès refusé : vérifiez les droits du dossier",
        28: "Le disque est plein : libérez de la place, puis recommencez",
        30: "Le disque est en lecture seule",
    }
    return f"{known.get(problem.errno or 0, problem.strerror or 'Erreur du système')}{named}."


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each module of this folder adds its own."""
    from mafaka.cli import audit, demo, install, keys, people, register, report

    root = argparse.ArgumentParser(
        prog="mafaka",
        description="Mafaka : accueil, protection et réintégration des victimes de traite.",
        epilog="MAFAKA_HOME désigne le dossier des données et des clés. Voir docs/guide/installer.md.",
    )
    root.add_argument("--version", action="version", version=f"Mafaka {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    for module in (install, demo, register, report, audit, keys, people):
        module.add(commands)
    return root
