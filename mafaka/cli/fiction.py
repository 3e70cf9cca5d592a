"""The fictitious centre of the demonstration: rooms, staff, last years' register, and people present today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from mafaka.accounts import operations as accounts
from mafaka.accounts.roles import CENTRE_ROLES, Role
from mafaka.assessments import operations as assessments
from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.days import local_day
from mafaka.exchange import operations as exchange
from mafaka.intake import operations as intake
from mafaka.locations import gazetteer
from mafaka.organisations import operations as organisations
from mafaka.people.names import Identity
from mafaka.plans import operations as plans
from mafaka.stays import operations as stays
from mafaka.stays import queries as beds
from mafaka.tracing import operations as tracing

ROOMS = [
    ("F", "Dortoir des filles", "girls", 16),
    ("G", "Dortoir des garçons", "boys", 16),
    ("M", "Chambres familiales", "family", 6),
    ("I", "Isolement sanitaire", "isolation", 2),
]
# fmt: off
GIRLS = [
    "Rakia", "Nafissa", "Hadiza", "Zeinabou", "Saouda", "Balkissa",
    "Aïchatou", "Laraba", "Talatou", "Rahila", "Habsatou", "Mariama",
]
BOYS = [
    "Issoufou", "Laouali", "Sabiou", "Nouhou", "Chaïbou", "Yacouba",
    "Maman", "Oumarou", "Salissou", "Illiassou", "Inoussa", "Bassirou",
]
FATHERS = [
    "Maïdabo", "Garba", "Souley", "Hamidou", "Adamou", "Tassiou",
    "Kabirou", "Mahamane", "Boubé", "Dan-Ladi", "Moutari", "Harouna",
]
VILLAGES = ["Tsaouni", "Guidan Tawayé", "Angoual Mata", "Dogo", "Kourni", "Zermou", "Baboul", "Koundoumawa"]
# fmt: on
PRESENT = 27
BROUGHT_BY = ["police", "iom", "gendarmerie", "official_convoy"]


@dataclass(frozen=True)
class Staff:
    """Those of the demonstration who write in files."""

    worker: Any
    assistant: Any


def furnish(
    people: Mapping[Role, tuple[str, str]],
    password: Callable[[Role], str],
    *,
    by: journal.System,
    at: datetime,
) -> None:
    """Make the centre, its staff, the register of 2022 and the people who are there today."""
    centre = organisations.open_centre(
        code="ZIN", name="Centre d’accueil de Zinder", region="NE007", is_fictitious=True, by=by, at=at
    )
    users = {}
    for role, (username, name) in people.items():
        where = centre if role in CENTRE_ROLES else None
        users[role] = accounts.create_user(
            username=username,
            display_name=name,
            role=role,
            centre=where,
            password=password(role),
            by=by,
            at=at,
        )
    for code, name, kind, number in ROOMS:
        stays.set_up_room(centre=centre, code=code, name=name, kind=kind, beds=number, by=by, at=at)
    register = files("mafaka.exchange").joinpath("data/registre_zinder_2022.xlsx").read_bytes()
    batch = exchange.upload(centre=centre, file=register, name="registre_zinder_2022.xlsx", by=by, at=at)
    exchange.accept_suggestions(batch=batch, by=by, at=at)
    exchange.run(batch=batch, by=by, at=at)
    staff = Staff(users[Role.SOCIAL_WORKER], users[Role.PROTECTION_ASSISTANT])
    chance = Random(2026)  # noqa: S311 - fiction, and the same at every installation
    for number in range(PRESENT):
        _arrive(centre, number, chance, staff, at=at)


def _arrive(centre: Any, number: int, chance: Random, staff: Staff, *, at: datetime) -> None:
    today = local_day(at)
    arrived = today - timedelta(days=2 * number + chance.randrange(2))
    girl = chance.random() < 0.4
    names = Identity(
        own_name=chance.choice(GIRLS if girl else BOYS),
        father_name=chance.choice(FATHERS),
        mother_name=chance.choice(GIRLS) if chance.random() < 0.6 else "",
        village=chance.choice(VILLAGES),
        commune=chance.choice(gazetteer.children("NE007003")),
    )
    adult = chance.random() < 0.25
    years = chance.randrange(19, 40) if adult else chance.randrange(5, 17)
    registered = number > 1
    case = intake.receive(
        centre=centre, arrived_on=arrived, brought_by=chance.choice(BROUGHT_BY),
        returned_from=chance.choice(["DZ", "DZ", "DZ", "LY", "NG"]), sex="female" if girl else "male",
        age=(years * 12, 12, 12), names=names if registered else None, nationality="NE", region="NE007",
        languages=["ha"] if chance.random() < 0.8 else ["ha", "fr"], worker=staff.worker if number > 2 else None,
        by=staff.worker, at=at,
    )  # fmt: skip
    bed = _bed_for(case, staff, girl=girl, adult=adult)
    stays.admit(case=case, bed=bed, from_date=arrived, by=staff.worker, at=at)
    for depth, step in enumerate((_consent, _interview, _plan, _trace), start=1):
        if number > 3 * depth:
            step(case, arrived, chance, staff, at=at)


def _bed_for(case: Any, staff: Staff, *, girl: bool, adult: bool) -> Any:
    wanted = "M" if adult else "F" if girl else "G"
    free = beds.free_beds(by=staff.worker, centre_id=case.centre_id)
    return next((bed for bed in free if bed.label.startswith(wanted)), free[0] if free else None)


def _consent(case: Any, arrived: date, chance: Random, staff: Staff, *, at: datetime) -> None:
    for purpose in ("care", "tracing"):
        cases.note_consent(
            case=case, purpose=purpose, agreed=True, giver="person", mode="oral", language="ha",
            given_on=arrived, until=None, by=staff.worker, at=at,
        )  # fmt: skip


def _interview(case: Any, arrived: date, chance: Random, staff: Staff, *, at: datetime) -> None:
    held = arrived + timedelta(days=1)
    assessments.record_interview(
        case=case, held_on=held, language="ha", interviewer=staff.worker, acts=["recruitment", "transportation"],
        means=["deception"], purposes=["begging"], status="possible",
        narrative="Récit fictif de démonstration.", by=staff.worker, at=at,
    )  # fmt: skip
    assessments.report_forms(case=case, forms=[("forced_begging", "")], by=staff.worker, at=at)
    needs = chance.sample(["medical", "psychosocial", "clothing", "schooling", "legal"], 3)
    assessments.identify_needs(case=case, needs=[*needs, "family_tracing"], on=held, by=staff.worker, at=at)


def _plan(case: Any, arrived: date, chance: Random, staff: Staff, *, at: datetime) -> None:
    drawn = arrived + timedelta(days=3)
    plan = plans.draw_plan(
        case=case, goal="Plan fictif de démonstration.", drawn_on=drawn, by=staff.worker, at=at
    )
    for kind, provider, days in (
        ("health_check", "CSI Birni", 4),
        ("individual_sessions", "Centre", 20),
        ("literacy_class", "Centre", 25),
    ):
        service = plans.add_service(
            plan=plan,
            kind=kind,
            provider=provider,
            due_on=drawn + timedelta(days=days),
            by=staff.worker,
            at=at,
        )
        if kind == "health_check" and drawn + timedelta(days=2) <= local_day(at):
            given = drawn + timedelta(days=2)
            plans.advance_service(
                service=service, state="provided", provided_on=given, by=staff.worker, at=at
            )


def _trace(case: Any, arrived: date, chance: Random, staff: Staff, *, at: datetime) -> None:
    opened = arrived + timedelta(days=5)
    if chance.random() < 0.3:
        tracing.note_risk_contact(
            case=case,
            relation="uncle_aunt",
            name="Oncle fictif",
            reason="Cité dans le récit fictif.",
            by=staff.worker,
            at=at,
        )
    tracing.open_request(
        case=case, relation="mother", region="NE007", opened_on=opened, best_interests_on=opened,
        best_interests_outcome="favourable", reasons="Évaluation fictive.", known="Village fictif.",
        by=staff.worker, at=at,
    )  # fmt: skip
