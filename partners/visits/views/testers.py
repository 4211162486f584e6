"""A tester's visits, on a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from partners.visits import services
from partners.visits.enums import OPEN_FOR_TESTER_STATES, VisitState
from partners.visits.forms import ReasonForm, RecordForm
from partners.visits.models import TestVisit
from partners.visits.services import VisitError
from partners.visits.views.guards import for_testers


@require_GET
@for_testers
def visit_list(request: HttpRequest, tester: User) -> HttpResponse:
    visits = list(
        TestVisit.objects.open_for_tester(tester, timezone.now())
        .select_related("premises", "scenario")
        .order_by("planned_on", "planned_time", "pk")
    )
    services.note_reads(visits=visits, reader=tester)
    return render(request, "visits/visit_list.html", {"visits": visits})


@require_GET
@for_testers
def visit_detail(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    visit = _own(tester, key)
    if visit.state not in OPEN_FOR_TESTER_STATES:
        return _closed(request, visit)
    services.note_reads(visits=[visit], reader=tester)
    return render(request, "visits/visit_detail.html", {"visit": visit})


@require_POST
@for_testers
def visit_brief(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    """Keep that the brief was read, and go back to it: the form is open from then."""
    visit = _own(tester, key)
    if visit.state not in OPEN_FOR_TESTER_STATES:
        return _closed(request, visit)
    services.sign_brief(visit=visit, tester=tester, now=timezone.now())
    return redirect("visits:visit-detail", visit.key)


@require_http_methods(["GET", "POST"])
@for_testers
def visit_real(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    """End the test for a real worry. The numbers stand first, before and after."""
    visit = _own(tester, key)
    is_stopped = visit.state == VisitState.STOPPED
    if visit.state != VisitState.PLANNED and not is_stopped:
        return _closed(request, visit)
    if request.method == "POST":
        services.stop_for_real(visit=visit, tester=tester, now=timezone.now())
        return redirect("visits:visit-real", visit.key)
    context = {"visit": visit, "is_stopped": is_stopped}
    return render(request, "visits/visit_real.html", context)


@require_http_methods(["GET", "POST"])
@for_testers
def visit_record(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    visit = _own(tester, key)
    if visit.state not in OPEN_FOR_TESTER_STATES:
        return _closed(request, visit)
    if not visit.brief_read_at:
        return redirect("visits:visit-detail", visit.key)
    items = list(visit.checklist_version.items.order_by("position", "pk"))
    form = RecordForm(request.POST or None, visit=visit, items=items)
    wish = request.POST.get("wish")
    context = {"visit": visit, "form": form}
    if form.is_valid() and wish == "send":
        return _send(request, visit, tester, form)
    if form.is_valid() and wish == "check":
        return render(request, "visits/visit_check.html", context)
    services.note_reads(visits=[visit], reader=tester)
    status = 422 if form.errors else 200
    return render(request, "visits/visit_record.html", context, status=status)


def _send(
    request: HttpRequest, visit: TestVisit, tester: User, form: RecordForm
) -> HttpResponse:
    try:
        services.submit_visit(
            visit=visit,
            tester=tester,
            visited_on=form.cleaned_data["visited_on"],
            seen=form.seen,
            now=timezone.now(),
        )
    except VisitError as refusal:
        form.add_error(None, str(refusal))
        context = {"visit": visit, "form": form}
        return render(request, "visits/visit_record.html", context, status=422)
    return redirect("visits:visit-receipt", visit.key)


@require_http_methods(["GET", "POST"])
@for_testers
def visit_not_done(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    visit = _own(tester, key)
    if visit.state not in OPEN_FOR_TESTER_STATES:
        return _closed(request, visit)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.record_not_completed(
            visit=visit, reason=form.cleaned_data["reason"], actor=tester
        )
        return redirect("visits:visit-list")
    context = {"visit": visit, "form": form}
    status = 422 if form.errors else 200
    return render(request, "visits/visit_not_done.html", context, status=status)


@require_GET
@for_testers
def visit_receipt(request: HttpRequest, tester: User, key: str) -> HttpResponse:
    sent = TestVisit.objects.assigned_to(tester).exclude(receipt="")
    visit = get_object_or_404(sent, key=key)
    return render(request, "visits/visit_receipt.html", {"visit": visit})


def _own(tester: User, key: str) -> TestVisit:
    near = TestVisit.objects.near_for_tester(tester, timezone.now())
    return get_object_or_404(
        near.select_related("premises", "scenario", "authorisation"), key=key
    )


def _closed(request: HttpRequest, visit: TestVisit) -> HttpResponse:
    """Answer for a visit that was sent (its receipt) or called off (a sentence)."""
    if visit.receipt:
        return redirect("visits:visit-receipt", visit.key)
    return render(request, "visits/visit_closed.html", {"visit": visit}, status=410)
