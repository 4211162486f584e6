"""Let Django's flush empty append-only tables between tests of a live server.

PostgreSQL truncates, which no row trigger sees; SQLite deletes row by row, and our
triggers rightly refuse. They are dropped and made again around the flush only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TRIGGERS = (
    "SELECT name, sql FROM sqlite_master WHERE name LIKE '%\\_no\\_delete' ESCAPE '\\'"
)


@contextmanager
def delete_history_too() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    # The class, not the connection: a browser test flushes through a connection of
    # its own, because Playwright's loop is another context than that of the session.
    operations = type(connection.ops)
    original = operations.sql_flush

    def flush_around_triggers(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
        return [
            *(f"DROP TRIGGER {name}" for name, _ in triggers),
            *original(self, *args, **kwargs),
            *(sql for _, sql in triggers),
        ]

    operations.sql_flush = flush_around_triggers  # type: ignore[method-assign] # for tests only
    try:
        yield
    finally:
        operations.sql_flush = original  # type: ignore[method-assign] # for tests only
