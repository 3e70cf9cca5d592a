"""Tracing: who must not be contacted, who is sought, what was found, and the return home.

Relations, dates, results and regions stand plain: the rules below compare them without opening the safe.
Names, villages, phones and what was said are sealed.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from mafaka.common.models import Record
from mafaka.vault.models import Compartment, Sealed


class Relation(models.TextChoices):
    """What a relative is to the person received."""

    MOTHER = "mother", _("Mère")
    FATHER = "father", _("Père")
    GRANDPARENT = "grandparent", _("Grand-parent")
    UNCLE_AUNT = "uncle_aunt", _("Oncle ou tante")
    SIBLING = "sibling", _("Frère ou sœur")
    SPOUSE = "spouse", _("Conjoint·e")
    OTHER = "other", _("Autre")


class RiskContact(Sealed):
    """A relative not to be contacted: stronger than any workflow (DESIGN §4). Sealed: name, reason, lifting."""

    compartment = Compartment.TRACING
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="risk_contacts")
    relation = models.CharField(max_length=12, choices=Relation)
    lifted_at = models.DateTimeField(null=True)

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class RequestCounter(Record):
    """The last number given to a tracing request by a centre in a year."""

    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "year"], name="one_tracing_counter_per_year")
        ]


class Request(Sealed):
    """One search for the family, or the decision not to search. `number` reads TR-2026-031, per centre.

    Sealed: name, village, commune, phone, known, reasons (of the best-interests check).
    """

    class State(models.TextChoices):
        OPEN = "open", _("En cours")
        LEAD = "lead", _("Vérification")
        VERIFIED = "verified", _("Famille vérifiée")
        CLOSED = "closed", _("Close")

    class Outcome(models.TextChoices):
        FAVOURABLE = "favourable", _("Favorable : la famille peut être recherchée")
        UNFAVOURABLE = "unfavourable", _("Défavorable : la famille n’est pas recherchée")

    compartment = Compartment.TRACING
    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="tracing_requests")
    number = models.CharField(max_length=16)
    relation = models.CharField(max_length=12, choices=Relation)
    region = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    best_interests_on = models.DateField()
    best_interests_outcome = models.CharField(max_length=12, choices=Outcome)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="one_tracing_number"),
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(state="closed"), name="one_live_tracing_request"
            ),
            models.CheckConstraint(
                condition=models.Q(best_interests_outcome="favourable") | models.Q(state="closed"),
                name="searched_only_in_best_interests",
            ),
            models.CheckConstraint(
                condition=models.Q(best_interests_on__lte=models.F("opened_on")),
                name="best_interests_before_tracing",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_on__isnull=True)),
                name="tracing_closed_on_a_day",
            ),
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id


class Lead(Sealed):
    """What a search brought to light; that nobody was found somewhere is kept as well.

    Sealed: detail, how (it was verified), alone (why one person sufficed).
    """

    class Result(models.TextChoices):
        FOUND = "found", _("Famille trouvée")
        TO_VERIFY = "to_verify", _("Piste à vérifier")
        NOBODY = "nobody", _("Personne ne connaît la famille")

    class Verification(models.TextChoices):
        CONFIRMED = "confirmed", _("C’est bien la famille, le retour est sûr")
        REJECTED = "rejected", _("Ce n’est pas la famille, ou le retour n’est pas sûr")

    compartment = Compartment.TRACING
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="leads")
    found_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result)
    noted_by = models.CharField(max_length=60)
    verification = models.CharField(max_length=10, choices=Verification, blank=True)
    verified_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=60, blank=True)
    verified_alone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_on__isnull=True, verification="")
                | models.Q(verified_on__gte=models.F("found_on"), verification__in=["confirmed", "rejected"]),
                name="lead_verified_after_found",
            ),
            models.CheckConstraint(
                condition=~models.Q(verified_by=models.F("noted_by")) | models.Q(verified_alone=True),
                name="lead_verified_by_another",
            ),
        ]

    def sealed_subject(self) -> UUID:
        return self.request.case.person_id


class Reunification(Sealed):
    """The return of a person to their own. Sealed: whom, place, escort."""

    compartment = Compartment.TRACING
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="reunifications")
    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="reunification")
    on = models.DateField()
    relation = models.CharField(max_length=12, choices=Relation)
    region = models.CharField(max_length=12)
    verified_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(on__gte=models.F("verified_on")), name="reunified_after_verified"
            )
        ]

    def sealed_subject(self) -> UUID:
        return self.case.person_id
