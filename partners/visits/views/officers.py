"""Test visits in the Wagtail admin: own views, so that no log or search knows them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from core.panels import panels_for
from partners.register.enums import Shift
from partners.visits import services
from partners.visits.forms import (
    FilterForm,
    PlanForm,
    QuestionForm,
    ReasonForm,
    ReassignForm,
    RescheduleForm,
)
from partners.visits.models import Challenge, Observation, TestVisit
from partners.visits.rendering import history_of
from partners.visits.services import VisitError
from partners.visits.views.guards import for_officers
from partners.visits.views.pages import HEADER, form_page

PER_PAGE = 25


@require_GET
@for_officers
def visit_list(request: HttpRequest, officer: User) -> HttpResponse:
    filters = FilterForm(request.GET)
    visits = (
        TestVisit.objects.visible_to(officer)
        .select_related("premises", "scenario", "tester")
        .order_by("-planned_on", "-pk")
    )
    if filters.is_valid() and filters.cleaned_data["state"]:
        visits = visits.filter(state=filters.cleaned_data["state"])
    page = Paginator(visits, PER_PAGE).get_page(request.GET.get("page"))
    services.note_reads(visits=page.object_list, reader=officer)
    context = {"page_title": _("Test visits"), "page": page, "filters": filters}
    return render(request, "visits/admin/visit_list.html", context | HEADER)


@require_http_methods(["GET", "POST"])
@for_officers
def visit_plan(request: HttpRequest, officer: User) -> HttpResponse:
    gap_visit = _gap_visit(officer, request.GET.get("retest_of", ""))
    form = PlanForm(
        request.POST or None,
        officer=officer,
        today=timezone.localdate(),
        initial={
            "premises": gap_visit.premises.key
            if gap_visit
            else request.GET.get("premises")
        },
    )
    if form.is_valid():
        try:
            visit = services.plan_visit(
                premises=form.cleaned_data["premises"],
                plan=form.plan,
                actor=officer,
                today=timezone.localdate(),
                retest_of=gap_visit,
            )
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The visit is planned."))
            return redirect("visits_admin:detail", visit.key)
    title = _("Plan a retest") if gap_visit else _("Plan a visit")
    return form_page(request, form, title=title, button=title)


def _gap_visit(officer: User, key: str) -> TestVisit | None:
    if not key:
        return None
    released = TestVisit.objects.visible_to(officer).released()
    return get_object_or_404(released.select_related("premises"), key=key)


@require_GET
@for_officers
def visit_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visit = _visible(officer, key)
    services.note_reads(visits=[visit], reader=officer)
    context = {
        "page_title": visit.premises.name,
        "page_subtitle": visit.get_state_display(),
        "visit": visit,
        "observations": Observation.objects.of_visit(visit),
        "history": history_of(visit),
        "challenge": Challenge.objects.filter(visit=visit).first(),
        "may_check": services.is_second_officer(officer, visit),
        "panels": panels_for("visits.detail", request, visit),
    }
    return render(request, "visits/admin/visit_detail.html", context | HEADER)


@require_POST
@for_officers
def visit_release(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visit = _visible(officer, key)
    try:
        services.release_visit(visit=visit, actor=officer, now=timezone.now())
    except VisitError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Released. The managers are told."))
    return redirect("visits_admin:detail", key)


@require_POST
@for_officers
def visit_check(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visit = _visible(officer, key)
    try:
        services.check_visit(visit=visit, actor=officer, now=timezone.now())
    except VisitError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Checked. It may be released now."))
    return redirect("visits_admin:detail", key)


@require_http_methods(["GET", "POST"])
@for_officers
def visit_change(
    request: HttpRequest, officer: User, key: str, change: str
) -> HttpResponse:
    visit = _visible(officer, key)
    form, title = _change_form(request, officer, visit, change)
    if form.is_valid():
        try:
            _make_change(change, visit, form.cleaned_data, officer)
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. The history keeps what was before."))
            return redirect("visits_admin:detail", key)
    services.note_reads(visits=[visit], reader=officer)
    return form_page(request, form, title=title, button=title)


def _change_form(
    request: HttpRequest, officer: User, visit: TestVisit, change: str
) -> tuple[Form, str]:
    sent = request.POST or None
    match change:
        case "reschedule":
            now = {
                "planned_on": visit.planned_on,
                "planned_time": visit.planned_time,
                "shift": visit.shift,
            }
            return RescheduleForm(sent, initial=now), _("Move to another day")
        case "reassign":
            return ReassignForm(sent, officer=officer), _("Give to another tester")
        case "cancel":
            return ReasonForm(sent), _("Cancel the visit")
        case "not-completed":
            return ReasonForm(sent), _("Record as not completed")
        case "return":
            return QuestionForm(sent), _("Give back to the tester")
    raise Http404


def _make_change(
    change: str, visit: TestVisit, wanted: dict[str, Any], officer: User
) -> None:
    reason = wanted["reason"]
    match change:
        case "reschedule":
            services.reschedule_visit(
                visit=visit,
                planned_on=wanted["planned_on"],
                planned_time=wanted["planned_time"],
                shift=Shift(wanted["shift"]),
                reason=reason,
                actor=officer,
                today=timezone.localdate(),
            )
        case "reassign":
            services.reassign_visit(
                visit=visit, tester=wanted["tester"], reason=reason, actor=officer
            )
        case "cancel":
            services.cancel_visit(visit=visit, reason=reason, actor=officer)
        case "not-completed":
            services.record_not_completed(visit=visit, reason=reason, actor=officer)
        case "return":
            services.return_visit(visit=visit, reason=reason, actor=officer)


def _visible(officer: User, key: str) -> TestVisit:
    visits = TestVisit.objects.visible_to(officer).select_related(
        "premises__area",
        "scenario",
        "tester",
        "planned_by",
        "checked_by",
        "checklist_version",
        "authorisation",
    )
    return get_object_or_404(visits, key=key)
