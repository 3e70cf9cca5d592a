"""Reads on people. Who may see whom is decided by their case: these take people that a case query gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mafaka.accounts import policy
from mafaka.matching.entry import Among, Entry, Hit, Key, Suggestion
from mafaka.people.directory import DIRECTORY, entry
from mafaka.people.models import Identity
from mafaka.people.names import Identity as Names
from mafaka.vault import safe
from mafaka.vault.models import Compartment
from mafaka.vault.purposes import Purpose

MOST_HITS = 50


def identities(
    people: Iterable[UUID], *, by: Any, at: datetime, purpose: Purpose, case: UUID | None = None
) -> dict[UUID, Names]:
    """Open the identities of these people (one journal entry); empty for who may not open identities."""
    if not policy.may_open(by, Compartment.IDENTITY):
        return {}
    rows = list(Identity.objects.filter(person_id__in=set(people)))
    contents = safe.open(rows, by=by, at=at, purpose=purpose, case=case)
    return {row.person_id: Names.from_content(contents.get(row.pk, {})) for row in rows}


def search(
    text: str, *, by: Any, at: datetime, limit: int = MOST_HITS, among: Among | None = None
) -> list[Hit]:
    """Return the people whose name or village the text recalls, best first, whatever the spelling.

    The index knows everybody: `among` says of whom `by` may see a case, and only they are returned, however
    many namesakes are nearer. Without it the caller keeps only those.
    """
    return DIRECTORY.fresh(at).search(text, limit=limit, among=among)


def alike(
    person: UUID, *, by: Any, at: datetime, limit: int = 10, among: Among | None = None
) -> list[Suggestion]:
    """Return people who may be the same person as this one, best first, with the reasons.

    `among`: as for `search`.
    """
    index = DIRECTORY.fresh(at)
    row = Identity.objects.select_related("person").get(person_id=person)
    names = Names.from_content(safe.open([row], by=by, at=at, purpose=Purpose.IDENTITY_CHECK)[row.pk])
    mine = entry(person, names, row.person.sex, row.person.birth_latest)
    found = index.duplicates(mine, limit=limit + 1, among=among)
    return [each for each in found if each.key != person][:limit]


def resembling(
    entries: Iterable[Entry], *, by: Any, at: datetime, limit: int = 3, among: Among | None = None
) -> dict[Key, list[Suggestion]]:
    """Return, by the key of each entry, the people already registered who may be that person, best first.

    `among`: as for `search`.
    """
    index = DIRECTORY.fresh(at)
    return {each.key: index.duplicates(each, limit=limit, among=among) for each in entries}


FIELDS = {
    "own": _("nom"),
    "father": _("nom du père"),
    "mother": _("nom de la mère"),
    "other": _("autre nom"),
    "place": _("village ou commune"),
}
LEVELS = {
    "written": _("écrit de même"),
    "sound": _("même prononciation"),
    "consonants": _("autre graphie"),
    "near": _("graphie proche"),
    "loose": _("ressemblance lointaine"),
    "whole": _("nom entier"),
}


def reasons(hit: Hit, *, by: Any) -> list[str]:
    """Say why somebody was found, field by field, without saying the name itself."""
    return [
        f"{FIELDS[reason.field]} : {LEVELS[reason.level]}"
        for reason in hit.reasons
        if reason.field in FIELDS and reason.level in LEVELS
    ]
