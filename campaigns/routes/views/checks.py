from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.scoping import areas_of, may_enter_admin
from campaigns.routes.enums import CheckOutcome, DueState
from campaigns.routes.forms import RouteCheckForm
from campaigns.routes.models import Route
from campaigns.routes.services import RouteError, record_check
from core.models import Installation

PER_PAGE = 50


@require_GET
def check_list(request: HttpRequest) -> HttpResponse:
    if not may_enter_admin(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    state = request.GET.get("state", "")
    area = request.GET.get("area", "")
    routes = (
        Route.objects.visible_to(request.user)
        .with_overview()
        .in_due_state(state, today=today)
        .select_related("area")
        .by_urgency()
    )
    if area.isdecimal():
        routes = routes.filter(area=int(area[:9]))
    context = {
        "page_title": _("Route checks"),
        "header_icon": "mail",
        "page_obj": Paginator(routes, PER_PAGE).get_page(request.GET.get("p")),
        "states": DueState.choices,
        "state": state,
        "areas": list(areas_of(request.user).order_by("name", "pk")),
        "area": area,
        "today": today,
    }
    return render(request, "routes/admin/check_list.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Be at hand while on the phone: what to say, what to ask, what was heard."""
    routes = Route.objects.visible_to(request.user).with_words("en")
    route = get_object_or_404(routes, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = RouteCheckForm(sent, route=route)
    if form.is_valid():
        try:
            _save(request, route, form)
        except RouteError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Thank you."))
            return _to_the_next(request, route)
    return render(request, "routes/admin/check.html", _context(route, form))


def _save(request: HttpRequest, route: Route, form: RouteCheckForm) -> None:
    record_check(
        route=route,
        by=request.user,  # type: ignore[arg-type] # visible_to lets nobody else in
        outcome=CheckOutcome(form.cleaned_data["outcome"]),
        confirmed=form.confirmed(),
        new_values=form.new_values(),
        note=form.cleaned_data["note"],
        today=timezone.localdate(),
    )


def _to_the_next(request: HttpRequest, route: Route) -> HttpResponse:
    due = Route.objects.visible_to(request.user).to_ring(timezone.localdate())
    following = due.exclude(pk=route.pk).by_urgency().first()
    if following is None:
        return redirect("route_checks:list")
    return redirect("route_checks:check", pk=following.pk)


def _context(route: Route, form: RouteCheckForm) -> dict[str, Any]:
    today = timezone.localdate()
    words = next((one for one in route.wordings.all() if one.language == "en"), None)
    numbers = [fact for fact in route.facts.all() if fact.href]
    checks = route.checks.select_related("made_by").order_by("-made_on", "-pk")
    return {
        "page_title": words.name if words else route.key,
        "header_icon": "mail",
        "route": route,
        "numbers": numbers,
        "form": form,
        "checks": list(checks[:5]),
        "today": today,
        "caller": Installation.objects.current().name,
    }
