"""Cases: the file of one person's care in one centre, its consents, and the facts that figures are made of."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from mafaka.common.models import Record
from mafaka.vault.models import Compartment, Sealed


class Case(Record):
    """One person's care by one centre, from the arrival to the closure. `reference` reads ZIN-2026-0147."""

    class Status(models.TextChoices):
        OPEN = "open", _("Ouvert")
        CLOSED = "closed", _("Clos")

    reference = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    # Found by person and centre together: the index stands below.
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    worker = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    closing_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["centre", "status", "-opened_on", "-reference"], name="cases_of_a_centre"),
            models.Index(fields=["centre", "-opened_on", "-reference"], name="all_cases_of_a_centre"),
            models.Index(fields=["status", "-opened_on", "-reference"], name="cases_by_status"),
            models.Index(fields=["-opened_on", "-reference"], name="all_cases"),
            models.Index(fields=["worker", "status"], name="cases_of_a_worker"),
            models.Index(fields=["person", "centre"], name="cases_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="open", closed_on__isnull=True)
                | models.Q(status="closed", closed_on__isnull=False, closed_on__gte=models.F("opened_on")),
                name="closed_after_opened",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ReferenceCounter(models.Model):
    """The last case number given by a centre in a year."""

    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "year"], name="one_counter_per_year")]


class Consent(Sealed):
    """What a person, or their guardian, agreed to: one purpose, until a date, revocable (DESIGN §4)."""

    class Purpose(models.TextChoices):
        CARE = "care", _("Accompagnement au centre")
        TRACING = "tracing", _("Recherche de la famille")
        SHARE_IOM = "share_iom", _("Partage avec l’OIM")
        SHARE_PARTNERS = "share_partners", _("Partage avec les partenaires de soins")
        MEDIA = "media", _("Presse et photographies")

    class Giver(models.TextChoices):
        PERSON = "person", _("La personne elle-même")
        GUARDIAN = "guardian", _("Son parent ou tuteur, avec l’assentiment de l’enfant")
        CENTRE = "centre", _("Le centre, faute de tuteur, avec l’assentiment de l’enfant")

    class Mode(models.TextChoices):
        ORAL = "oral", _("Oral")
        SIGNATURE = "signature", _("Signature")
        THUMBPRINT = "thumbprint", _("Empreinte du pouce")

    compartment = Compartment.IDENTITY
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    agreed = models.BooleanField()
    giver = models.CharField(max_length=10, choices=Giver)
    mode = models.CharField(max_length=12, choices=Mode)
    language = models.CharField(max_length=3)
    given_on = models.DateField()
    until = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(withdrawn_on__isnull=True),
                name="one_live_consent",
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class CaseFact(models.Model):
    """What figures may know of a case: codes and dates, no name, no place finer than a region (DESIGN §10).

    Written by `operations.note_facts` in the transaction of the act itself; the only input of reports.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="fact")
    centre_id = models.UUIDField()
    person_id = models.UUIDField()
    is_fictitious = models.BooleanField(default=False)
    sex = models.CharField(max_length=8)
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    is_child_at_arrival = models.BooleanField(null=True)
    nationality = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=12, blank=True)
    brought_by = models.CharField(max_length=20, blank=True)
    returned_from = models.CharField(max_length=2, blank=True)
    forms = models.JSONField(default=list)
    trafficking_status = models.CharField(max_length=10, blank=True)
    arrived_on = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    interviewed_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    assisted_on = models.DateField(null=True)
    housed = models.BooleanField(default=False)
    tracing_on = models.DateField(null=True)
    reunified_on = models.DateField(null=True)
    reintegration_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["centre_id", "arrived_on", "sex", "is_child_at_arrival", "person_id"],
                name="facts_of_arrivals",
            ),
            models.Index(
                fields=["arrived_on", "sex", "is_child_at_arrival", "person_id"], name="facts_everywhere"
            ),
            models.Index(fields=["reintegration_on"], name="facts_of_reintegration"),
            models.Index(fields=["person_id"], name="facts_of_a_person"),
        ]


class PresenceFact(Record):
    """One span of presence in a centre, without a name; `left_on` None: present still, or (`exit_known`) unknown."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="presences")
    centre_id = models.UUIDField()
    person_id = models.UUIDField()
    birth_latest = models.DateField(null=True)
    from_date = models.DateField()
    left_on = models.DateField(null=True)
    exit_known = models.BooleanField(default=True)

    class Meta:
        # Both hold all that figures read of a span, so that they need not fetch it.
        indexes = [
            models.Index(
                fields=["centre_id", "from_date", "left_on", "birth_latest", "exit_known", "person_id"],
                name="presence_spans",
            ),
            models.Index(
                fields=["left_on", "from_date", "birth_latest", "exit_known", "person_id"],
                name="presence_everywhere",
            ),
        ]
