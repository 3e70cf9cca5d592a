"""The journal: one row per write and per opening, each chained to the one before by its hash."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """What was done, by whom, on what: codes and identities only, never a name or a text.

    `at` is when it was written, `on` the day it happened, where that is another. `seq` is the order of things
    (clocks jump, a server sequence does not). `sealed` holds details that only the vault can open. `hash` is
    SHA-256 over the previous hash and this row (audit.chain).
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    on = models.DateField(null=True)
    actor = models.CharField(max_length=36, db_index=True)
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=36, blank=True)
    case_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "seq"], name="audit_case_seq"),
            models.Index(fields=["act", "seq"], name="audit_act_seq"),
        ]


class Head(models.Model):
    """The end of the chain: who holds this row writes next, and a cut-off end is noticed."""

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
