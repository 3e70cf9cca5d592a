"""Centres: the houses where people are received."""

from __future__ import annotations

from django.db import models

from mafaka.common.models import Record


class Centre(Record):
    """A reception centre. `code` opens the references of its cases (ZIN-2026-0147)."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=100)
    region = models.CharField(max_length=12, blank=True)
    is_fictitious = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
