"""People: what is coded stands plain, what names them is sealed."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from mafaka.common.models import Record
from mafaka.people.labels import AgeBasis, Sex
from mafaka.vault.models import Compartment, Sealed


class Person(Record):
    """Somebody who was received. Nothing in this table names them; ages are intervals (people.ages)."""

    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    age_basis = models.CharField(max_length=10, choices=AgeBasis, default=AgeBasis.ESTIMATE)
    nationality = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list)
    region = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_earliest__isnull=True, birth_latest__isnull=True)
                | models.Q(
                    birth_earliest__isnull=False,
                    birth_latest__isnull=False,
                    birth_earliest__lte=models.F("birth_latest"),
                ),
                name="birth_interval_in_order",
            )
        ]


class Identity(Sealed):
    """What names a person: own, father's, grandfather's, mother's names, by-name, spellings, village, phone."""

    compartment = Compartment.IDENTITY
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="identity")

    def sealed_subject(self) -> UUID:
        return self.person_id
