"""The countries that people come from, pass through or return from, by ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# Those of the routes that the centre sees every day; lists offer them first.
NEAREST = ("NE", "NG", "DZ", "LY")
COUNTRIES = {
    "AO": _("Angola"),
    "BF": _("Burkina Faso"),
    "BJ": _("Bénin"),
    "CD": _("République démocratique du Congo"),
    "CF": _("République centrafricaine"),
    "CG": _("Congo"),
    "CI": _("Côte d’Ivoire"),
    "CM": _("Cameroun"),
    "DZ": _("Algérie"),
    "EG": _("Égypte"),
    "ER": _("Érythrée"),
    "ES": _("Espagne"),
    "ET": _("Éthiopie"),
    "FR": _("France"),
    "GA": _("Gabon"),
    "GH": _("Ghana"),
    "GM": _("Gambie"),
    "GN": _("Guinée"),
    "GQ": _("Guinée équatoriale"),
    "GW": _("Guinée-Bissau"),
    "IT": _("Italie"),
    "LR": _("Libéria"),
    "LY": _("Libye"),
    "MA": _("Maroc"),
    "ML": _("Mali"),
    "MR": _("Mauritanie"),
    "NE": _("Niger"),
    "NG": _("Nigeria"),
    "SA": _("Arabie saoudite"),
    "SD": _("Soudan"),
    "SL": _("Sierra Leone"),
    "SN": _("Sénégal"),
    "SO": _("Somalie"),
    "SS": _("Soudan du Sud"),
    "TD": _("Tchad"),
    "TG": _("Togo"),
    "TN": _("Tunisie"),
    "TR": _("Turquie"),
}


def choices() -> list[tuple[str, Any]]:
    """Return (code, name) for a list to choose from: the nearest first, then by name."""
    others = sorted(
        (code for code in COUNTRIES if code not in NEAREST), key=lambda code: str(COUNTRIES[code])
    )
    return [(code, COUNTRIES[code]) for code in (*NEAREST, *others)]
