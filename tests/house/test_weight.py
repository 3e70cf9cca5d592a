"""A page comes in one round trip on a village network; a full centre asks the database no more than an empty one."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.assessments import operations as assessments
from mafaka.cases import operations as cases
from mafaka.intake import operations as intake
from mafaka.people.names import Identity
from mafaka.plans import operations as plans
from mafaka.stays import operations as stays
from tests.conftest import NOW, SETUP, TODAY
from tests.house.test_every_page import PAGES, is_lawful, url_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ONE_ROUND_TRIP = 14 * 1024  # bytes, compressed (DESIGN §5)
SEARCH = "/recherche/"
# The search asks in batches which of those found one may see, until it has enough: so many queries at most.
MOST_OF_A_SEARCH = 12
# Who opens the pages: between them, every page; each is the reader to whom it shows most.
READERS = [Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.DPO, Role.GUARD]


@pytest.fixture
def readers(
    world: World, user: Callable[..., User], browse: Callable[[User], Client]
) -> list[tuple[User, Client]]:
    people = [user(role, world.zinder, f"reader-{role}".replace("_", "-")) for role in READERS]
    return [(person, browse(person)) for person in people]


def visits(readers: list[tuple[User, Client]], world: World) -> Iterator[tuple[str, Client, str]]:
    """Yield (page as its reader, browser, address) of every page and everybody who may open it."""
    for name, pattern in PAGES:
        for person, client in readers:
            if "GET" in pattern.callback.methods and is_lawful(person, pattern, world.here["case"]):
                if name == "office:search":
                    client.post(SEARCH, {"q": "Rakia"})  # kept in the session; the page answers it
                yield f"{name} ({person.role})", client, url_of(name, pattern, world.here)


def crowd(world: World, number: int, beds: int = 0) -> list[Any]:
    """People come to Zinder: each with a name, a need and a stay, in a bed as long as there is one."""
    worker = world.here["case"].worker
    rooms = [
        stays.set_up_room(
            centre=world.zinder, code=code, name=f"Dortoir {code}", kind="boys", beds=beds // 4, by=SETUP, at=NOW
        )
        for code in ("A", "B", "C", "D")
        if beds
    ]  # fmt: skip
    free = [bed for room in rooms for bed in room.beds.all()]
    return [arrival(world, each, free.pop() if free else None, worker) for each in range(number)]


def arrival(world: World, number: int, bed: Any, worker: Any) -> Any:
    came = TODAY - timedelta(days=number % 30)
    names = Identity(
        own_name=OWN[number % len(OWN)], father_name=OWN[number % 7], village=f"Village {number}"
    )
    case = intake.receive(
        centre=world.zinder, arrived_on=came, brought_by=["police", "iom", "ngo"][number % 3],
        returned_from=["DZ", "LY", ""][number % 3], sex=["female", "male"][number % 2], age=(96 + number, 12, 12),
        names=names, nationality="NE", region=f"NE00{1 + number % 7}", worker=worker, by=SETUP, at=NOW,
    )  # fmt: skip
    if number % 2:
        stays.admit(case=case, bed=bed, from_date=came, by=SETUP, at=NOW)
    return case


OWN = [
    "Rakia",
    "Issoufou",
    "Hassane",
    "Zeinabou",
    "Moutari",
    "Balkissa",
    "Ousmane",
    "Nana Firdaous",
    "Abdoul Karim",
]


def long_story(world: World) -> None:
    """The case of `here` has been followed for long: many needs and services, and everybody has looked at it."""
    case, worker = world.here["case"], world.here["case"].worker
    for kind in ("legal", "schooling", "food", "documents", "livelihood", "other"):
        need = assessments.identify_needs(
            case=case, needs=[kind], on=TODAY, urgency="low", note=f"{STORY[:200]}", by=worker, at=NOW
        )[0]
        if kind in ("food", "other"):
            assessments.meet_need(need=need, met_on=TODAY, by=worker, at=NOW)
    for kind in ("legal_advice", "enrolment", "meals", "birth_certificate", "clothes", "vaccination", "treatment",
                 "group_sessions", "vocational_training", "literacy_class"):  # fmt: skip
        plans.add_service(
            plan=case.plan, kind=kind, provider="Centre de santé intégré", due_on=TODAY, detail=STORY[:80],
            by=worker, at=NOW,
        )  # fmt: skip
    for _interview in range(2):
        assessments.record_interview(
            case=case, held_on=TODAY, language="ha", interviewer=worker, acts=["recruitment"], means=["deception"],
            purposes=["begging"], narrative=STORY, remarks=STORY[:200], by=worker, at=NOW,
        )  # fmt: skip
    for _look in range(200):
        cases.reveal_name(case=case, purpose="care", by=worker, at=NOW)


# What somebody tells in half an hour: words that do not repeat themselves as a test's filling would.
STORY = (
    "Il est parti de Kantché avec un marabout que sa mère connaissait, après la mort de son père. À Arlit ils ont"
    " attendu douze jours dans une cour, puis un camion les a pris de nuit jusqu’à Tamanrasset. Là, on lui a donné un"
    " bol et une rue ; chaque soir il rendait l’argent, et ne mangeait pas quand il en manquait. Deux autres garçons de"
    " Mirriah étaient avec lui. Un jour la police les a tous mis dans un bus, et ils ont marché depuis la frontière."
)


def test_every_page_comes_in_one_round_trip(world: World, readers: list[tuple[User, Client]]) -> None:
    """A centre with 150 open cases and 60 beds, a case with a long story."""
    crowd(world, 150, beds=60)
    long_story(world)
    heavy = []
    for page, client, url in visits(readers, world):
        weight = len(gzip.compress(client.get(url).content, 6))
        if weight > ONE_ROUND_TRIP:
            heavy.append((page, weight))
    assert heavy == []


def test_no_page_asks_the_database_more_of_more_people(
    world: World, readers: list[tuple[User, Client]]
) -> None:
    def count() -> dict[str, dict[str, int]]:
        return {page: asked(client, url) for page, client, url in visits(readers, world)}

    crowd(world, 3, beds=4)
    count()  # what is fetched once and kept is not the page's
    few = count()
    crowd_again(world, 57)
    count()
    many = count()
    grown = {page: (few[page], many[page]) for page in few if few[page] != many[page]}
    searches = [grown.pop(page)[1] for page in list(grown) if page.startswith("office:search")]
    assert all(search["default"] <= MOST_OF_A_SEARCH for search in searches)
    assert grown == {}


def crowd_again(world: World, number: int) -> None:
    """More people, and no more beds than the rooms that stand."""
    worker = world.here["case"].worker
    for each in range(3, 3 + number):
        arrival(world, each, None, worker)


def asked(client: Client, url: str) -> dict[str, int]:
    """Count the queries of one page, by database."""
    with ExitStack() as stack:
        captured = {
            alias: stack.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in ("default", "keyring")
        }
        client.get(url)
    return {alias: len(queries) for alias, queries in captured.items()}
