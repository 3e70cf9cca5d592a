"""Fills an empty installation with invented cases, in the form in which the product itself keeps them.

Operations write one case at a time; here the same rows are written by the thousand. What is sealed is sealed
by the vault with each person's own keys, and the journal is one whole chain that `mafaka audit verify` accepts.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connections, models, transaction

from bench.fiction import CENTRES, RECITAL, SEED, Story, stories
from mafaka.accounts import operations as accounts
from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.assessments.models import Interview, Need
from mafaka.audit import journal
from mafaka.audit.models import Entry, Head
from mafaka.cases.models import Case, CaseFact, Consent, PresenceFact, ReferenceCounter
from mafaka.intake.models import Arrival
from mafaka.locations import gazetteer
from mafaka.organisations import operations as organisations
from mafaka.people.ages import is_child
from mafaka.people.models import Identity, Person
from mafaka.people.names import Identity as Names
from mafaka.plans.models import Plan, Provider, Service
from mafaka.stays import operations as stays
from mafaka.stays.models import Bed, Stay
from mafaka.vault import safe
from mafaka.vault.models import Compartment, Sealed

BATCH = 2_000
CODES = ("ZIN", "AGA", "NIA", "MAR", "TAH", "DIF", "DOS", "TIL")
BY = journal.System("bench")
SERVICES = (
    ("medical", "health_check", Compartment.MEDICAL),
    ("psychosocial", "individual_sessions", Compartment.PSYCHOSOCIAL),
    ("schooling", "literacy_class", Compartment.PSYCHOSOCIAL),
)
ROOMS = (("F", "girls"), ("G", "boys"), ("M", "family"), ("H", "men"))


@dataclass
class Batch:
    """Rows waiting to be written, by table in the order of their keys, and what is to be sealed in them."""

    at: datetime
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    contents: list[tuple[Sealed, dict[str, Any]]] = field(default_factory=list)
    acts: list[tuple[str, models.Model, Case, dict[str, Any]]] = field(default_factory=list)

    def add(self, row: models.Model) -> None:
        """Have a row written."""
        self.rows[type(row)].append(row)

    def seal(self, row: Sealed, content: dict[str, Any]) -> None:
        """Have a row sealed and written."""
        self.contents.append((row, content))
        self.add(row)

    def note(self, act: str, row: models.Model, case: Case, **data: Any) -> None:
        """Have an act entered in the journal."""
        self.acts.append((act, row, case, data))


class Generator:
    """Writes an installation full of cases."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.chance = random.Random(SEED + 1)
        self.centres = [
            organisations.open_centre(
                code=code, name=f"Centre fictif {code}", is_fictitious=True, by=BY, at=at
            )
            for code in CODES[:CENTRES]
        ]
        self.workers = [self._staff(code, Role.SOCIAL_WORKER) for code in CODES]
        self.beds = {centre.pk: self._furnish(centre) for centre in self.centres}
        self.numbers: dict[tuple[int, int], int] = defaultdict(int)

    def _staff(self, code: str, role: Role) -> User:
        """Return an account with which nobody signs in (a password for each would take a second)."""
        centre = self.centres[CODES.index(code)]
        user = User(
            username=f"ts-{code.lower()}", display_name=f"Travailleur {code}", role=role, centre=centre
        )
        user.created_at, user.password = self.at, "!"
        user.save(force_insert=True)
        return user

    def _furnish(self, centre: Any) -> list[Bed]:
        for code, kind in ROOMS:
            stays.set_up_room(
                centre=centre, code=code, name=f"Dortoir {code}", kind=kind, beds=10, by=BY, at=self.at
            )
        return list(Bed.objects.filter(room__centre=centre).order_by("-label"))

    def fill(self, count: int) -> None:
        """Write so many cases, some thousands a transaction."""
        _roomy()
        begun, done = time.monotonic(), 0
        for chosen in _batches(stories(count)):
            batch = Batch(self.at)
            for story in chosen:
                self._case(story, batch)
            _write(batch)
            done += len(chosen)
            if done % 20_000 == 0:
                print(f"  {done} dossiers, {time.monotonic() - begun:.0f} s", flush=True)
        ReferenceCounter.objects.bulk_create(
            ReferenceCounter(centre=self.centres[centre], year=year, last=last)
            for (centre, year), last in self.numbers.items()
        )

    def _case(self, story: Story, batch: Batch) -> None:
        person = Person(
            sex=story.sex, birth_earliest=story.birth.earliest, birth_latest=story.birth.latest, languages=["ha"],
            nationality=story.nationality, region=gazetteer.region_of(story.home.commune), created_at=self.at,
        )  # fmt: skip
        names = Names(
            own_name=story.own, father_name=story.home.father, mother_name=story.home.mother,
            village=story.home.village, commune=story.home.commune,
        )  # fmt: skip
        batch.add(person)
        batch.seal(Identity(person=person, created_at=self.at), names.to_content())
        case = self._open(story, person)
        batch.add(case)
        arrival = Arrival(
            case=case, arrived_on=story.arrived, brought_by=story.brought_by,
            returned_from=story.returned_from, created_at=self.at,
        )  # fmt: skip
        batch.seal(arrival, {"brought_by_detail": "Commissariat central"})
        batch.note("people.registered", person, case)
        batch.note("cases.opened", case, case)
        batch.note("intake.received", arrival, case, brought_by=story.brought_by)
        self._stay(story, case, batch)
        if story.number % 5 < 2:
            self._consents(story, case, batch)
        if story.full:
            self._care(story, case, batch)
        batch.add(self._fact(story, case, person))
        if story.closed_on:
            batch.note("cases.closed", case, case, closing=story.reason)

    def _open(self, story: Story, person: Person) -> Case:
        place = (story.centre, story.arrived.year)
        self.numbers[place] += 1
        centre = self.centres[story.centre]
        return Case(
            reference=f"{centre.code}-{story.arrived.year}-{self.numbers[place]:04d}",
            centre=centre, person=person, worker=self.workers[story.centre] if story.number % 7 else None,
            status="closed" if story.closed_on else "open", opened_on=story.arrived, closed_on=story.closed_on,
            closing_reason=story.reason, created_at=self.at,
        )  # fmt: skip

    def _fact(self, story: Story, case: Case, person: Person) -> CaseFact:
        def reached(days: int) -> date | None:
            return story.arrived + timedelta(days=days) if story.full or story.closed_on else None

        back = story.closed_on if story.reason in ("reunified", "reintegrated") else None
        return CaseFact(
            case=case, centre_id=case.centre_id, person_id=person.pk, is_fictitious=True, sex=person.sex,
            birth_earliest=person.birth_earliest, birth_latest=person.birth_latest,
            is_child_at_arrival=is_child(person.birth_latest, on=story.arrived), nationality=person.nationality,
            region=person.region, brought_by=story.brought_by, returned_from=story.returned_from,
            forms=["forced_begging"] if story.number % 3 else [],
            trafficking_status=("possible", "actual", "not")[story.number % 3] if reached(2) else "",
            arrived_on=story.arrived, registered_on=story.arrived, interviewed_on=reached(2),
            planned_on=reached(4), assisted_on=reached(5), housed=story.left_on is None,
            tracing_on=reached(6) if back else None, reunified_on=back,
            reintegration_on=back if story.reason == "reintegrated" else None, closed_on=story.closed_on,
        )  # fmt: skip

    def _stay(self, story: Story, case: Case, batch: Batch) -> None:
        free = self.beds[case.centre_id]
        bed = free.pop() if story.left_on is None and free else None
        span = {"from_date": story.arrived, "left_on": story.left_on, "created_at": self.at}
        stay = Stay(case=case, bed=bed, leaving_reason="family" if story.left_on else "", **span)
        batch.add(stay)
        fact = {"centre_id": case.centre_id, "person_id": case.person_id, "birth_latest": story.birth.latest}
        batch.add(PresenceFact(case=case, **fact, **span))
        batch.note("stays.admitted_without_bed", stay, case)

    def _consents(self, story: Story, case: Case, batch: Batch) -> None:
        for purpose in ("care", "tracing"):
            consent = Consent(
                case=case, purpose=purpose, agreed=True, giver="person", mode="oral", language="ha",
                given_on=story.arrived, created_at=self.at,
            )  # fmt: skip
            batch.seal(consent, {})
            batch.note("cases.consented", consent, case, consent=purpose, answer="agreed")

    def _care(self, story: Story, case: Case, batch: Batch) -> None:
        """Write what the rooms of daily work hold of a case that was followed from end to end."""
        day = story.arrived + timedelta(days=2)
        worker = self.workers[story.centre]
        interview = Interview(
            case=case, held_on=day, language="ha", interviewer=worker, acts=["recruitment", "transportation"],
            means=["deception"], purposes=["begging"], status="possible", created_at=self.at,
        )  # fmt: skip
        batch.seal(interview, {"narrative": RECITAL})
        batch.note("assessments.interviewed", interview, case)
        plan = Plan(case=case, drawn_on=day, review_on=day + timedelta(days=30), created_at=self.at)
        batch.seal(plan, {"goal": "Retour en famille et scolarisation."})
        batch.note("plans.drawn", plan, case)
        for need, kind, compartment in SERVICES:
            wanted = Need(case=case, kind=need, urgency="medium", identified_on=day, created_at=self.at)
            batch.seal(wanted, {"detail": "Constaté à l’entretien d’accueil."})
            service = Service(
                compartment=compartment, plan=plan, need=need, kind=kind,
                due_on=day + timedelta(days=10), state="planned", created_at=self.at,
            )  # fmt: skip
            batch.seal(service, {"detail": "Rendez-vous fictif."})
            batch.seal(Provider(service=service, created_at=self.at), {"name": "CSI fictif"})
            batch.note("plans.service_added", service, case, service=kind)


def sign_ins(password: str, *, at: datetime) -> dict[str, str]:
    """Make the two accounts that are measured; return their names: of the whole agency, of one centre."""
    centre = Case._meta.get_field("centre").related_model.objects.get(code=CODES[0])
    accounts.create_user(
        username="agence", display_name="Assistante de l’agence", role=Role.PROTECTION_ASSISTANT, centre=None,
        password=password, by=BY, at=at,
    )  # fmt: skip
    accounts.create_user(
        username="centre", display_name="Responsable du centre", role=Role.MANAGER, centre=centre,
        password=password, by=BY, at=at,
    )  # fmt: skip
    return {"agency": "agence", "centre": "centre"}


def _batches(told: Iterable[Story]) -> Iterator[list[Story]]:
    rest = iter(told)
    while chosen := list(islice(rest, BATCH)):
        yield chosen


def _roomy() -> None:
    """Give this writer, which touches every page of its indexes again and again, a cache that holds them."""
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA cache_size=-400000")


def _write(batch: Batch) -> None:
    safe.seal_all(batch.contents)
    with transaction.atomic():
        for model, rows in batch.rows.items():
            model._base_manager.bulk_create(rows, batch_size=500)
        _chain(batch)


def _chain(batch: Batch) -> None:
    """Append the acts to the journal, each linked to the one before."""
    head = Head.objects.select_for_update().get(id=1)
    entries = []
    for act, row, case, data in batch.acts:
        entry = Entry(
            seq=head.seq + 1, at=batch.at, actor=BY.actor_id, act=act, object_type=row._meta.label_lower,
            object_id=str(row.pk), case_id=case.pk, data=data, previous=head.hash,
        )  # fmt: skip
        entry.hash = journal.link(entry).expected()
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "hash"])


def followed(username: str, most: int = 5_000) -> list[str]:
    """Return references of cases that every room wrote in and that this account may open."""
    centre = User.objects.get(username=username).centre
    chosen = Case.objects.filter(plan__isnull=False, **({"centre": centre} if centre else {}))
    return list(chosen.order_by("-opened_on").values_list("reference", flat=True)[:most])
