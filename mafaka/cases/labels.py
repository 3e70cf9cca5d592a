"""The words of cases: stages of the path, reasons of closure, languages, sentences of the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

# The path of the case: each stage is reached when its fact has a date (mock-up: the row of arches).
STAGES = [
    ("registered_on", _("Accueil")),
    ("interviewed_on", _("Identification")),
    ("planned_on", _("Plan")),
    ("assisted_on", _("Assistance")),
    ("tracing_on", _("Recherche")),
    ("reunified_on", _("Réunification")),
    ("reintegration_on", _("Réintégration")),
    ("closed_on", _("Clôture")),
]

CLOSING_REASONS = [
    ("reintegrated", _("Réintégration achevée")),
    ("reunified", _("Réunie avec sa famille, suivi terminé")),
    ("transferred", _("Transférée à une autre structure")),
    ("left", _("Départ volontaire")),
    ("lost", _("Perdue de vue")),
    ("not_concerned", _("N’est pas concernée par la traite")),
    ("died", _("Décès")),
]

BROUGHT_BY = [
    ("police", _("Police")),
    ("gendarmerie", _("Gendarmerie")),
    ("iom", _("OIM")),
    ("ngo", _("ONG")),
    ("official_convoy", _("Convoi officiel")),
    ("self", _("D’elle-même")),
    ("relative", _("Un proche")),
    ("other", _("Autre")),
]

LANGUAGES = [
    ("ha", _("Haoussa")),
    ("dje", _("Zarma")),
    ("kr", _("Kanouri")),
    ("ff", _("Fulfulde")),
    ("tmh", _("Tamasheq")),
    ("ar", _("Arabe")),
    ("fr", _("Français")),
    ("en", _("Anglais")),
    ("xxx", _("Autre langue")),
]

_CASE = _("Dossier")
ACTS = {
    "cases.opened": Act(_("Dossier ouvert."), _CASE),
    "cases.assigned": Act(_("Référent·e désigné·e."), _CASE),
    "cases.consented": Act(_("Consentement noté : {consent}, {answer}."), _("Consentement")),
    "cases.withdrew": Act(_("Consentement retiré : {consent}."), _("Consentement")),
    "cases.closed": Act(_("Dossier clos : {closing}."), _CASE),
    "cases.reopened": Act(_("Dossier rouvert."), _CASE),
}
