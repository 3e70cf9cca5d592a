"""Django's SQLite backend on SQLCipher: every page of the file is encrypted (SECURITY §3.3).

The key comes from the key file, never from settings: `manage.py diffsettings` prints OPTIONS.
"""

from __future__ import annotations

import datetime
import decimal
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from mafaka.vault import keyfile

# Every SQLite from 3.7.0 to 3.51.2 can corrupt a WAL database (fixed in 3.51.3): never run on one.
OLDEST_SAFE = (3, 51, 3)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=20000",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it REPLACE would overwrite a row of the audit journal
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    # A page that is not in the cache is read, checked and decrypted again. This much per thread holds the
    # indexes of 100,000 cases; it is taken only as far as pages are read.
    "cache_size=-32768",
    "cell_size_check=ON",
    "legacy_alter_table=OFF",
    "cipher_log_level=NONE",
)

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", sqlite.decoder(parse_date))
Database.register_converter("time", sqlite.decoder(parse_time))
Database.register_converter("datetime", sqlite.decoder(parse_datetime))
Database.register_converter("timestamp", sqlite.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, sqlite.adapt_date)
Database.register_adapter(datetime.datetime, sqlite.adapt_datetime)


class Cursor(Database.Cursor):
    """Django writes `%s`; SQLite reads `?`."""

    convert_query = sqlite.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], dict) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """An encrypted SQLite database, opened with the installation's page key."""

    Database = Database

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if Database.sqlite_version_info < OLDEST_SAFE:
            raise ImproperlyConfigured(
                f"SQLite {Database.sqlite_version} peut abîmer les données : 3.51.3 au moins."
            )
        connection = Database.connect(**conn_params)
        keys = keyfile.load()
        connection.execute(f"PRAGMA key = \"x'{keys.pages.hex()}{keys.salt.hex()}'\"")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Database.DatabaseError as error:
            connection.close()
            raise keyfile.KeyProblem(
                f"La clé de {keyfile.path()} n’ouvre pas la base {conn_params['database']}. "
                "Remettez la clé qui a servi à la créer ; rien n’a été modifié."
            ) from error
        register_functions(connection)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
