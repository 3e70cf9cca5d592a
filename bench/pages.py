"""What is asked: the requests of the design study, named as they were there, at the addresses of this product."""

from __future__ import annotations

from datetime import date

from bench.client import FIRST, Ask

YEAR = 2025  # a whole year of the invented cases
LIST, FIGURES = 50.0, 200.0  # milliseconds, p95, one client at rest: issue « Speed »
NAMES = (
    "Mahamadou", "Ramatou", "Issoufou", "Zeinabou", "Harouna", "Tahirou", "Balkissa", "Maidabo", "Kantché",
    "Adamou", "Issufu", "Zainabu Garba", "Mohamadou Moumouni", "Fati Souley",
)  # fmt: skip
# How often each is asked when several people work at once (design study: three lists, five files, two searches).
MIX = {"case_list_open": 3, "case_file": 5, "search_name_all": 2}


def asks(today: date) -> list[Ask]:
    """Return every request; each says what its answer must hold."""
    arrival = {
        "arrived_on_0": str(today.day),
        "arrived_on_1": str(today.month),
        "arrived_on_2": str(today.year),
    }
    person = {
        "centre": FIRST,
        "brought_by": "police",
        "sex": "female",
        "age": "12",
        "unit": "12",
        "circumstances": "Essai {seq}",
    }
    return [
        Ask("floor_login_page", "/connexion/", 'name="password"', signed_in=False),
        Ask("home", "/", 'aria-current="page"'),
        Ask("case_list_open", "/dossiers/?status=open", "-2026-", budget=LIST),
        Ask("case_list_all", "/dossiers/", "-2026-", budget=LIST),
        Ask("case_list_page_300", "/dossiers/?page=300", "-20"),
        Ask("search_name_all", "/recherche/", 'scope="row"', body={"q": "{name}"}, budget=LIST),
        Ask("case_file", "/dossiers/{reference}/", 'id="protection"', budget=LIST),
        Ask("shelter_overview", "/sejours/", "F-01"),
        Ask("create_form", "/accueil/", 'name="brought_by"', fields=arrival | person),
        Ask("stats_sex_age_1year", f"/chiffres/?year={YEAR}", str(YEAR), budget=FIGURES),
    ]
