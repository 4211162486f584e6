"""History is never rewritten: the database itself refuses."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython

VERBS = ("update", "delete")


def append_only(table: str) -> Operation:
    """Refuse UPDATE and DELETE on a table, on SQLite and on PostgreSQL."""
    return RunPython(_locking(table), _unlocking(table))


def open_for_columns(table: str) -> Operation:
    """Take the refusal away for the rest of a migration that adds columns.

    SQLite builds a table anew for a new column, and triggers are lost with the old one;
    PostgreSQL keeps them. `append_only` has to follow in the same migration.
    """
    return RunPython(_unlocking(table), _locking(table))


def _locking(table: str) -> Callable[..., None]:
    def lock(app_registry: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return lock


def _unlocking(table: str) -> Callable[..., None]:
    def unlock(app_registry: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return unlock


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
