"""Long work beside the pages: in a thread of this process, its progress in numbers.

A process that dies leaves nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db import connections, transaction
from django.utils import translation

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Standing:
    """How far a work is: steps done, of how many, or the sentence that says why it stopped."""

    done: int = 0
    of: int = 0
    failed: str = ""


class Background:
    """Works of one kind, each under its own key, never the same one twice at once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._standing: dict[Hashable, Standing] = {}

    def standing(self, key: Hashable) -> Standing | None:
        """Return how far a work is; None when none was begun in this process, or it is done."""
        return self._standing.get(key)

    def start(self, key: Hashable, attempt: Callable[[Tell], str]) -> None:
        """Begin a work once the present transaction is over; nothing happens when it is under way already.

        `attempt` is given a function that tells (done, of), and returns why it failed, or nothing.
        """
        language = translation.get_language()
        transaction.on_commit(lambda: self._begin(key, attempt, language))

    def _begin(self, key: Hashable, attempt: Callable[[Tell], str], language: str | None) -> None:
        with self._lock:
            known = self._standing.get(key)
            if known and not known.failed:
                return
            self._standing[key] = Standing()
        work = threading.Thread(
            target=self._work, args=(key, attempt, language), name=self._name, daemon=True
        )
        work.start()

    def _work(self, key: Hashable, attempt: Callable[[Tell], str], language: str | None) -> None:
        def tell(done: int, of: int) -> None:
            self._standing[key] = Standing(done, of)

        failed = ""
        try:
            with translation.override(language):
                failed = attempt(tell)
        finally:
            connections.close_all()
            if failed:
                self._standing[key] = Standing(failed=failed)
            else:
                self._standing.pop(key, None)
