"""The keyring, kept in a database of its own, and the mixin of every record that holds sealed content."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from mafaka.common.models import Record


class Compartment(models.TextChoices):
    """The parts of a person's data that are opened apart (DESIGN §7)."""

    IDENTITY = "identity", _("Identité")
    MEDICAL = "medical", _("Médical")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial")
    LEGAL = "legal", _("Juridique")
    TRACING = "tracing", _("Recherche familiale")
    EXPLOITERS = "exploiters", _("Exploiteurs")


class CompartmentKey(Record):
    """The key of one compartment, for one epoch; it never stands here, only its wraps do."""

    compartment = models.CharField(max_length=20, choices=Compartment)
    epoch = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["compartment", "epoch"], name="one_key_per_epoch")]


class Wrap(Record):
    """A compartment key, readable by one holder."""

    class Holder(models.TextChoices):
        NODE = "node", _("Ce serveur")
        ESCROW = "escrow", _("Clé de secours")

    key = models.ForeignKey(CompartmentKey, on_delete=models.CASCADE, related_name="wraps")
    holder = models.CharField(max_length=10, choices=Holder)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="one_wrap_per_holder")]


class EscrowKey(Record):
    """The public half of the recovery key; the other half is printed once and kept away from the server."""

    public = models.BinaryField()


class DataKey(models.Model):
    """One subject's key for one compartment, wrapped by the compartment's key: destroying it erases the data."""

    subject_id = models.UUIDField()
    compartment = models.CharField(max_length=20, choices=Compartment)
    key = models.ForeignKey(CompartmentKey, on_delete=models.PROTECT)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "compartment"], name="one_data_key")]


class Sealed(Record):
    """A record whose `sealed` column holds its identifying fields and free text, encrypted.

    A room names the compartment and whose key seals it; `vault.safe` does the rest.
    """

    compartment: Compartment
    sealed = models.BinaryField(default=bytes)

    class Meta:
        abstract = True

    def sealed_subject(self) -> UUID:
        """Return the person whose data key seals this record (another record's id where nobody is known)."""
        raise NotImplementedError
