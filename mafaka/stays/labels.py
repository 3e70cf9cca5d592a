"""The words of stays: why somebody leaves, how rooms are said in the journal, its sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

LEAVING_REASONS = [
    ("family", _("Retour en famille")),
    ("host_family", _("Famille d’accueil")),
    ("transfer", _("Transfert vers une autre structure")),
    ("home_country", _("Retour dans son pays")),
    ("own_choice", _("Départ de son plein gré")),
    ("unannounced", _("Départ sans prévenir")),
    ("died", _("Décès")),
]

# Rooms as they stand inside a sentence of the journal, which keeps their kind and not their name.
IN_SENTENCES = [
    ("girls", _("dortoir des filles")),
    ("boys", _("dortoir des garçons")),
    ("women", _("dortoir des femmes")),
    ("men", _("dortoir des hommes")),
    ("family", _("chambres familiales")),
    ("isolation", _("isolement sanitaire")),
]

_STAY = _("Séjour")
ACTS = {
    "stays.room_set_up": Act(_("Lits installés : {room_kind}, {beds}."), _STAY),
    "stays.admitted": Act(_("Admission au centre, {room_kind}, lit {bed}."), _STAY),
    "stays.admitted_without_bed": Act(_("Admission au centre, lit à attribuer."), _STAY),
    "stays.bed_changed": Act(_("Changement de lit : {room_kind}, lit {bed}."), _STAY),
    "stays.left": Act(_("Départ du centre : {leaving}."), _STAY),
    "stays.leave_undone": Act(_("Départ retiré, noté par erreur : le séjour continue."), _STAY),
    "stays.recorded": Act(_("Séjour repris du registre."), _STAY),
    "stays.bed_out_of_service": Act(_("Lit {bed} mis hors service."), _STAY),
    "stays.bed_back_in_service": Act(_("Lit {bed} remis en service."), _STAY),
}
