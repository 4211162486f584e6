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
    original = connection.ops.sql_flush

    def flush_around_triggers(*args: Any, **kwargs: Any) -> list[str]:
        with connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
        return [
            *(f"DROP TRIGGER {name}" for name, _ in triggers),
            *original(*args, **kwargs),
            *(sql for _, sql in triggers),
        ]

    connection.ops.sql_flush = flush_around_triggers  # type: ignore[method-assign] # for tests only
    try:
        yield
    finally:
        connection.ops.sql_flush = original  # type: ignore[method-assign] # for tests only
