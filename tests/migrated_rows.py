"""Keep what migrations wrote when a transactional test flushes the database.

Wagtail's root page, the locales and the groups of our roles come from migrations, and
Django's flush takes them away with the rest. Its own remedy (serialized_rollback) puts
them back before the next test that asks for it, with signals that write rows of their
own. Ours copies plain rows and puts them back at once, so that the order of tests and
the way they are shared between processes do not matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

type Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@contextmanager
def migrated_rows_kept() -> Iterator[None]:
    kept: Rows = {}
    flush = vars(TransactionTestCase)["_fixture_teardown"]

    def remember_first(_case: type[TransactionTestCase]) -> None:
        if not kept:
            kept.update(_read_rows())

    def flush_and_put_back(case: TransactionTestCase) -> None:
        # So told, flush does not make content types anew under other numbers.
        case.serialized_rollback = True
        connection._test_serialized_contents = ""  # type: ignore[attr-defined] # flush looks
        flush(case)
        if connection.vendor == "sqlite":
            # Numbers begin anew, as they do after a rollback: what an earlier test
            # made then fits this one (`tests/remembered_rows.py`).
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM sqlite_sequence")
        _write_rows(kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_setup", classmethod(remember_first)
        )
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_and_put_back)
        yield


def _read_rows() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 -- our tables
            if found := cursor.fetchall():
                rows[table] = [column[0] for column in cursor.description], found
    return rows


def _write_rows(kept: Rows) -> None:
    # Foreign keys are looked at when the transaction ends: the order is free.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in kept.items():
            names = ", ".join(map(_quoted, columns))
            places = ", ".join("%s" for _ in columns)
            cursor.executemany(
                f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})",  # noqa: S608 -- our tables
                rows,
            )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
