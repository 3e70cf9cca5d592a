"""The words of assessments: elements of trafficking, statuses, forms of exploitation, needs, the journal.

The codes of FORMS and NEEDS are those that a register is read into, so that typed and imported files make the
same figures.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

# Palermo Protocol, art. 3 (a): the three elements, each with what may establish it.
ACTS_OF_TRAFFICKING = [
    ("recruitment", _("Recrutement")),
    ("transportation", _("Transport")),
    ("transfer", _("Transfert")),
    ("harbouring", _("Hébergement de la personne")),
    ("receipt", _("Accueil par la personne qui exploite")),
]
MEANS = [
    ("force", _("Menace ou recours à la force")),
    ("coercion", _("Autre forme de contrainte")),
    ("abduction", _("Enlèvement")),
    ("fraud", _("Fraude")),
    ("deception", _("Tromperie")),
    ("abuse_of_power", _("Abus d’autorité")),
    ("vulnerability", _("Abus d’une situation de vulnérabilité")),
    ("payment", _("Argent ou avantage donné à qui avait autorité sur la personne")),
]
PURPOSES = [
    ("begging", _("Exploitation de la mendicité")),
    ("forced_labour", _("Travail ou services forcés")),
    ("servitude", _("Servitude")),
    ("prostitution", _("Exploitation de la prostitution d’autrui")),
    ("sexual", _("Autre exploitation sexuelle")),
    ("slavery", _("Esclavage")),
    ("slavery_like", _("Pratique analogue à l’esclavage : dette, mariage servile, vente d’enfant")),
    ("organs", _("Prélèvement d’organes")),
    ("other", _("Autre but d’exploitation")),
]
ELEMENTS = {"acts": _("un acte"), "means": _("un moyen"), "purposes": _("un but d’exploitation")}

# HTCDS 2.0, Trafficking Status.
STATUSES = [
    ("possible", _("Victime présumée")),
    ("actual", _("Victime identifiée")),
    ("not", _("Non-victime")),
]
STATUS_KINDS = {"possible": "info", "actual": "danger", "not": ""}

FORMS = [
    ("forced_begging", _("Mendicité forcée")),
    ("forced_labour", _("Travail forcé")),
    ("labour_exploitation", _("Exploitation par le travail")),
    ("domestic_servitude", _("Servitude domestique")),
    ("sexual_exploitation", _("Exploitation sexuelle")),
    ("forced_marriage", _("Mariage forcé")),
    ("slavery", _("Esclavage ou pratique analogue")),
    ("armed_recruitment", _("Enrôlement forcé")),
    ("organ_removal", _("Prélèvement d’organes")),
    ("other", _("Autre")),
]

NEEDS = [
    ("accommodation", _("Hébergement")),
    ("medical", _("Soins médicaux")),
    ("psychosocial", _("Soutien psychosocial")),
    ("legal", _("Assistance juridique")),
    ("family_tracing", _("Recherche familiale")),
    ("schooling", _("Scolarisation")),
    ("food", _("Alimentation")),
    ("clothing", _("Vêtements")),
    ("livelihood", _("Moyens d’existence")),
    ("documents", _("Documents d’identité")),
    ("other", _("Autre")),
]
URGENCIES = [("high", _("Urgent")), ("medium", _("Cette semaine")), ("low", _("Peut attendre"))]
URGENCY_KINDS = {"high": "danger", "medium": "warn", "low": ""}

ACTS = {
    "assessments.interviewed": Act(_("Entretien d’identification tenu."), _("Identification")),
    "assessments.forms_reported": Act(_("Formes d’exploitation rapportées."), _("Identification")),
    "assessments.needs_identified": Act(_("Besoins constatés : {count}."), _("Besoins")),
    "assessments.need_met": Act(_("Besoin comblé : {need}."), _("Besoins")),
    "assessments.need_reopened": Act(_("Besoin de nouveau à combler : {need}."), _("Besoins")),
    "assessments.need_withdrawn": Act(_("Besoin retiré, noté par erreur : {need}."), _("Besoins")),
}
