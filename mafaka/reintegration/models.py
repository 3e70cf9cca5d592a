"""Reintegration: what the person wants to become, and what helped them there."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from mafaka.vault.models import Compartment, Sealed


class ReintegrationPlan(Sealed):
    """What was agreed so that the person and their family live without leaving again. Sealed: goal."""

    compartment = Compartment.PSYCHOSOCIAL
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="reintegration_plan")
    drawn_on = models.DateField()

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class Support(Sealed):
    """One support given. Sealed: written (the support as it was described)."""

    class Kind(models.TextChoices):
        INCOME_GENERATING = "income_generating", _("Activité génératrice de revenus (AGR)")
        SCHOOLING = "schooling", _("Scolarisation")
        KIT = "kit", _("Kit de réintégration")
        VOCATIONAL_TRAINING = "vocational_training", _("Formation professionnelle")
        OTHER = "other", _("Autre appui")

    class ForWhom(models.TextChoices):
        PERSON = "person", _("La personne elle-même")
        PARENTS = "parents", _("Ses parents")

    compartment = Compartment.PSYCHOSOCIAL
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(max_length=20, choices=Kind)
    for_whom = models.CharField(max_length=8, choices=ForWhom, default=ForWhom.PERSON)
    given_on = models.DateField()
    amount_xof = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_xof__isnull=True) | models.Q(amount_xof__gt=0),
                name="support_amount_above_zero",
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id
