"""Registers as Hypothesis imagines them: people, blank rows, totals, headers again, cells of every kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from mafaka.workbooks.workbook import Cell, Grid, Line
from mafaka.workbooks.written import written

HEADERS = (
    "N°",
    "Date d'entrée",
    "Nom et prénom",
    "Sexe",
    "Âge",
    "Commune",
    "Amené par",
    "Besoins",
    "Date de sortie",
    "Taille",
)
NAME, SEX = HEADERS.index("Nom et prénom"), HEADERS.index("Sexe")
BLANK: tuple[Any, ...] = (None,) * len(HEADERS)
TOTAL = ("Total", None, None, None, 14, *BLANK[5:])
TITLE = ("Convoi du mois de mars", *BLANK[1:])

names = st.sampled_from(
    [
        "Ali Moussa",
        "Issoufou Malam",
        "Issufu Malam",
        "RABI SANI",
        "Hadiza Garba",
        "Nana-Aïcha Idi",
        "عائشة موسى",
    ]
)
sexes = st.sampled_from(["M", "F", "f", "Masculin", "fille", "", None, "?", "Z"])
days = st.dates(date(2022, 1, 1), date(2022, 12, 31)).map(lambda day: f"{day:%d/%m/%Y}")
anything = (
    st.none() | st.text(max_size=12) | st.integers(-5, 60_000) | st.booleans() | st.dates() | st.floats()
)

PLAIN = st.tuples(
    st.integers(1, 400),
    days,
    names,
    sexes,
    st.sampled_from([9, 15, "env. 9", "14 mois", "10-12 ans", "", None, "400", 34]),
    st.sampled_from(["Kantché", "kantchi", "Tibiri", "Atlantis", "", None]),
    st.sampled_from(["Police", "OIM", "son oncle", "mairie", None]),
    st.sampled_from(["médical", "médical, vêtements", "", None, "chèvre"]),
    st.none() | days,
    st.sampled_from(["1,20 m", None]),
)
ODD = st.tuples(*[anything] * len(HEADERS))
people = PLAIN | ODD
rows = st.lists(PLAIN | ODD | st.sampled_from([BLANK, TOTAL, TITLE, HEADERS]), max_size=12)


def grid(*lines: tuple[Any, ...]) -> Grid:
    """A sheet of these rows below the headers, as the workbook room would give it: blank ones left out."""
    kept = []
    for number, values in enumerate((HEADERS, *lines), start=1):
        cells = tuple(Cell(value, written(value)) for value in values)
        if any(cell.text.strip() for cell in cells):
            kept.append(Line(number, cells))
    return Grid("Registre", tuple(kept), len(HEADERS))
