"""People of the tests, and the demonstration register (fictitious) as a careful importer would read it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from mafaka.matching import Entry

REGISTER = Path(__file__).parent / "register_2022.csv"
WRITTEN_TWICE = {(2, 5), (43, 47), (91, 92), (100, 103), (181, 184), (188, 197)}
SAME_NAME_OTHER_CHILD = {(39, 93), (15, 109), (77, 124)}
COMMUNES = {
    "NE007005005": ("Kantché", "Kantchi"),
    "NE007005007": ("Matamey", "Matamèye"),
    "NE007006004": ("Magaria",),
    "NE004005002": ("Guidan Roumdji",),
}

Row = dict[str, str]


def register() -> dict[int, Row]:
    """The rows by number."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): row for row in csv.DictReader(file)}


def entry(row: Row) -> Entry:
    return Entry(
        key=int(row["number"]),
        own=(row["name"],),
        commune=row["commune"],
        birth_year=int(row["birth_year"]),
        sex=row["sex"],
    )


def arrival_bits(one: Row, other: Row) -> dict[str, float]:
    """What the importer of a register adds: were these two lines the same arrival?"""
    apart = abs((date.fromisoformat(one["entered"]) - date.fromisoformat(other["entered"])).days)
    bits = {
        "entered": 2.0 if apart <= 3 else -1.0 if apart <= 14 else -3.0,
        "brought_by": 1.0 if one["brought_by"] == other["brought_by"] else -1.0,
        "needs": 3.0 if one["needs"] == other["needs"] else -1.5,
        "returned_from": 0.5 if one["returned_from"] == other["returned_from"] else -1.5,
    }
    if one["left"] and other["left"]:
        bits["left"] = 3.0 if one["left"] == other["left"] else -2.0
    return bits


def child(key: int, own: str, **known: object) -> Entry:
    """A child of Kantché, born in 2010, unless said otherwise."""
    values: dict[str, object] = {"sex": "male", "birth_year": 2010, "commune": "NE007005005"} | known
    return Entry(key=key, own=(own,), **values)  # type: ignore[arg-type]


def village_people() -> list[Entry]:
    """Sixty neighbours with ordinary names, so that names are as common as they are in life."""
    given = [
        "Moussa",
        "Ibrahim",
        "Issoufou",
        "Maïdabo",
        "Hadiza",
        "Aïchatou",
        "Zeinabou",
        "Chaïbou",
        "Laouali",
        "Hassane",
    ]
    fathers = ["Oumarou", "Abdou", "Sani", "Mahaman", "Yacouba", "Souleymane"]
    girls = {"Hadiza", "Aïchatou", "Zeinabou"}
    return [
        child(
            100 + 10 * i + j,
            f"{name} {father}",
            sex="female" if name in girls else "male",
            birth_year=2004 + (3 * i + 5 * j) % 12,
            village=["Guidan Roumdji", "Dan Barto", "Garin Malam"][(i + j) % 3],
        )
        for i, father in enumerate(fathers)
        for j, name in enumerate(given)
    ]
