"""The words of reintegration: the sentences of the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

_ROOM = _("Réintégration")
ACTS = {
    "reintegration.planned": Act(_("Plan de réintégration établi."), _ROOM),
    "reintegration.revised": Act(_("Plan de réintégration revu."), _ROOM),
    "reintegration.supported": Act(_("Appui à la réintégration : {support}."), _ROOM),
    "reintegration.withdrawn": Act(_("Appui retiré, noté par erreur : {support}."), _ROOM),
}
