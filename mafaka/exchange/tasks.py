"""An import while it runs, beside the pages."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import gettext as _

from mafaka.common.background import Background, Standing, Tell
from mafaka.common.refusals import Refused
from mafaka.exchange import operations

logger = logging.getLogger(__name__)
IMPORTS = Background("import")


def standing(batch_id: UUID) -> Standing | None:
    """Return how far the import of a register is; None when none runs in this process."""
    return IMPORTS.standing(batch_id)


def start(batch: Any, *, by: Any, at: datetime) -> None:
    """Begin an import once the present transaction is over."""
    IMPORTS.start(batch.pk, lambda tell: _attempt(batch, by, at, tell))


def _attempt(batch: Any, by: Any, at: datetime, tell: Tell) -> str:
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
