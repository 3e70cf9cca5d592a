"""mafaka audit verify, witness: is the journal whole?"""

from __future__ import annotations

import argparse
from typing import Any

from mafaka.cli.unable import Unable

LONGEST_NUMBER = 18  # digits: what a database counts with
KINDS = {
    "altered": "modifiée",
    "removed": "supprimée",
    "reordered": "déplacée",
    "relinked": "ne suit pas la précédente",
    "truncated": "supprimée à la fin",
}


def add(commands: Any) -> None:
    """Add these commands."""
    root = commands.add_parser(
        "audit",
        help="vérifier le journal",
        description="Vérifie le journal des écritures et des consultations.",
    )
    acts = root.add_subparsers(dest="act", required=True, metavar="ACTION")
    verify = acts.add_parser("verify", help="chercher les entrées modifiées, supprimées ou déplacées")
    verify.add_argument(
        "--witness", metavar="N:EMPREINTE", help="ligne notée plus tôt avec « mafaka audit witness »"
    )
    verify.set_defaults(run=run_verify)
    witness = acts.add_parser("witness", help="donner la ligne à noter hors de ce serveur")
    witness.set_defaults(run=run_witness)


def run_verify(args: argparse.Namespace) -> int:
    """Name every entry that is not as it was written; exit 1 when there is one."""
    from mafaka.cli import setting

    setting.start()
    from mafaka.audit import journal

    known = None
    if args.witness:
        seq, _sep, mark = args.witness.partition(":")
        if not (seq.isdecimal() and len(seq) <= LONGEST_NUMBER and len(mark) == 64):
            raise Unable("La ligne témoin s’écrit N:EMPREINTE, comme la donne « mafaka audit witness ».")
        known = (int(seq), mark)
    faults = journal.faults(witness=known)
    for fault in faults:
        print(f"Entrée {fault.seq} : {KINDS[fault.kind]}.")
    seq, _mark = journal.head()
    if faults:
        print(f"Le journal a {len(faults)} défaut(s) sur {seq} entrées.")
        return 1
    print(f"Le journal est intact : {seq} entrées.")
    return 0


def run_witness(args: argparse.Namespace) -> int:
    """Print the end of the chain, to be kept elsewhere."""
    from mafaka.cli import setting

    setting.start()
    from mafaka.audit import journal

    seq, mark = journal.head()
    print(f"{seq}:{mark}")
    return 0
