"""The embedded database: encrypted page by page, on a SQLite that is safe, and never opened with another key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.utils import IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from mafaka.vault import keyfile
from mafaka.vault.sqlcipher import base

pytestmark = pytest.mark.django_db
WORD = "Maïdabo-de-Kantché"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of its own, with its own key."""
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path))
    keyfile.create()
    return tmp_path / "a.db"


def wrapper(path: Path) -> base.DatabaseWrapper:
    settings = {**connections["keyring"].settings_dict, "NAME": str(path)}
    return base.DatabaseWrapper(settings, alias=f"try-{path.name}")


@pytest.fixture
def database(place: Path) -> Iterator[base.DatabaseWrapper]:
    opened = wrapper(place)
    run(opened, "CREATE TABLE t (id integer PRIMARY KEY, word text)")
    run(opened, "INSERT INTO t (word) VALUES (%s)", [WORD])
    yield opened
    opened.close()


def run(database: base.DatabaseWrapper, statement: str, params: Any = None) -> list[Any]:
    with database.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def pragma(database: base.DatabaseWrapper, name: str) -> Any:
    return run(database, f"PRAGMA {name}")[0][0]


# --- What may not be opened ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 7, 0)])
def test_a_sqlite_that_can_corrupt_data_is_refused_before_it_touches_a_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", version)
    with pytest.raises(ImproperlyConfigured, match=r"3\.51\.3"):
        wrapper(place).connect()
    assert not place.exists()


def test_the_oldest_safe_sqlite_is_not_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", base.OLDEST_SAFE)
    opened = wrapper(place)
    opened.connect()
    opened.close()


def test_without_a_key_nothing_is_opened(place: Path) -> None:
    keyfile.path().unlink()
    with pytest.raises(keyfile.KeyProblem, match="manque"):
        wrapper(place).connect()


@pytest.mark.parametrize("changed", ["pages", "salt"])
def test_another_key_opens_nothing_and_changes_nothing(database: Any, place: Path, changed: str) -> None:
    database.close()
    before = place.read_bytes()
    keys = keyfile.load()
    other = {**vars(keys), changed: bytes(len(getattr(keys, changed)))}
    keyfile.write(keyfile.Keys(**other))
    with pytest.raises(keyfile.KeyProblem, match="n’ouvre pas la base"):
        wrapper(place).connect()
    assert place.read_bytes() == before


def test_a_plain_database_is_not_taken_for_one_of_ours(place: Path) -> None:
    with sqlite3.connect(place) as plain:
        plain.execute("CREATE TABLE t (word text)")
    plain.close()
    before = place.read_bytes()
    with pytest.raises(keyfile.KeyProblem, match=str(place)):
        wrapper(place).connect()
    assert place.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(place: Path) -> None:
    place.write_bytes(b"not a database, but long enough to be looked at" * 200)
    with pytest.raises(keyfile.KeyProblem):
        wrapper(place).connect()


def test_the_file_stays_closed_to_whoever_finds_it(database: Any, place: Path) -> None:
    run(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    plain = sqlite3.connect(place)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT word FROM t").fetchall()
    plain.close()


# --- What lies on the disk -----------------------------------------------------------------------------------------


def test_no_file_beside_the_key_holds_a_word_or_even_a_table_name(database: Any, place: Path) -> None:
    files = [path for path in place.parent.iterdir() if path.is_file()]
    assert {"a.db", "a.db-wal"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert WORD.encode() not in content, path.name
        assert b"CREATE TABLE" not in content, path.name
        assert not content.startswith(b"SQLite format 3"), path.name


def test_a_copy_made_for_a_backup_is_encrypted_by_the_same_key(database: Any, place: Path) -> None:
    copy = place.with_name("copy.db")
    run(database, "VACUUM INTO %s", [str(copy)])
    assert WORD.encode() not in copy.read_bytes()
    opened = wrapper(copy)
    assert run(opened, "SELECT word FROM t") == [(WORD,)]
    opened.close()


def test_what_was_deleted_is_overwritten(database: Any) -> None:
    assert pragma(database, "secure_delete") == 1


# --- How it is set -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cell_size_check", 1),
        ("busy_timeout", 20000),
    ],
)
def test_every_connection_is_set_for_safety(database: Any, name: str, value: Any) -> None:
    assert pragma(database, name) == value


def test_a_trigger_also_sees_the_row_that_replace_deletes(database: Any) -> None:
    """Without recursive triggers REPLACE would overwrite an entry of the journal."""
    run(
        database,
        "CREATE TRIGGER keep BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'append-only'); END",
    )
    with pytest.raises(IntegrityError, match="append-only"):
        run(database, "REPLACE INTO t (id, word) VALUES (1, 'x')")
    assert run(database, "SELECT word FROM t") == [(WORD,)]


def test_what_refers_to_nothing_is_refused(database: Any) -> None:
    run(database, "CREATE TABLE u (t_id integer REFERENCES t (id))")
    with pytest.raises(IntegrityError), database.cursor() as cursor:
        cursor.execute("INSERT INTO u VALUES (99)")


def test_a_temporary_file_is_never_written(database: Any, place: Path) -> None:
    before = set(place.parent.iterdir())
    run(database, "CREATE TEMP TABLE big AS SELECT word FROM t")
    run(database, "INSERT INTO big SELECT randomblob(100000) FROM t")
    assert set(place.parent.iterdir()) == before


# --- What Django asks of it ----------------------------------------------------------------------------------------


def test_values_are_bound_and_never_read_as_sql(database: Any) -> None:
    evil = "'; DROP TABLE t; --"
    run(database, "INSERT INTO t (word) VALUES (%s)", [evil])
    assert run(database, "SELECT count(*) FROM t WHERE word = %s", [evil]) == [(1,)]


def test_a_percent_sign_is_one_only_where_there_are_no_parameters(database: Any) -> None:
    assert run(database, "SELECT '5 %'") == [("5 %",)]
    assert run(database, "SELECT '5 %%', %s", ["x"]) == [("5 %", "x")]


def test_parameters_may_have_names(database: Any) -> None:
    assert run(database, "SELECT %(a)s || %(b)s", {"b": "2", "a": "1"}) == [("12",)]


def test_many_rows_are_written_at_once_by_place_or_by_name(database: Any) -> None:
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO t (word) VALUES (%s)", [("b",), ("c",)])
        cursor.executemany("INSERT INTO t (word) VALUES (%(w)s)", iter([{"w": "d"}]))
        cursor.executemany("INSERT INTO t (word) VALUES (%s)", [])
    assert [word for (word,) in run(database, "SELECT word FROM t ORDER BY id")][1:] == ["b", "c", "d"]


def test_dates_moments_and_numbers_come_back_as_they_were(database: Any) -> None:
    run(database, "CREATE TABLE v (d date, m datetime, h time, yes bool, n decimal)")
    moment = datetime(2026, 10, 12, 18, 25, 59, 999999, tzinfo=UTC)
    given = [date(2026, 2, 28), moment.replace(tzinfo=None), time(7, 5), True]
    run(
        database,
        "INSERT INTO v VALUES (%s, %s, %s, %s, %s)",
        [*given[:2], "07:05:00", True, Decimal("12.50")],
    )
    (row,) = run(database, "SELECT d, m, h, yes, CAST(n AS text) FROM v")
    assert row[:4] == tuple(given)
    assert Decimal(row[4]) == Decimal("12.50")


def test_errors_reach_django_as_its_own() -> None:
    connection = connections["keyring"]
    with pytest.raises(OperationalError, match="no such table"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO vault_datakey (subject_id) VALUES ('x')")


def test_the_key_stands_in_no_setting_that_could_be_printed() -> None:
    keys = keyfile.load()
    told = repr([connection.settings_dict for connection in connections.all()])
    for secret in (keys.pages, keys.salt, keys.node):
        assert secret.hex() not in told
