"""The journal is written with the act, refuses change, and is read by sequence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mafaka.audit import acts, journal
from mafaka.audit.models import Entry
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db


def test_an_act_nobody_registered_is_refused(zinder: Any) -> None:
    with pytest.raises(ValueError, match="not registered"):
        journal.record("cases.painted", by=SETUP, at=NOW)


def test_the_act_and_its_entry_are_undone_together(zinder: Any) -> None:
    before = journal.head()
    with transaction.atomic():
        journal.record("cases.opened", by=SETUP, at=NOW)
        transaction.set_rollback(True)
    assert journal.head() == before
    assert journal.faults() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET act = 'x' WHERE seq = 1",
        "DELETE FROM audit_entry WHERE seq = 1",
        """INSERT INTO audit_entry (seq, at, actor, act, object_type, object_id, data, previous, hash)
           SELECT seq + 100, at, actor, act, object_type, object_id, data, previous, 'h'
           FROM audit_entry WHERE seq = 1""",
    ],
)
def test_the_database_refuses_to_change_it(zinder: Any, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert journal.faults() == []


def test_replacing_a_row_or_emptying_the_table_is_refused_too(zinder: Any) -> None:
    statement = {
        "sqlite": "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1",
        "postgresql": "TRUNCATE audit_entry",
    }[connection.vendor]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert journal.faults() == []


def test_whoever_takes_the_guards_away_is_noticed(zinder: Any, make_case: Any) -> None:
    make_case()
    assert journal.guards()
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON audit_entry"
        cursor.execute(f"DROP TRIGGER audit_entry_no_update{on}")
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        cursor.execute("UPDATE audit_entry SET actor = 'binta' WHERE seq = 2")
    assert not journal.guards()
    assert [(fault.seq, fault.kind) for fault in journal.faults()] == [(2, "altered")]


def test_entries_carry_codes_and_become_sentences(make_case: Any) -> None:
    case = make_case()
    journal.record("cases.closed", by=SETUP, at=NOW, case=case, data={"closing": "reunified"})
    entry = Entry.objects.latest("seq")
    assert acts.sentence(entry.act, entry.data) == "Dossier clos\xa0: Réunie avec sa famille, suivi terminé."
    assert entry.data == {"closing": "reunified"}


def test_a_sentence_survives_missing_data() -> None:
    assert acts.sentence("cases.closed", {}) == "Dossier clos\xa0: …."


def test_a_case_shows_its_own_acts_newest_first(make_case: Any) -> None:
    one, other = make_case(), make_case()
    journal.record("cases.closed", by=SETUP, at=NOW, case=one, data={"closing": "left"})
    found = list(journal.of_case(one.pk, timeline=True))
    assert [entry.act for entry in found][:2] == ["cases.closed", "cases.opened"]
    assert other.pk not in {entry.case_id for entry in found}
