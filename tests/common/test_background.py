"""Long work beside the pages: once at a time under one key, its progress told, its failure kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import translation

from mafaka.common.background import Background, Standing, Tell

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    assert true()


def test_it_tells_how_far_it_is_and_leaves_nothing_when_it_is_done() -> None:
    works, go = Background("test"), threading.Event()

    def attempt(tell: Tell) -> str:
        tell(3, 10)
        go.wait(5)
        return ""

    assert works.standing("a") is None
    works.start("a", attempt)
    wait_for(lambda: works.standing("a") == Standing(3, 10))
    assert works.standing("b") is None
    go.set()
    wait_for(lambda: works.standing("a") is None)


def test_the_same_work_is_not_begun_twice() -> None:
    works, go, begun = Background("test"), threading.Event(), []

    def attempt(tell: Tell) -> str:
        begun.append(1)
        go.wait(5)
        return ""

    for _click in range(3):
        works.start("a", attempt)
    wait_for(lambda: begun == [1])
    go.set()
    wait_for(lambda: works.standing("a") is None)
    assert begun == [1]


def test_why_it_failed_is_kept_and_it_can_be_begun_anew() -> None:
    works = Background("test")
    works.start("a", lambda _tell: "Le disque est plein.")
    wait_for(lambda: works.standing("a") == Standing(failed="Le disque est plein."))
    works.start("a", lambda _tell: "")
    wait_for(lambda: works.standing("a") is None)


def test_nothing_begins_before_the_page_has_committed() -> None:
    works, begun = Background("test"), threading.Event()

    def attempt(tell: Tell) -> str:
        begun.set()
        return ""

    with transaction.atomic():
        works.start("a", attempt)
        assert not begun.is_set()
        assert works.standing("a") is None
    assert begun.wait(5)


def test_it_speaks_the_language_of_who_began_it() -> None:
    works, heard = Background("test"), []

    def attempt(tell: Tell) -> str:
        heard.append(translation.get_language())
        return ""

    with translation.override("en"):
        works.start("a", attempt)
    wait_for(lambda: heard == ["en"])
