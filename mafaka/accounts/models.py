"""The people who sign in."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from mafaka.accounts.roles import Role


class User(AbstractBaseUser):
    """Somebody who works with Mafaka, in one role, at one centre or (None) for the whole agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=80)
    role = models.CharField(max_length=24, choices=Role)
    centre = models.ForeignKey("organisations.Centre", null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    objects = BaseUserManager()

    class Meta:
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def actor_id(self) -> str:
        """Return how the journal names this person."""
        return str(self.pk)


class Attempts(models.Model):
    """Failed sign-ins under one name, known or not; `mark` is a keyed fingerprint of the name typed."""

    mark = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
