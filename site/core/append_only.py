"""History is never rewritten: the database itself refuses."""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython

VERBS = ("update", "delete")


def append_only(table: str) -> Operation:
    """Refuse UPDATE and DELETE on a table, on SQLite and on PostgreSQL."""

    def forwards(app_registry, schema_editor):  # type: ignore[no-untyped-def] # called by Django
        for statement in _statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def backwards(app_registry, schema_editor):  # type: ignore[no-untyped-def] # called by Django
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return RunPython(forwards, backwards)


def _statements(table: str, vendor: str) -> list[str]:
    message = f"{table} is append-only"
    trigger = f"CREATE TRIGGER {table}_no_{{verb}} BEFORE {{verb}} ON {table} "
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [trigger.format(verb=verb) + body for verb in VERBS]
    function = f"""
        CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION '{message}'
            USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql
    """
    body = f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    return [function, *(trigger.format(verb=verb) + body for verb in VERBS)]
