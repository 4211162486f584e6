"""Coverage of the premises in an officer's areas, on any day."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from accounts.models import User
from partners.register.models import Premises, PremisesQuerySet
from partners.register.views.listing import Column, page_context, sort_of
from partners.register.views.officers import for_officers
from partners.training import services
from partners.training.coverage import (
    PremisesCoverage,
    coverage_of_each,
    coverage_together,
    starters_trained,
    training_half_life,
)
from partners.training.exporting import write_coverage
from partners.training.forms import CoverageFilter

COLUMNS = (
    Column("name", _lazy("Premises"), ("name",)),
    Column("kind", _lazy("Kind"), ("kind",)),
    Column("area", _lazy("Area"), ("area",)),
    Column("in_post", _lazy("People in post"), ("in_post",)),
    Column("share", _lazy("In date"), ("share",)),
    Column("grace", _lazy("Still have time"), ("grace",)),
    Column("expired", _lazy("Expired"), ("expired",)),
    Column("never", _lazy("Never trained"), ("never",)),
    Column("night", _lazy("At night"), ("night",)),
)
SORT_KEYS: dict[str, Callable[[PremisesCoverage], Any]] = {
    "name": lambda row: row.premises.name.casefold(),
    "kind": lambda row: row.premises.get_kind_display(),
    "area": lambda row: row.premises.area.name,
    "in_post": lambda row: row.coverage.in_post,
    # The worst first; where nothing is required nothing is amiss, so last.
    "share": lambda row: (
        row.coverage.covered / row.coverage.required if row.coverage.required else 2
    ),
    "grace": lambda row: row.coverage.in_grace,
    "expired": lambda row: row.coverage.expired,
    "never": lambda row: row.coverage.never_trained,
    "night": lambda row: row.is_night_untrained,
}
DEFAULT_SORT = "share"


@require_GET
@for_officers
def coverage_list(request: HttpRequest, officer: User) -> HttpResponse:
    form = _form(request, officer)
    day, premises = form.chosen_day, _premises(form, officer)
    sort = sort_of(request, COLUMNS, DEFAULT_SORT)
    rows = _rows(form, premises, sort)
    context = {
        "page_title": _("Coverage"),
        "header_icon": "clipboard-list",
        "form": form,
        "day": day,
        "total": coverage_together(day=day, premises=premises),
        "starters": [
            (days, starters_trained(day=day, premises=premises, within_days=days))
            for days in (14, 30)
        ],
        "half_life": training_half_life(day=day, premises=premises),
        "nights": sum(row.is_night_untrained for row in rows),
        **page_context(request, rows, COLUMNS, sort=sort),
    }
    return render(request, "training/admin/coverage_list.html", context)


@require_GET
@for_officers
def coverage_export(request: HttpRequest, officer: User) -> HttpResponse:
    """Hand out the list as it is filtered and sorted, as a file for a spreadsheet."""
    form = _form(request, officer)
    sort = sort_of(request, COLUMNS, DEFAULT_SORT)
    rows = _rows(form, _premises(form, officer), sort)
    day = form.chosen_day
    services.note_coverage_export(officer=officer, day=day, rows=len(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    disposition = f'attachment; filename="coverage-{day.isoformat()}.csv"'
    response.headers["Content-Disposition"] = disposition
    write_coverage(response, rows, day=day)
    return response


def _form(request: HttpRequest, officer: User) -> CoverageFilter:
    return CoverageFilter(request.GET, officer=officer, today=timezone.localdate())


def _premises(form: CoverageFilter, officer: User) -> PremisesQuerySet:
    return form.narrowed(Premises.objects.in_areas_of(officer))


def _rows(
    form: CoverageFilter, premises: PremisesQuerySet, sort: str
) -> list[PremisesCoverage]:
    lines = coverage_of_each(day=form.chosen_day, premises=premises)
    shown = [line for line in lines if form.shows(line)]
    # Twice, because a stable sort keeps the names in order where all else is equal.
    shown.sort(key=lambda row: (row.premises.name.casefold(), row.premises.pk))
    shown.sort(key=SORT_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return shown
