"""Writes on people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mafaka.audit import journal
from mafaka.common.refusals import Refused
from mafaka.people.ages import Birth
from mafaka.people.models import Identity, Person
from mafaka.people.names import Identity as Names
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose

LONGEST = 200


class PersonRefused(Refused):
    """The person cannot be registered as asked."""


@transaction.atomic
def register(
    *,
    names: Names,
    sex: str,
    birth: Birth | None,
    age_basis: str = "estimate",
    nationality: str = "",
    languages: list[str] | None = None,
    region: str = "",
    case: UUID | None = None,
    by: journal.Actor,
    at: datetime,
) -> Person:
    """Register a person who was never met before, with what is known of them so far.

    Args:
        region: P-code of the region of origin (coded, for figures); finer places are sealed with the names.
        case: the case in whose journal this stands, when there is one.

    Raises:
        PersonRefused: a name is too long.
    """
    _check(names)
    person = Person(sex=sex, age_basis=age_basis, nationality=nationality, region=region, created_at=at)
    person.languages = languages or []
    person.birth_earliest, person.birth_latest = (birth.earliest, birth.latest) if birth else (None, None)
    person.save(force_insert=True)
    identity = Identity(person=person, created_at=at)
    safe.seal(identity, names.to_content())
    identity.save(force_insert=True)
    journal.record("people.registered", by=by, at=at, obj=person, case=case)
    return person


@transaction.atomic
def correct(
    *,
    person: Person,
    names: Names | None = None,
    case: UUID | None = None,
    by: journal.Actor,
    at: datetime,
    **coded: Any,
) -> Person:
    """Correct or complete what is known of a person.

    Args:
        names: the whole new identity, or None to leave it as it is.
        coded: columns of the person to change (sex, birth as `Birth` or None for unknown, age_basis,
            nationality, languages, region).

    Raises:
        PersonRefused: a name is too long.
    """
    if "birth" in coded:
        birth = coded.pop("birth")
        earliest, latest = (birth.earliest, birth.latest) if birth else (None, None)
        coded |= {"birth_earliest": earliest, "birth_latest": latest}
    changed = sorted(name for name, value in coded.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, coded[name])
    if changed:
        person.save(update_fields=changed)
    if names is not None:
        _check(names)
        identity = Identity.objects.get(person=person)
        safe.seal(identity, names.to_content())
        identity.save(update_fields=["sealed"])
        changed.append("identity")
    if changed:
        journal.record("people.corrected", by=by, at=at, obj=person, case=case, data={"fields": changed})
    return person


@transaction.atomic
def add_spelling(*, person: Person, written: str, case: UUID | None = None, by: Any, at: datetime) -> None:
    """Keep another way in which this person's name was written down; the first one stays as it is."""
    identity = Identity.objects.get(person=person)
    content = safe.open([identity], by=by, at=at, purpose=Purpose.IMPORT, case=case)[identity.pk]
    names = Names.from_content(content)
    if written and written not in (names.written, *names.spellings):
        safe.seal(identity, replace(names, spellings=(*names.spellings, written)).to_content())
        identity.save(update_fields=["sealed"])
    journal.record("people.spelling_added", by=by, at=at, obj=person, case=case)


def _check(names: Names) -> None:
    for field, value in names.to_content().items():
        texts = value if isinstance(value, (list, tuple)) else [value]
        # What a register wrote is kept whole; what is typed on a page has a bound that a name never reaches.
        if field not in ("written", "spellings", "origin_written") and any(
            len(text) > LONGEST for text in texts
        ):
            raise PersonRefused(
                _("Un nom compte au plus {n} caractères.").format(n=LONGEST), {field: _("Trop long.")}
            )
