"""What the shell around every page needs: navigation, search, the person signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mafaka.accounts import policy


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the shell; nothing but links for those who are not signed in."""
    user = getattr(request, "user", None)
    everywhere = {
        "preferences_url": reverse("office:preferences"),
        "languages": settings.LANGUAGES,
        "theme": request.COOKIES.get("theme", ""),
        "banner": _("Démonstration : toutes les personnes sont fictives.") if settings.DEMONSTRATION else "",
    }
    if user is None or not user.is_authenticated:
        return everywhere
    return everywhere | {
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "search_url": reverse("office:search") if policy.may(user, "office.search") else "",
        "centre_name": SimpleLazyObject(lambda: user.centre.name if user.centre else _("Toute l’agence")),
        "sign_out_url": reverse("office:sign_out"),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups of links that this person may follow."""
    groups = [
        (
            _("Accompagnement"),
            [
                ("office.today", _("Aujourd’hui"), "office:today"),
                ("cases.list", _("Dossiers"), "cases:list"),
                ("cases.receive", _("Accueillir une personne"), "intake:receive"),
            ],
        ),
        (_("Centre"), [("stays.board", _("Séjours et lits"), "stays:board")]),
        (
            _("Programme"),
            [
                ("reports.figures", _("Chiffres"), "reports:figures"),
                ("exchange.import", _("Importer un registre"), "exchange:imports"),
            ],
        ),
        (_("Surveillance"), [("audit.read", _("Journal des accès"), "office:audit")]),
    ]
    shown = []
    for label, links in groups:
        items = [_item(request, *rest) for act, *rest in links if policy.may(request.user, act)]
        if items:
            shown.append({"label": label, "items": items})
    return shown


def _item(request: HttpRequest, label: str, name: str) -> dict[str, Any]:
    url = reverse(name)
    here = request.path == url if url == "/" else request.path.startswith(url)
    return {"label": label, "url": url, "count": None, "current": here}
