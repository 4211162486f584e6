"""What the lists of officers share: headings that sort, pages that keep the filter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ROWS_PER_PAGE = 50


class Column(NamedTuple):
    """One heading; `order` names the fields that a click on it sorts by."""

    name: str
    label: "StrPromise"
    order: tuple[str, ...] = ()


class Heading(NamedTuple):
    label: "StrPromise"
    # Where a click leads; empty when the column cannot be sorted.
    url: str
    # "ascending", "descending" or empty, as aria-sort wants it.
    direction: str


def sort_of(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    """Return the sort that was asked for, "name" or "-name", if there is such a one."""
    asked = request.GET.get("sort", default)
    known = {column.name for column in columns if column.order}
    return asked if asked.removeprefix("-") in known else default


def ordering(columns: Sequence[Column], sort: str) -> list[str]:
    """Return the fields to order by; the pk breaks ties, so that pages hold still."""
    order = next(one.order for one in columns if one.name == sort.removeprefix("-"))
    sign = "-" if sort.startswith("-") else ""
    return [*(_turned(field, sign) for field in order), "pk"]


def list_context(
    request: HttpRequest,
    rows: "QuerySet[Any]",
    columns: Sequence[Column],
    *,
    default: str,
) -> dict[str, Any]:
    """Return the page of rows that was asked for, its headings, and what to keep."""
    sort = sort_of(request, columns, default)
    ordered = rows.order_by(*ordering(columns, sort))
    return page_context(request, ordered, columns, sort=sort)


def page_context(
    request: HttpRequest,
    ordered: "QuerySet[Any] | Sequence[Any]",
    columns: Sequence[Column],
    *,
    sort: str,
) -> dict[str, Any]:
    """Return the same of rows that are in order already, as a list can be."""
    page = Paginator(ordered, ROWS_PER_PAGE)
    kept = request.GET.copy()
    kept.pop("page", None)
    query = kept.urlencode()
    return {
        "page_obj": page.get_page(request.GET.get("page")),
        "headings": [_heading(request, column, sort) for column in columns],
        "query": f"{query}&" if query else "",
        "sort": request.GET.get("sort", ""),
        "is_filtered": any(value for name, value in kept.items() if name != "sort"),
    }


def _heading(request: HttpRequest, column: Column, sort: str) -> Heading:
    if not column.order:
        return Heading(column.label, "", "")
    is_here = sort.removeprefix("-") == column.name
    is_ascending = is_here and not sort.startswith("-")
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["sort"] = f"-{column.name}" if is_ascending else column.name
    direction = ("ascending" if is_ascending else "descending") if is_here else ""
    return Heading(column.label, f"?{asked.urlencode()}", direction)


def _turned(field: str, sign: str) -> str:
    if not sign:
        return field
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
