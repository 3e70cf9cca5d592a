"""The words of people: sexes, and what an age rests on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """The sex as it was reported."""

    MALE = "male", _("Masculin")
    FEMALE = "female", _("Féminin")
    UNKNOWN = "unknown", _("Non précisé")


class AgeBasis(models.TextChoices):
    """What an age rests on."""

    ESTIMATE = "estimate", _("Estimation")
    DECLARED = "declared", _("Déclaration")
    DOCUMENT = "document", _("Document")
