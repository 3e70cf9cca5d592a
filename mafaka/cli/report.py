"""mafaka report: the figures of a year."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from mafaka.cli.unable import Unable

if TYPE_CHECKING:
    from mafaka.reports.queries import ChildrenShare, Figures, Number

FIRST_YEAR, LAST_YEAR = 1990, 2100


def add(commands: Any) -> None:
    """Add these commands."""
    report = commands.add_parser(
        "report",
        help="donner les chiffres d’une année",
        description="Donne les chiffres d’une année, chacun avec sa base, et la phrase qui les dit.",
    )
    report.add_argument("year", type=_year, metavar="ANNÉE", help="par exemple 2022")
    report.add_argument("--centre", default="", metavar="CODE", help="un seul centre, par exemple ZIN")
    report.add_argument(
        "--day", type=_day, metavar="AAAA-MM-JJ", help="jour où l’on compte les personnes présentes"
    )
    report.add_argument("--json", action="store_true", help="écrire du JSON, pour un autre programme")
    report.set_defaults(run=run_report)


def _year(written: str) -> int:
    if not (written.isascii() and written.isdigit() and FIRST_YEAR <= int(written) <= LAST_YEAR):
        raise argparse.ArgumentTypeError(
            f"l’année s’écrit en quatre chiffres, de {FIRST_YEAR} à {LAST_YEAR}, par exemple 2022."
        )
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError("le jour s’écrit AAAA-MM-JJ, par exemple 2022-12-31.") from error


def run_report(args: argparse.Namespace) -> int:
    """Print the figures of a year."""
    from mafaka.cli import setting

    setting.start()
    from django.utils import timezone

    from mafaka.audit import journal
    from mafaka.organisations.queries import centre
    from mafaka.reports import queries

    by = journal.System("command")
    where = centre(code=args.centre, by=by) if args.centre else None
    if args.centre and where is None:
        raise Unable(f"Il n’y a pas de centre {args.centre}.")
    figures = queries.figures(year=args.year, centre=where, day=args.day, by=by, at=timezone.now())
    if args.day and figures.day != args.day:
        raise Unable(f"Le {args.day} n’est pas un jour passé de {args.year}.")
    if args.json:
        print(json.dumps(as_data(figures), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(figures)))
    return 0


def as_data(figures: Figures) -> dict[str, Any]:
    """Return the figures for another program: numbers by code, and the words of their bases."""
    numbers = {code: number.value for code, number in figures.numbers.items()}
    return numbers | {
        "year": figures.year,
        "until": figures.until.isoformat(),
        "centre": figures.centre,
        "sentence": figures.sentence,
        "bases": {code: number.base for code, number in figures.numbers.items()},
        "children_share": {share.code: _share(share) for share in figures.shares},
        "excluded": figures.excluded,
        "tables": {
            table.code: {
                "title": table.title,
                "base": table.base,
                "lines": [
                    {"code": each.code, "label": each.label, "value": each.value} for each in table.lines
                ],
            }
            for table in figures.tables
        },
    }


def _share(share: ChildrenShare) -> dict[str, Any]:
    percent = None if share.percent is None else round(share.percent, 1)
    return {
        "numerator": share.children,
        "denominator": share.everyone,
        "percent": percent,
        "base": share.base,
    }


def as_text(figures: Figures) -> list[str]:
    """Return the figures as lines to read; tables leave out what nobody falls under."""
    lines = [f"{figures.centre}, {figures.year}", "", figures.sentence, ""]
    lines += [_line(number, number.base) for number in figures.numbers.values()]
    lines += ["", "Part des enfants"]
    for share in figures.shares:
        numbers = f"{share.percent_text} ({share.children} sur {share.everyone})"
        lines += [f"  {share.label} : {numbers}", f"      {share.base}"]
    for table in figures.tables:
        if told := [each for each in table.lines if each.value]:
            lines += ["", f"{table.title} ({table.base})", *(_line(each, "") for each in told)]
    return lines


def _line(number: Number, base: str) -> str:
    return f"{number.value:>7}  {number.label}" + (f" ({base})" if base else "")
