"""Ask the statement: of some premises, on some days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from partners.register.models import Premises
from partners.training.coverage.statement import statement

type Places = QuerySet[Premises] | Iterable[Premises]


def rows_of(
    question: str,
    *,
    premises: Places,
    days: Sequence[date],
    staff_member_id: int | None = None,
    last_values: Sequence[Any] = (),
    **blanks: Any,
) -> list[tuple[Any, ...]]:
    """Return the rows of a question; `blanks` are those of `statement`."""
    scope = scope_of(premises)
    if scope is None:
        return []
    if staff_member_id is not None:
        blanks["person"] = "spell.staff_member_id = %s"
    sql = statement(
        connection.vendor, question, premises=scope[0], days=len(days), **blanks
    )
    values = [
        *scope[1],
        *(connection.ops.adapt_datefield_value(day) for day in days),
        *([] if staff_member_id is None else [staff_member_id]),
        *last_values,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def scope_of(premises: Places) -> tuple[str, tuple[Any, ...]] | None:
    """Return a query for the keys of premises with its values, or None for none."""
    if not isinstance(premises, QuerySet):
        premises = Premises.objects.filter(pk__in=[place.pk for place in premises])
    try:
        return premises.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None


def as_day(value: date | str) -> date:
    """SQLite hands computed days over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
