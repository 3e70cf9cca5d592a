"""Reads on centres."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mafaka.organisations.models import Centre


def centres(*, by: Any) -> list[Centre]:
    """Return the centres that this person works for: their own, or all when they are posted to none."""
    chosen = Centre.objects.all()
    return list(chosen.filter(id=by.centre_id) if getattr(by, "centre_id", None) else chosen)


def centre(*, code: str = "", centre_id: UUID | None = None, by: Any) -> Centre | None:
    """Return one of this person's centres by code or identity, or None."""
    return next((each for each in centres(by=by) if each.code == code or each.id == centre_id), None)
