"""Reads on accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mafaka.accounts.models import User
from mafaka.accounts.policy import POLICY
from mafaka.accounts.roles import Role


def user_named(username: str, *, by: Any) -> User | None:
    """Return the account of this name (for the command line)."""
    return User.objects.filter(username=username).first()


def workers(*, by: Any) -> list[User]:
    """Return those whom this person may make responsible for a case: who hold interviews at the centre."""
    roles = list(POLICY["assessments.interview"])
    chosen = User.objects.filter(is_active=True, role__in=roles)
    return list(chosen.filter(centre_id=by.centre_id) if by.centre_id else chosen)


def names_of(actors: Iterable[str], *, by: Any) -> dict[str, str]:
    """Return what the journal's actors are called, in one query; the program's own parts keep their mark."""
    wanted = {UUID(actor) for actor in actors if not actor.startswith("system:")}
    return {str(user.pk): user.display_name for user in User.objects.filter(pk__in=wanted)}


def of_role(role: Role, *, by: Any) -> list[User]:
    """Return the active accounts of a role."""
    return list(User.objects.filter(role=role, is_active=True))
