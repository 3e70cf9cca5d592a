"""Writes on accounts: people who join and leave, signing in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mafaka.accounts.models import Attempts, User
from mafaka.accounts.roles import CENTRE_ROLES, Role
from mafaka.audit import journal
from mafaka.common.refusals import Refused
from mafaka.vault import safe

if TYPE_CHECKING:
    from mafaka.organisations.models import Centre

LONGEST_WAIT = timedelta(seconds=42)
FREE_FAILURES = 3
FORGOTTEN_AFTER = timedelta(days=1)


class AccountRefused(Refused):
    """The account cannot be created or changed as asked."""


class SignInRefused(Refused):
    """The name and the password do not go together, or it is too early to try again."""


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    role: Role,
    centre: Centre | None,
    password: str,
    by: Any,
    at: datetime,
) -> User:
    """Create an account.

    Raises:
        AccountRefused: the name is malformed or taken, the role needs a centre, the password is too weak.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,39}", username):
        raise AccountRefused(
            _("L’identifiant s’écrit en minuscules, sans espace ni accent, par exemple « r.laouali ».")
        )
    if User.objects.filter(username=username).exists():
        raise AccountRefused(_("L’identifiant {name} est déjà pris.").format(name=username))
    if role in CENTRE_ROLES and centre is None:
        raise AccountRefused(_("Ce rôle s’exerce dans un centre : indiquez lequel."))
    user = User(username=username, display_name=display_name, role=role, centre=centre, created_at=at)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(force_insert=True)
    journal.record("accounts.user_created", by=by, at=at, obj=user, data={"role": str(role)})
    return user


def sign_in(*, request: HttpRequest, username: str, password: str, at: datetime) -> User:
    """Return the person whose name and password these are; each failure makes the next try wait longer.

    The wait is kept per name, known or not, in the database: a centre shares one address, and locking by
    address would lock everybody out (SECURITY §4.4).

    Raises:
        SignInRefused: with the same sentence whether the name exists or not.
    """
    mark = safe.mark("sign-in", username.strip().lower())
    attempts = Attempts.objects.filter(mark=mark).first()
    if attempts and at < attempts.not_before:
        seconds = int((attempts.not_before - at).total_seconds()) + 1
        raise SignInRefused(
            _("Trop d’essais. Attendez {seconds} secondes, puis recommencez.").format(seconds=seconds)
        )
    user = authenticate(request, username=username.strip().lower(), password=password)
    if not isinstance(user, User):
        _count_failure(mark, at)
        raise SignInRefused(_("L’identifiant ou le mot de passe n’est pas le bon."))
    Attempts.objects.filter(mark=mark).delete()
    journal.record("accounts.signed_in", by=user, at=at, obj=user)
    return user


@transaction.atomic
def _count_failure(mark: str, at: datetime) -> None:
    # Names can be made up without end: what nobody tried for a day is forgotten.
    Attempts.objects.filter(not_before__lt=at - FORGOTTEN_AFTER).delete()
    Attempts.objects.get_or_create(mark=mark, defaults={"not_before": at})
    attempts = Attempts.objects.select_for_update().get(mark=mark)
    attempts.failures += 1
    beyond = max(0, attempts.failures - FREE_FAILURES)
    wait = timedelta(seconds=min(2**beyond, 60)) if beyond else timedelta()
    attempts.not_before = at + min(wait, LONGEST_WAIT)
    attempts.save()


def sign_out(*, user: User, at: datetime) -> None:
    """Note that somebody signed out."""
    journal.record("accounts.signed_out", by=user, at=at, obj=user)


@transaction.atomic
def set_password(*, user: User, password: str, by: Any, at: datetime) -> None:
    """Give somebody a new password.

    Raises:
        AccountRefused: the password is too weak.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record("accounts.password_set", by=by, at=at, obj=user)


@transaction.atomic
def set_language(*, user: User, language: str, by: Any, at: datetime) -> None:
    """Choose the language in which somebody reads the pages."""
    user.language = language
    user.save(update_fields=["language"])
    journal.record("accounts.language_set", by=by, at=at, obj=user, data={"language": language})
