"""Sends the keyring's tables to the keyring's database, and nothing else there."""

from __future__ import annotations

from typing import Any

from mafaka.vault.keyring import ALIAS


class KeyringRouter:
    """Django database router: the keys lie apart from what they open."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return ALIAS if model._meta.app_label == "vault" else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (app_label == "vault") == (db == ALIAS)
