"""The calendar feed: read by a calendar, made by its tester, closed by officers too."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from core.languages import spoken
from partners.visits import services
from partners.visits.appointments import Appointment, appointments_ics
from partners.visits.forms import testers_of
from partners.visits.models import CalendarFeed, TestVisit
from partners.visits.services import VisitError
from partners.visits.views.guards import for_officers, for_testers
from partners.visits.views.pages import HEADER

PER_PAGE = 25


@require_GET
@cache_control(private=True, no_store=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar. Whoever holds the address learns when, never where."""
    found = CalendarFeed.objects.by_token(token)
    if found is None:
        raise Http404
    times = TestVisit.objects.appointments_of(found.tester)
    with override(spoken(found.tester.language)):
        content = appointments_ics(
            (Appointment(*row) for row in times),
            tester_id=found.tester_id,
            now=timezone.now(),
        )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_http_methods(["GET", "POST"])
@for_testers
def calendar(request: HttpRequest, tester: User) -> HttpResponse:
    """Let a tester make, renew or close the own feed. Its address is shown once."""
    address = ""
    wish = request.POST.get("wish")
    if wish == "make":
        token = services.make_feed(tester=tester, now=timezone.now())
        address = request.build_absolute_uri(reverse("visits:feed", args=[token]))
    elif wish == "revoke":
        services.revoke_feed(tester=tester, actor=tester, now=timezone.now())
        messages.success(request, _("The address opens nothing any more."))
        return redirect("visits:calendar")
    current = CalendarFeed.objects.current().filter(tester=tester).first()
    context = {"feed": current, "address": address}
    return render(request, "visits/calendar.html", context)


@require_GET
@for_officers
def tester_list(request: HttpRequest, officer: User) -> HttpResponse:
    testers = (
        testers_of(officer)
        .distinct()
        .annotate(feed_since=CalendarFeed.objects.since_when())
    )
    context = {
        "page_title": _("Testers"),
        "page": Paginator(testers, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "visits/admin/tester_list.html", context | HEADER)


@require_POST
@for_officers
def revoke(request: HttpRequest, officer: User, pk: int) -> HttpResponse:
    tester = get_object_or_404(testers_of(officer).distinct(), pk=pk)
    try:
        services.revoke_feed(tester=tester, actor=officer, now=timezone.now())
    except VisitError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The address opens nothing any more."))
    return redirect("visits_admin:testers")
