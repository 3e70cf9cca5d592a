"""The codes a register is read into, each with its French label. Forms of exploitation map to HTCDS 2.0."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OTHER = "other"

SEXES = {"male": _("masculin"), "female": _("féminin"), "unknown": _("sexe inconnu")}

BROUGHT_BY = {
    "police": _("Police"),
    "gendarmerie": _("Gendarmerie"),
    "iom": _("OIM"),
    "ngo": _("ONG ou association"),
    "official_convoy": _("Convoi officiel"),
    "self": _("Venue d’elle-même"),
    "relative": _("Un proche"),
    OTHER: _("Autre"),
}

FORMS = {
    "forced_begging": _("Mendicité forcée"),
    "forced_labour": _("Travail forcé"),
    "domestic_servitude": _("Servitude domestique"),
    "sexual_exploitation": _("Exploitation sexuelle"),
    "labour_exploitation": _("Exploitation par le travail"),
    "forced_marriage": _("Mariage forcé"),
    "slavery": _("Esclavage ou pratique analogue"),
    "armed_recruitment": _("Enrôlement forcé"),
    "organ_removal": _("Prélèvement d’organes"),
    OTHER: _("Autre"),
}

NEEDS = {
    "accommodation": _("Hébergement"),
    "medical": _("Soins médicaux"),
    "psychosocial": _("Soutien psychosocial"),
    "legal": _("Assistance juridique"),
    "family_tracing": _("Recherche familiale"),
    "schooling": _("Scolarisation"),
    "food": _("Alimentation"),
    "clothing": _("Vêtements"),
    OTHER: _("Autre"),
}

REINTEGRATION = {
    "income_generating": _("Activité génératrice de revenus"),
    "schooling": _("Scolarisation"),
    "kit": _("Kit"),
    "vocational_training": _("Formation professionnelle"),
    OTHER: _("Autre"),
}

# ISO 3166-1 alpha-2: the countries that the registers of the region name.

# What a column of the register may hold, in the order in which a person is shown the choice.
FIELDS = {
    "number": _("Numéro"),
    "arrived_on": _("Date d’arrivée"),
    "name": _("Nom complet"),
    "own_name": _("Prénom seul"),
    "father": _("Nom du père"),
    "mother": _("Nom de la mère"),
    "sex": _("Sexe"),
    "age": _("Âge"),
    "nationality": _("Nationalité"),
    "origin": _("Commune de provenance"),
    "village": _("Village ou quartier"),
    "phone": _("Téléphone"),
    "returned_from": _("Pays de retour"),
    "brought_by": _("Amenée par"),
    "forms": _("Formes d’exploitation"),
    "needs": _("Besoins"),
    "left_on": _("Date de sortie"),
    "reintegration": _("Appui à la réintégration"),
    "remarks": _("Remarques"),
}
