"""Writes of intake: the arrival as one act, and the identity that is taken down afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.intake.models import Arrival
from mafaka.people import operations as people
from mafaka.people.ages import Birth, from_age
from mafaka.people.names import Identity
from mafaka.vault import safe

Age = tuple[int, int, int]


class IntakeRefused(Refused):
    """The arrival cannot be written down as asked."""


@transaction.atomic
def receive(
    *,
    centre: Any,
    arrived_on: date,
    brought_by: str,
    returned_from: str = "",
    sex: str = "unknown",
    age: Age | None = None,
    age_basis: str = "estimate",
    names: Identity | None = None,
    detail: str = "",
    circumstances: str = "",
    nationality: str = "",
    region: str = "",
    languages: list[str] | None = None,
    opened_on: date | None = None,
    worker: Any = None,
    by: Any,
    at: datetime,
) -> Any:
    """Receive a person: who they are as far as is known, a case, and how they came. Returns the case.

    Args:
        brought_by: a code of `cases.labels.BROUGHT_BY`, or empty where a register does not say.
        returned_from: the country (ISO 3166-1 alpha-2), or empty.
        age: months on the day of arrival, how fine it was said (1 or 12 months), margin in months.
        names: None when nobody has asked yet; then the case waits for its registration.
        opened_on: the day of the case, that of the arrival unless told.

    Raises:
        PersonRefused: a name is too long.
    """
    birth = from_age(months=age[0], exact_to=age[1], margin=age[2], on=arrived_on) if age else None
    person = people.register(
        names=names or Identity(), sex=sex, birth=birth, age_basis=age_basis, nationality=nationality,
        languages=languages, region=region, by=by, at=at,
    )  # fmt: skip
    opened = opened_on or arrived_on
    case = cases.open_case(person=person, centre=centre, opened_on=opened, worker=worker, by=by, at=at)
    arrival = Arrival(
        case=case, arrived_on=arrived_on, brought_by=brought_by, returned_from=returned_from, created_at=at
    )
    told = {"brought_by_detail": detail, "circumstances": circumstances}
    safe.seal(arrival, {name: text for name, text in told.items() if text})
    arrival.save(force_insert=True)
    facts: dict[str, Any] = {"brought_by": brought_by, "returned_from": returned_from}
    if names:
        facts["registered_on"] = arrived_on
    cases.note_facts(case=case, arrived_on=arrived_on, **facts)
    _record(arrival, by=by, at=at)
    return case


def _record(arrival: Arrival, *, by: Any, at: datetime) -> None:
    told = {"brought_by": arrival.brought_by, "returned_from": arrival.returned_from}
    act = "intake.received_back" if arrival.returned_from else "intake.received"
    if not arrival.brought_by:
        act = "intake.received_unsaid"
    data = {name: code for name, code in told.items() if code}
    journal.record(act, by=by, at=at, on=arrival.arrived_on, obj=arrival, case=arrival.case, data=data)


@transaction.atomic
def register(
    *,
    case: Any,
    names: Identity,
    sex: str,
    birth: Birth | None,
    age_basis: str,
    languages: list[str],
    nationality: str,
    region: str,
    on: date,
    by: Any,
    at: datetime,
) -> Any:
    """Take down who somebody is, or correct it; the facts of their cases follow at once. Returns the case.

    Args:
        names: the whole identity as it must stand from now on.
        birth: None when nothing is known of the age.
        region: P-code of the region of origin, or empty.
        on: the day of the registration; the case keeps the first one.

    Raises:
        CaseRefused: the case is closed.
        PersonRefused: a name is too long.
    """
    cases.require_open(case)
    people.correct(
        person=case.person, names=names, sex=sex, birth=birth, age_basis=age_basis, languages=languages,
        nationality=nationality, region=region, case=case.pk, by=by, at=at,
    )  # fmt: skip
    cases.note_person(person=case.person)
    if case.fact.registered_on is None:
        journal.record("intake.registered", by=by, at=at, on=on, obj=case, case=case)
    cases.note_facts(case=case, registered_on=on)
    return case
