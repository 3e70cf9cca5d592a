"""Registers that were uploaded, the rows that were taken from them, and what people decided on the way.

Nothing that a sheet says stands here in clear: columns are letters, rows are numbers and keyed marks.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from mafaka.common.models import Record
from mafaka.vault.models import Compartment, Sealed


class Batch(Sealed):
    """One register as it was handed over. Sealed: its `name` and, until it is imported or given up, its `file`.

    `sheet` counts the sheets that hold something; `mapping` gives a column's letter its field.
    `actor` is whoever handed it over, as the journal names them. `counts`: numbers of the report.
    """

    class State(models.TextChoices):
        READ = "read", _("À importer")
        IMPORTED = "imported", _("Importé")
        ABANDONED = "abandoned", _("Abandonné")

    compartment = Compartment.IDENTITY
    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    actor = models.CharField(max_length=36)
    sheet = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["centre", "-created_at"], name="registers_of_a_centre")]

    def sealed_subject(self) -> UUID:
        return self.pk


class KeptMapping(Record):
    """What the columns of a form of register hold, as a person of this centre settled it last.

    `signature` is a keyed mark of the headers; `mapping` gives each letter its field.
    """

    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "signature"], name="one_mapping_per_form_of_register")
        ]


class ImportedRow(Sealed):
    """One row, word for word, with the person it became, or (`case` None) kept aside with the reason.

    `merged`: it was decided to speak of somebody who was already there. Sealed: `raw`, `problems`, `notes`,
    `differences`, and for rows kept aside the `reason`.
    """

    compartment = Compartment.IDENTITY
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="register_rows")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    merged = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "fingerprint"], name="one_import_per_row")]

    def sealed_subject(self) -> UUID:
        return self.case.person_id if self.case else self.batch_id


class Decision(Record):
    """What a person decided on a pair: a row and another row (both by fingerprint), or a row and a case.

    It outlives the upload: the same pair is not asked about again.
    """

    centre = models.ForeignKey("organisations.Centre", on_delete=models.PROTECT)
    row = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE)
    same = models.BooleanField()
    actor = models.CharField(max_length=36)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "row", "other"], name="one_decision_per_pair")
        ]
