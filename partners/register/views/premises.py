"""What officers see of the premises in their areas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from accounts.models import User
from core.panels import panels_for
from partners.register import services
from partners.register.exporting import write_premises
from partners.register.forms.listing import PremisesFilter
from partners.register.models import AreaPlace, Premises, PremisesQuerySet, Spell
from partners.register.rendering import profile_rows
from partners.register.views.listing import (
    Column,
    list_context,
    ordering,
    sort_of,
)
from partners.register.views.officers import for_officers
from partners.register.views.people import people_of_place
from partners.register.views.sides import Side

COLUMNS = (
    Column("name", _lazy("Premises"), ("name",)),
    Column("organisation", _lazy("Organisation"), ("organisation__name", "name")),
    Column("kind", _lazy("Kind"), ("kind", "name")),
    Column("area", _lazy("Area"), ("area__name", "name")),
    Column("in_post", _lazy("People in post"), ("in_post", "name")),
    Column("managers", _lazy("Managers"), ("is_managed", "name")),
    Column("joined", _lazy("Since"), ("joined_on", "name")),
    Column("state", _lazy("State"), ("state", "name")),
)


@require_GET
@for_officers
def premises_list(request: HttpRequest, officer: User) -> HttpResponse:
    form = PremisesFilter(request.GET, officer=officer)
    rows = _rows(officer, form)
    context = {
        "page_title": _("Premises"),
        "header_icon": "home",
        "form": form,
        "sign_up": AreaPlace.objects.in_areas_of(officer).sign_up(),
        **list_context(request, rows, COLUMNS, default="name"),
    }
    return render(request, "register/premises_list.html", context)


@require_GET
@for_officers
def premises_export(request: HttpRequest, officer: User) -> HttpResponse:
    """Hand out the list as it is filtered and sorted, as a file for a spreadsheet."""
    rows = _rows(officer, PremisesFilter(request.GET, officer=officer))
    order = ordering(COLUMNS, sort_of(request, COLUMNS, "name"))
    found = list(rows.with_contact_count().order_by(*order))
    services.note_export(officer=officer, rows=len(found))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="premises.csv"'
    write_premises(response, found)
    return response


def _rows(officer: User, form: PremisesFilter) -> PremisesQuerySet:
    found = form.narrowed(Premises.objects.in_areas_of(officer))
    return (
        found.with_in_post(timezone.localdate())
        .with_is_managed()
        .select_related("organisation", "region", "area")
    )


@require_GET
@for_officers
def premises_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visible = Premises.objects.in_areas_of(officer).select_related(
        "organisation", "region", "area"
    )
    premises = get_object_or_404(visible, key=key)
    today = timezone.localdate()
    side = Side(officer, premises, is_office=True)
    context = {
        "page_title": premises.name,
        "header_icon": "home",
        "premises": premises,
        "in_post": Spell.objects.in_post(today).filter(premises=premises).people(),
        "side": side,
        "ownerships": list(
            premises.ownerships.select_related("organisation").order_by("-from_on")
        ),
        "changes": list(premises.changes.order_by("-pk")),
        "profile": profile_rows(premises),
        **people_of_place(premises, officer),
        "panels": panels_for("premises.officer", request, premises),
    }
    return render(request, "register/premises_detail.html", context)
