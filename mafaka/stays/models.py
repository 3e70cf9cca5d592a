"""Rooms, beds, and who sleeps where from when to when. No name stands here: a stay knows its case."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mafaka.common.models import Record

# A register may say when somebody came and not when they left: such a stay is over, on a day nobody knows.
OPEN = Q(left_on__isnull=True, exit_known=True)


class Room(Record):
    """A room of a centre; its `code` opens the labels of its beds (F gives F-01, F-02)."""

    class Kind(models.TextChoices):
        GIRLS = "girls", _("Filles")
        BOYS = "boys", _("Garçons")
        WOMEN = "women", _("Femmes")
        MEN = "men", _("Hommes")
        FAMILY = "family", _("Familles")
        ISOLATION = "isolation", _("Isolement sanitaire")

    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    code = models.CharField(max_length=3)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "code"], name="one_room_per_code")]


class Bed(Record):
    """A place to sleep; `label` is what is painted on it (F-07)."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=8)
    out_of_service = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_bed_per_number")]


class Stay(Record):
    """One stay of a case, from the admission to the departure.

    `left_on` None: the person is here still, or (`exit_known` False) left on an unknown day.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(Bed, null=True, on_delete=models.PROTECT, related_name="stays")
    from_date = models.DateField()
    left_on = models.DateField(null=True)
    exit_known = models.BooleanField(default=True)
    leaving_reason = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["left_on"], name="stays_by_departure")]
        constraints = [
            models.UniqueConstraint(fields=["bed"], condition=OPEN, name="one_open_stay_per_bed"),
            models.UniqueConstraint(fields=["case"], condition=OPEN, name="one_open_stay_per_case"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("from_date"), exit_known=True),
                name="left_after_admission",
            ),
        ]
