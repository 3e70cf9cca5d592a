"""What every record has, and the memory of forms that were already sent."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """A row with an unguessable identity, and the time its writer passed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class SentForm(models.Model):
    """A form that was carried out, and where it led: sending it again leads there, and does nothing.

    Browsers repeat POSTs on cut connections, and people click twice (OFFLINE §3.6): the key is drawn when
    the page is made and stored in the same transaction as the act.
    """

    key = models.UUIDField()
    user_id = models.UUIDField()
    location = models.CharField(max_length=300)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="one_sending_per_form")]
