"""Make what many tests stand on once, and put its rows back for the others.

Loading the routes, signs and pages that we ship takes half a second, and hundreds of
tests begin with it. The first one loads; what it changed in the database is remembered
as plain rows, and written as plain rows for the next. Where the tables do not hold what
they held then (another fixture came first), it is loaded in earnest.
"""

from collections.abc import Callable, Hashable
from datetime import time
from functools import cache
from typing import Any, NamedTuple

from django.core.cache import cache as django_cache
from django.db import connection, transaction

type Row = tuple[Any, ...]
type Tables = dict[str, list[Row]]


class Change(NamedTuple):
    """What became of one table. `gone` and `new` hold whole rows."""

    before: list[Row]
    gone: list[Row]
    new: list[Row]


_remembered: dict[Hashable, dict[str, Change]] = {}


def made_once(name: Hashable, make: Callable[[], object]) -> None:
    """Make something in the database, or write the rows that it made before.

    `name` tells apart whatever the rows depend on, such as the day.
    """
    name = (name, connection.settings_dict["NAME"])
    if name in _remembered:
        changes = _remembered[name]
        if all(_read(table) == change.before for table, change in changes.items()):
            _write(changes)
            return
    before = _read_all()
    make()
    _remembered[name] = {
        table: Change(
            before[table],
            gone=[row for row in before[table] if row not in after],
            new=[row for row in after if row not in before[table]],
        )
        for table, after in _read_all().items()
        if after != before[table]
    }


def _read_all() -> Tables:
    tables = connection.introspection.django_table_names(only_existing=True)
    return {table: _read(table) for table in tables}


def _read(table: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {_quoted(table)} ORDER BY {_quoted(_key_of(table))}"  # noqa: S608 -- our tables
        )
        rows: list[Row] = cursor.fetchall()
    return rows


@cache
def _key_of(table: str) -> str:
    """Return the column of the primary key: the catalogue answers slowly."""
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table) or ""


def _write(changes: dict[str, Change]) -> None:
    # Foreign keys are looked at when the transaction ends: the order is free.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, change in changes.items():
            cursor.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")  # noqa: S608 -- our tables
            columns = [_quoted(column[0]) for column in cursor.description]
            matches = " AND ".join(f"{column} = %s" for column in columns[:1])
            cursor.executemany(
                f"DELETE FROM {_quoted(table)} WHERE {matches}",  # noqa: S608 -- our tables
                [row[:1] for row in change.gone],
            )
            places = ", ".join("%s" for _ in columns)
            cursor.executemany(
                f"INSERT INTO {_quoted(table)} ({', '.join(columns)}) "  # noqa: S608 -- our tables
                f"VALUES ({places})",
                [[*map(_adapted, row)] for row in change.new],
            )
    # Wagtail remembers where its sites begin, and would be told by a signal.
    django_cache.clear()


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it: SQLite gives hours, and takes words."""
    if isinstance(value, time) and connection.vendor == "sqlite":
        return str(value)
    return value


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
