"""Reads of intake: what is known of somebody so far, and who may be the same person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from mafaka.accounts import policy
from mafaka.cases import queries as cases
from mafaka.intake.labels import LIKENESSES
from mafaka.intake.models import Arrival
from mafaka.people import queries as people
from mafaka.people.ages import Birth
from mafaka.people.names import Identity
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose

# Bits above which two records are more likely than not one person, with room to spare (8 to 1).
STRONG = 3.0
MOST_ALIKE = 5


@dataclass(frozen=True)
class Known:
    """What is known of the person of a case; `arrived_on` is the day on which ages are said."""

    names: Identity
    sex: str
    birth: Birth | None
    age_basis: str
    languages: list[str]
    nationality: str
    region: str
    arrived_on: date


def known(case: Any, *, by: Any, at: datetime) -> Known:
    """Open the identity of a case's person for whoever registers it (one journal entry).

    Raises:
        cases.queries.NotFound: this person may not register the case.
    """
    names = cases.name_of(case, by=by, at=at) if policy.allows(by, "cases.register", case) else None
    if names is None:
        raise cases.NotFound
    person = case.person
    return Known(
        names=names,
        sex=person.sex,
        birth=Birth(person.birth_earliest, person.birth_latest) if person.birth_latest else None,
        age_basis=person.age_basis,
        languages=list(person.languages),
        nationality=person.nationality,
        region=person.region,
        arrived_on=case.fact.arrived_on or case.opened_on,
    )


@dataclass(frozen=True)
class Alike:
    """A case whose person may be the one at hand, and what the two records have in common, in words."""

    reference: str
    opened_on: date
    reasons: list[str]


def possible_duplicates(case: Any, *, by: Any, at: datetime) -> list[Alike]:
    """Return the visible cases whose person is strongly like this one, best first, without names."""
    if not policy.allows(by, "cases.register", case):
        return []
    seen = partial(cases.seen_people, by=by)
    likely = people.alike(case.person_id, by=by, at=at, among=seen)
    strong = [each for each in likely if each.score >= STRONG]
    keys: list[Any] = [each.key for each in strong]
    found: dict[Any, list[Any]] = cases.of_people(keys, by=by) if keys else {}
    alike = [
        Alike(other.reference, other.opened_on, _reasons(each))
        for each in strong
        for other in found.get(each.key, [])
    ]
    return alike[:MOST_ALIKE]


def _reasons(suggestion: Any) -> list[str]:
    held = {reason.field for reason in suggestion.reasons if reason.weight > 0}
    return [str(words) for field, words in LIKENESSES.items() if field in held]


def arrival(case: Any, *, by: Any) -> Arrival | None:
    """Return how a person came, sealed as it is; None where nobody wrote it down or for who may not read it."""
    return Arrival.objects.filter(case=case).first() if policy.allows(by, "cases.read", case) else None


@dataclass(frozen=True)
class Told:
    """What was said of an arrival: who brought the person, and the remarks of the gate."""

    brought_by_detail: str = ""
    circumstances: str = ""


def told(row: Arrival, *, by: Any, at: datetime) -> Told:
    """Open what was said of an arrival (one journal entry); nothing for who may not open identities."""
    if not policy.may_open(by, row.compartment):
        return Told()
    content = safe.open([row], by=by, at=at, purpose=Purpose.CASE_WORK, case=row.case_id)
    return Told(**content.get(row.pk, {}))
