"""The figures as a table, beside those of an existing system and the budgets that were promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EXISTING = json.loads((Path(__file__).parent / "existing_system.json").read_text())
USERS = {"agency": "Compte de toute l’agence", "centre": "Compte d’un centre"}


def show(result: dict[str, Any]) -> None:
    """Print what was measured."""
    load = ", ".join(f"{each:.1f}" for each in result["load"])
    first = " ; le serveur passe avant les autres programmes" if result["first"] else ""
    print(f"\n{result['cases']} dossiers ; charge de la machine au début : {load}{first}")
    print(f"Première recherche, index à construire : {result['first_search_s']} s")
    for who, rows in result["users"].items():
        print(f"\n{USERS[who]}, un client (ms)")
        print(
            f"  {'requête':<24}{'p50':>8}{'p95':>8}{'CPU':>8}{'Ko':>7}{'envoi':>7}   autre p50 / p95   budget"
        )
        for name, row in rows.items():
            print(f"  {name:<24}{_row(name, row)}")
    for number, row in result.get("mix", {}).items():
        other = EXISTING["mix_list3_file5_search2"][number]
        print(
            f"\n{number} à la fois, listes, dossiers et recherches : {row['rps']} requêtes/s, p50 {row['p50_ms']} ms, "
            f"p95 {row['p95_ms']} ms (autre : {other['rps']}/s, {other['p50_ms']} et {other['p95_ms']} ms)"
        )
    print(f"\nMémoire du serveur à la fin : {result['memory_mb']} Mo")
    print(f"« autre » : {EXISTING['source']} {EXISTING['caution']}")
    for fault in result["wrong"]:
        print(f"PAS MESURÉ {fault}")


def _row(name: str, row: dict[str, Any]) -> str:
    other = EXISTING["as_shipped"].get(name)
    beside = f"{other['p50_ms']:>8.0f} /{other['p95_ms']:>6.0f}" if other else f"{'':>16}"
    failed = f"  {row['fails']} échecs" if row["fails"] else ""
    return (
        f"{row['p50_ms']:>8.1f}{row['p95_ms']:>8.1f}{row['server_cpu_ms']:>8.1f}{row['bytes'] / 1024:>7.1f}"
        f"{row['sent'] / 1024:>7.1f}{beside}   {verdict(row)}{failed}"
    )


def verdict(row: dict[str, Any]) -> str:
    """Return whether a promised p95 is kept: « tenu », « dépassé », or nothing where none was promised."""
    if row["budget_ms"] is None:
        return ""
    return f"< {row['budget_ms']:.0f} : {'tenu' if row['p95_ms'] < row['budget_ms'] else 'dépassé'}"
