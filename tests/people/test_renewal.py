"""The index of names: ready before it is asked, renewed beside itself, never behind."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections

from mafaka.audit.models import Entry
from mafaka.cli.install import prepare_search
from mafaka.matching import Index, index
from mafaka.people import operations, queries
from mafaka.people.directory import DIRECTORY
from mafaka.people.names import Identity
from tests.conftest import NOW, SETUP

BY = {"by": SETUP, "at": NOW}


def register(own: str) -> Any:
    return operations.register(names=Identity(own_name=own), sex="male", birth=None, **BY).pk


def found(text: str) -> list[Any]:
    return [hit.key for hit in queries.search(text, **BY)]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_starts_reads_everybody_and_leaves_no_connection_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gc.freeze", lambda: None)  # the tests do not stay for good
    rakia, open_still = register("Rakia"), []

    def run() -> None:
        prepare_search()
        open_still.extend(alias for alias in connections if connections[alias].connection is not None)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    assert open_still == []
    assert Entry.objects.filter(act="vault.opened", actor="system:directory").count() == 1
    monkeypatch.setattr(Index, "build", None)
    assert found("Rakia") == [rakia]


@pytest.mark.django_db
def test_an_index_of_many_changes_is_renewed_while_the_old_one_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "_MOST_CHANGES", 2)
    go, renewal = Event(), Index.renewal

    def held_back(self: Index) -> Callable[[], Index]:
        make = renewal(self)
        return lambda: make() if go.wait(30) else self

    monkeypatch.setattr(Index, "renewal", held_back)
    keys = {"Issoufou": register("Issoufou")}
    old = DIRECTORY.fresh(NOW)
    keys |= {own: register(own) for own in ("Rakia", "Balkissa", "Laouali")}
    assert all(found(own) == [key] for own, key in keys.items())
    keys["Zeinabou"] = register("Zeinabou")
    assert found("Zeinabou") == [keys["Zeinabou"]]
    go.set()
    assert DIRECTORY._renewal is not None
    DIRECTORY._renewal.join()
    assert all(found(own) == [key] for own, key in keys.items())
    assert DIRECTORY.fresh(NOW) is not old
