"""The plan of a case, and its services."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from mafaka.plans.labels import REASONS, SERVICES, STATES
from mafaka.vault.models import Compartment, Sealed


class Plan(Sealed):
    """What the person and their case worker decided to do; the goal is sealed."""

    compartment = Compartment.PSYCHOSOCIAL
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="plan")
    drawn_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("drawn_on")), name="reviewed_after_drawn"
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class Service(Sealed):
    """One thing to be given for one need: by whom, until when, and where it stands; the detail is sealed.

    The compartment is kept with the row, for it follows the need: what is medical is not for who writes a
    dignity kit down.
    """

    compartment = models.CharField(max_length=20, choices=Compartment)  # type: ignore[assignment]
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="services")
    need = models.CharField(max_length=20)
    kind = models.CharField(
        max_length=24, choices=[(code, label) for code, (_need, label) in SERVICES.items()]
    )
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    provided_on = models.DateField(null=True)
    cancelled_for = models.CharField(max_length=12, choices=REASONS, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="provided", provided_on__isnull=False)
                | (~models.Q(state="provided") & models.Q(provided_on__isnull=True)),
                name="provided_on_a_day",
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.plan.case.person_id


class Provider(Sealed):
    """Who gives a service, sealed apart from its detail: whoever reads the plan may know whom to call."""

    compartment = Compartment.IDENTITY
    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="given_by")

    def sealed_subject(self) -> UUID:
        return self.service.sealed_subject()
