"""An import while it runs: in a thread of this process, its progress in numbers. A process that dies leaves nothing."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from mafaka.common.refusals import Refused
from mafaka.exchange import operations
from mafaka.exchange.importing import Progress

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """How far an import is: rows done, of how many, or the sentence that says why it stopped."""

    done: int = 0
    of: int = 0
    failed: str = ""


_LOCK = threading.Lock()
_STANDING: dict[UUID, Standing] = {}


def standing(batch_id: UUID) -> Standing | None:
    """Return how far the import of a register is; None when none was begun in this process."""
    return _STANDING.get(batch_id)


def start(batch: Any, *, by: Any, at: datetime) -> None:
    """Begin an import once the present transaction is over; nothing happens when it is under way already."""
    language = translation.get_language()
    transaction.on_commit(lambda: _begin(batch, by, at, language))


def _begin(batch: Any, by: Any, at: datetime, language: str | None) -> None:
    with _LOCK:
        known = _STANDING.get(batch.pk)
        if known and not known.failed:
            return
        _STANDING[batch.pk] = Standing()
    work = threading.Thread(target=_work, args=(batch, by, at, language), name="import", daemon=True)
    work.start()


def _work(batch: Any, by: Any, at: datetime, language: str | None) -> None:
    def tell(done: int, of: int) -> None:
        _STANDING[batch.pk] = Standing(done, of)

    try:
        with translation.override(language):
            failed = _attempt(batch, by, at, tell)
    finally:
        connections.close_all()
    if failed:
        _STANDING[batch.pk] = Standing(failed=failed)
    else:
        _STANDING.pop(batch.pk, None)


def _attempt(batch: Any, by: Any, at: datetime, tell: Progress) -> str:
    """Import, and return why it failed, or nothing."""
    try:
        operations.run(batch=batch, by=by, at=at, progress=tell)
    except Refused as refused:
        return refused.sentence
    except DatabaseError:
        logger.exception("An import was stopped by the database.")
        return _("La base est occupée ou le disque est plein : rien n’a été importé. Recommencez.")
    except Exception:
        logger.exception("An import failed.")
        return _("L’import s’est arrêté : rien n’a été importé. Recommencez, ou demandez de l’aide.")
    return ""
