"""The cast. Amina works at Zinder, Moussa manages it, Binta works at Agadez: she must see nothing of Zinder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from mafaka.accounts.models import User
from mafaka.accounts.roles import CENTRE_ROLES, Role
from mafaka.audit import journal
from mafaka.audit.chain import START
from mafaka.audit.models import Head
from mafaka.cases import operations as cases
from mafaka.organisations import operations as organisations
from mafaka.people import operations as people
from mafaka.people.ages import from_age
from mafaka.people.directory import DIRECTORY
from mafaka.people.names import Identity
from mafaka.vault import keyring

NOW = datetime(2026, 10, 12, 18, 25, tzinfo=UTC)
TODAY = NOW.date()
SETUP = journal.System("tests")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever touches the database touches the keyring: no test need say so."""
    for item in items:
        if mark := item.get_closest_marker("django_db"):
            mark.kwargs.setdefault("databases", ["default", "keyring"])
        elif {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(databases=["default", "keyring"]))


@pytest.fixture(scope="session")
def recovery_key(django_db_setup: None) -> bytes:
    """The recovery key of the keyring of this test run."""
    return RECOVERY[0]


RECOVERY: list[bytes] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        RECOVERY.append(keyring.establish(at=NOW))


@pytest.fixture(scope="session", autouse=True)
def _flush_leaves_a_house() -> Iterator[None]:
    """A test with real transactions empties all tables afterwards: let it, past the journal's own guards."""
    flush = TransactionTestCase._fixture_teardown
    guards = import_module("mafaka.audit.migrations.0002_append_only")

    def teardown(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name in ("update", "delete", "jump"):
                    cursor.execute(f"DROP TRIGGER audit_entry_no_{name}")
            else:
                cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        flush(case)
        with connection.cursor() as cursor:
            for statement in guards.SQLITE if connection.vendor == "sqlite" else []:
                cursor.execute(statement)
            if connection.vendor != "sqlite":
                cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        Head.objects.create(id=1, seq=0, hash=START)
        RECOVERY[:] = [keyring.establish(at=NOW)]

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """No key and no name outlives a test."""
    yield
    keyring.forget()
    DIRECTORY.forget()


@pytest.fixture
def zinder(db: None) -> Any:
    return organisations.open_centre(
        code="ZIN", name="Centre d’accueil de Zinder", region="NE007", by=SETUP, at=NOW
    )


@pytest.fixture
def agadez(db: None) -> Any:
    return organisations.open_centre(
        code="AGZ", name="Centre d’accueil d’Agadez", region="NE001", by=SETUP, at=NOW
    )


@pytest.fixture
def user(zinder: Any) -> Callable[..., User]:
    """Make a user of a role; those of centre roles work at Zinder unless told otherwise."""

    def make(role: Role, centre: Any = ..., username: str = "") -> User:
        where = (zinder if role in CENTRE_ROLES else None) if centre is ... else centre
        name = username or f"{role.value}-{where.code if where else 'all'}".replace("_", "-").lower()
        return User.objects.create(
            username=name, display_name=name.title(), role=role, centre=where, created_at=NOW, password="!"
        )

    return make


@pytest.fixture
def amina(user: Callable[..., User]) -> User:
    return user(Role.SOCIAL_WORKER, username="amina")


@pytest.fixture
def moussa(user: Callable[..., User]) -> User:
    return user(Role.MANAGER, username="moussa")


@pytest.fixture
def binta(user: Callable[..., User], agadez: Any) -> User:
    return user(Role.SOCIAL_WORKER, agadez, "binta")


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    """Return a browser in which this person is signed in (None: nobody)."""

    def sign_in(who: User | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client

    return sign_in


@pytest.fixture
def make_case(zinder: Any) -> Callable[..., Any]:
    """Open a case for a girl of 14, Rakia Maïdabo of Kantché, unless told otherwise."""

    def make(centre: Any = None, *, names: Identity | None = None, sex: str = "female", years: int = 14,
             opened_on: date = TODAY, worker: Any = None) -> Any:  # fmt: skip
        person = people.register(
            names=names
            or Identity(own_name="Rakia", father_name="Maïdabo", village="Tsaouni", commune="NE007003004"),
            sex=sex,
            birth=from_age(months=years * 12, on=opened_on),
            nationality="NE",
            region="NE007",
            by=SETUP,
            at=NOW,
        )
        case = cases.open_case(
            person=person, centre=centre or zinder, opened_on=opened_on, by=SETUP, at=NOW, worker=worker
        )
        cases.note_facts(case=case, arrived_on=opened_on)
        case.refresh_from_db()
        return case

    return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages believe that it is the evening of the cast."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def world(zinder: Any, agadez: Any, clock: datetime) -> Any:
    """Two centres with a rich case in each (tests/world.py)."""
    from tests.world import build

    return build(zinder, agadez)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests that drive one: a second cannot start beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
