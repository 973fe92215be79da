"""The database itself refuses to change what a snapshot holds.

On SQLite, a later migration that makes the table again loses the trigger: it must call `guard` again
(`tests/evaluation/test_instantane.py` says so when it is missing).
"""

from typing import Any

from django.db import migrations

TABLE = "evaluation_instantane"
FROZEN = ("evaluation_id", "numero", "jour", "schema", "contenu", "sha256", "fige_le")
SENTENCE = "Un instantané figé ne change plus."

SQLITE = f"""
CREATE TRIGGER instantane_is_never_changed BEFORE UPDATE OF {", ".join(FROZEN)} ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION instantane_is_never_changed() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER instantane_is_never_changed BEFORE UPDATE OF {", ".join(FROZEN)} ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION instantane_is_never_changed();
"""


def guard(apps: Any, schema_editor: Any) -> None:
    """Set the trigger of the engine."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def release(apps: Any, schema_editor: Any) -> None:
    """Take it away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER instantane_is_never_changed ON {TABLE}")
        schema_editor.execute("DROP FUNCTION instantane_is_never_changed()")
    else:
        schema_editor.execute("DROP TRIGGER instantane_is_never_changed")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(guard, release)]
