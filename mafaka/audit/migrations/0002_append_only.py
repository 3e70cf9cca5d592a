"""The database itself refuses to change the journal: no update, no delete, no insert out of order."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
       BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
       BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER audit_entry_no_jump BEFORE INSERT ON audit_entry
       WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry)
       BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    """CREATE FUNCTION audit_entry_follow() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry) THEN
           RAISE EXCEPTION 'the journal is append-only';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE OR DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_no_jump BEFORE INSERT ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_entry_follow()""",
]


def guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place, and the row that every writer takes in turn."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)
    apps.get_model("audit", "Head").objects.create(id=1, seq=0, hash="0" * 64)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
