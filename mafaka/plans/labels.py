"""The words of plans: services by need, states, reasons, sentences of the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

# Code of a service: (the need it answers, what it is called).
SERVICES = {
    "shelter": ("accommodation", _("Hébergement au centre")),
    "host_family": ("accommodation", _("Famille d’accueil")),
    "health_check": ("medical", _("Consultation et bilan de santé")),
    "treatment": ("medical", _("Traitement")),
    "vaccination": ("medical", _("Vaccination")),
    "individual_sessions": ("psychosocial", _("Entretiens individuels")),
    "group_sessions": ("psychosocial", _("Séances de groupe")),
    "family_mediation": ("psychosocial", _("Médiation familiale")),
    "legal_advice": ("legal", _("Conseil juridique")),
    "accompanied_hearing": ("legal", _("Audition accompagnée")),
    "family_search": ("family_tracing", _("Recherche de la famille")),
    "literacy_class": ("schooling", _("Cours d’alphabétisation")),
    "enrolment": ("schooling", _("Inscription à l’école")),
    "meals": ("food", _("Repas au centre")),
    "food_ration": ("food", _("Ration alimentaire")),
    "clothes": ("clothing", _("Vêtements")),
    "dignity_kit": ("clothing", _("Kit de dignité")),
    "vocational_training": ("livelihood", _("Formation professionnelle")),
    "start_up_help": ("livelihood", _("Aide au démarrage d’une activité")),
    "birth_certificate": ("documents", _("Acte de naissance")),
    "travel_document": ("documents", _("Laissez-passer")),
    "other": ("other", _("Autre service, à préciser")),
}

STATES = [
    ("planned", _("À programmer")),
    ("ongoing", _("En cours")),
    ("provided", _("Fourni")),
    ("cancelled", _("Abandonné")),
]
STATE_KINDS = {"planned": "warn", "ongoing": "info", "provided": "ok", "cancelled": ""}

# What may follow each state: what was provided or given up stays so, and is planned anew if need be.
NEXT = {"planned": ("ongoing", "provided", "cancelled"), "ongoing": ("provided", "cancelled")}

REASONS = [
    ("declined", _("La personne n’en veut pas")),
    ("unavailable", _("Le service n’est pas disponible")),
    ("not_needed", _("Ce n’est plus nécessaire")),
    ("left", _("La personne est partie")),
]

_PLAN = _("Plan d’assistance")
ACTS = {
    "plans.drawn": Act(_("Plan d’assistance établi."), _PLAN),
    "plans.service_added": Act(_("Service prévu : {service}."), _PLAN),
    "plans.service_ongoing": Act(_("Service commencé : {service}."), _PLAN),
    "plans.service_provided": Act(_("Service fourni : {service}."), _PLAN),
    "plans.service_cancelled": Act(_("Service abandonné : {service}."), _PLAN),
}
