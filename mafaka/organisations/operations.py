"""Writes on centres."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.audit import journal
from mafaka.common.refusals import Refused
from mafaka.organisations.models import Centre

LONGEST = 100


class CentreRefused(Refused):
    """The centre cannot be created as asked."""


@transaction.atomic
def open_centre(
    *, code: str, name: str, region: str = "", is_fictitious: bool = False, by: journal.Actor, at: datetime
) -> Centre:
    """Create a centre; `code` is two to four capital letters, `region` a P-code.

    Raises:
        CentreRefused: the code is malformed or already taken, the name is missing or endless.
    """
    if not re.fullmatch(r"[A-Z]{2,4}", code):
        raise CentreRefused(_("Le code du centre compte deux à quatre lettres majuscules, par exemple ZIN."))
    if not 0 < len(name.strip()) <= LONGEST:
        raise CentreRefused(_("Le nom du centre compte un à {n} caractères.").format(n=LONGEST))
    if Centre.objects.filter(code=code).exists():
        raise CentreRefused(_("Un centre porte déjà le code {code}.").format(code=code))
    centre = Centre.objects.create(
        code=code, name=name, region=region, is_fictitious=is_fictitious, created_at=at
    )
    journal.record("organisations.centre_opened", by=by, at=at, obj=centre, data={"code": code})
    return centre
