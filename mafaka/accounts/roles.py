"""The people who work with Mafaka (DESIGN §1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is here; it decides what they see."""

    SOCIAL_WORKER = "social_worker", _("Travailleur social")
    PROTECTION_ASSISTANT = "protection_assistant", _("Assistante à la protection")
    MANAGER = "manager", _("Responsable du centre")
    GUARD = "guard", _("Garde")
    STOREKEEPER = "storekeeper", _("Magasinier")
    LAWYER = "lawyer", _("Juriste")
    STATISTICIAN = "statistician", _("Statisticien")
    DPO = "dpo", _("Délégué à la protection des données")
    POLICE = "police", _("Agent de police")
    PARTNER = "partner", _("Structure partenaire")
    DONOR = "donor", _("Bailleur")
    ADMINISTRATOR = "administrator", _("Administrateur informatique")


# Those who work in one centre and must be posted to it; the others may serve the whole agency.
CENTRE_ROLES = frozenset({Role.SOCIAL_WORKER, Role.MANAGER, Role.GUARD, Role.STOREKEEPER})
