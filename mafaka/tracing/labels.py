"""The words of tracing: the sentences of the journal. None says who is sought, or who is at risk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

_ROOM = _("Recherche familiale")
ACTS = {
    "tracing.risk_noted": Act(_("Contact à risque signalé : ne pas contacter."), _ROOM),
    "tracing.risk_lifted": Act(_("Signalement d’un contact à risque levé."), _ROOM),
    "tracing.requested": Act(_("Recherche de la famille ouverte : {number}."), _ROOM),
    "tracing.declined": Act(_("La famille n’est pas recherchée : l’intérêt supérieur s’y oppose."), _ROOM),
    "tracing.lead_noted": Act(_("Piste notée : {lead}."), _ROOM),
    "tracing.verified": Act(_("Piste vérifiée : {verification}."), _ROOM),
    "tracing.stopped": Act(_("Recherche {number} arrêtée : contact à risque."), _ROOM),
    "tracing.ended": Act(_("Recherche {number} close."), _ROOM),
    "tracing.reunified": Act(_("Réunion avec la famille."), _("Réunification")),
}
