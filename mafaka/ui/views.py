"""The gallery: every component in every state, and three whole pages to hold beside the mock-ups."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mafaka.ui import gallery as samples

PAGES = {"dossier": "ui/sample_case.html", "lits": "ui/sample_beds.html", "formulaire": "ui/sample_form.html"}


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components, or with `?exemple=dossier` (lits, formulaire) a page made of them."""
    template = PAGES.get(request.GET.get("exemple", ""), "ui/gallery.html")
    return render(request, template, _shell() | _samples(request))


def _shell() -> dict[str, Any]:
    """The frame of the mock-ups, whatever the reader's own navigation is."""
    return {
        "centre_name": _("Centre d’accueil de Zinder"),
        "status_text": _("Synchronisé il y a 4 min"),
        "search_url": samples.HERE,
        "crumbs": [(_("Dossiers"), samples.HERE), ("Zinder", samples.HERE)],
        "nav": [
            {
                "label": _("Accompagnement"),
                "items": [
                    _link(_("Tableau de bord")),
                    _link(_("Dossiers"), "84", url="?exemple=dossier", current=True),
                    _link(_("Recherche familiale"), "12"),
                    _link(_("Réintégration")),
                    _link(_("Justice")),
                ],
            },
            {
                "label": _("Centre"),
                "items": [
                    _link(_("Séjours et lits"), "37/48", url="?exemple=lits"),
                    _link(_("Activités")),
                    _link(_("Stocks et distributions"), "3", url="?exemple=formulaire"),
                ],
            },
            {
                "label": _("Programme"),
                "items": [
                    _link(_("Sensibilisation")),
                    _link(_("Formations")),
                    _link(_("Statistiques et rapports")),
                ],
            },
        ],
    }


def _link(label: str, count: str = "", url: str = samples.HERE, *, current: bool = False) -> dict[str, Any]:
    return {"label": label, "url": url, "count": count, "current": current}


def _samples(request: HttpRequest) -> dict[str, Any]:
    arrival = {"how": "police", "arrived_on_1": "10", "arrived_on_2": "2026", "handed": ["meal"]}
    return {
        "form": samples.ArrivalForm(arrival) if "exemple" in request.GET else None,
        "empty_form": samples.EveryFieldForm(prefix="a"),
        "refused_form": samples.EveryFieldForm({"b-how": "", "b-arrived_on_1": "10"}, prefix="b"),
        "filters": samples.SearchForm(request.GET or None),
        "file": samples.File(),
        "tasks": samples.tasks(),
        "services": samples.services(),
        "entries": samples.entries(),
        "rooms": samples.rooms(),
        "figures": samples.figures(),
        "third_page": samples.third_page(),
        "query": request.GET,
        "compared": [
            (_("Nom du père"), "Moussa", "Mousa", "yes"),
            (_("Village"), "Kantché", "Kantche", "yes"),
            (_("Âge"), _("14 ans"), _("9 ans"), "no"),
            (_("Mère"), "", "Hadiza", "unknown"),
        ],
    }
