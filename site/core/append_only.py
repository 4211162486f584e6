"""History is never rewritten: the database itself refuses."""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython


def append_only(table: str) -> Operation:
    """Refuse UPDATE and DELETE on a table, on SQLite and on PostgreSQL."""

    def forwards(app_registry, schema_editor):  # type: ignore[no-untyped-def] # called by Django
        for statement in _statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def backwards(app_registry, schema_editor):  # type: ignore[no-untyped-def] # called by Django
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return RunPython(forwards, backwards)


def _statements(table: str, vendor: str) -> list[str]:
    message = f"{table} is append-only"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            for verb in ("update", "delete")
        ),
    ]
