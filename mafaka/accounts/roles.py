"""The people who work with Mafaka (DESIGN §1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is here; it decides what they see."""

    SOCIAL_WORKER = "social_worker", _("Travailleur·se social·e")
    PROTECTION_ASSISTANT = "protection_assistant", _("Assistant·e à la protection")
    MANAGER = "manager", _("Responsable du centre")
    GUARD = "guard", _("Garde")
    STOREKEEPER = "storekeeper", _("Magasinier·ère")
    LAWYER = "lawyer", _("Juriste")
    STATISTICIAN = "statistician", _("Statisticien·ne")
    DPO = "dpo", _("Délégué·e à la protection des données")
    POLICE = "police", _("Agent·e de police")
    PARTNER = "partner", _("Structure partenaire")
    DONOR = "donor", _("Bailleur")
    ADMINISTRATOR = "administrator", _("Administrateur·rice informatique")


# Those who work in one centre and must be posted to it; the others may serve the whole agency.
CENTRE_ROLES = frozenset({Role.SOCIAL_WORKER, Role.MANAGER, Role.GUARD, Role.STOREKEEPER})
