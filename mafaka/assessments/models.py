"""Assessments of a case: interviews, forms of exploitation that were reported, needs."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from mafaka.assessments.labels import FORMS, NEEDS, STATUSES, URGENCIES
from mafaka.vault.models import Compartment, Sealed


class Interview(Sealed):
    """One identification interview: coded elements of trafficking; what was told is sealed."""

    compartment = Compartment.PSYCHOSOCIAL
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="interviews")
    held_on = models.DateField()
    language = models.CharField(max_length=3)
    interviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    interpreter = models.BooleanField(default=False)
    acts = models.JSONField(default=list)
    means = models.JSONField(default=list)
    purposes = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=STATUSES, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-held_on"], name="interviews_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["", *dict(STATUSES)]), name="known_trafficking_status"
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class ReportedForm(Sealed):
    """A form of exploitation as somebody reported it; the words it was written in are sealed."""

    compartment = Compartment.PSYCHOSOCIAL
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="reported_forms")
    form = models.CharField(max_length=24, choices=FORMS)

    class Meta:
        indexes = [models.Index(fields=["case", "form"], name="forms_of_a_case")]

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class Need(Sealed):
    """Something a person lacks, from the day it was seen to the day it was met."""

    compartment = Compartment.PSYCHOSOCIAL
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=20, choices=NEEDS)
    urgency = models.CharField(max_length=8, choices=URGENCIES)
    identified_on = models.DateField()
    met_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(met_on__isnull=True), name="one_open_need"
            ),
            models.CheckConstraint(
                condition=models.Q(met_on__isnull=True) | models.Q(met_on__gte=models.F("identified_on")),
                name="met_after_identified",
            ),
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id
