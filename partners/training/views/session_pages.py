"""Lists of sessions, planning one, and the page of one, on each side."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.views.listing import Column, list_context
from partners.register.views.managers import for_managers
from partners.register.views.officers import for_officers
from partners.training import services
from partners.training.forms import OfficerSessionForm, SessionFilter, SessionForm
from partners.training.models import TrainingSession
from partners.training.rendering import (
    facts_of,
    history_of,
    places_found,
    places_of,
    tone_of,
)
from partners.training.services import TrainingError
from partners.training.views.session_sides import SessionSide, on_both_sides

SESSIONS_PER_PAGE = 20
COLUMNS = (
    Column("day", _lazy("Day"), ("starts_at",)),
    Column("module", _lazy("Module"), ("version__module__title", "-starts_at")),
    Column("place", _lazy("Where")),
    Column("area", _lazy("Area"), ("area__name", "-starts_at")),
    Column("led_by", _lazy("Led by"), ("led_by", "-starts_at")),
    Column("present", _lazy("On the list"), ("present_count", "-starts_at")),
    Column("state", _lazy("State"), ("state", "-starts_at")),
)


@require_GET
@for_officers
def officer_list(request: HttpRequest, officer: User) -> HttpResponse:
    form = SessionFilter(request.GET, officer=officer, now=timezone.now())
    seen = TrainingSession.objects.visible_to(officer)
    rows = form.narrowed(seen).with_place().with_present_count()
    context = {
        "page_title": _("Sessions"),
        "header_icon": "group",
        "form": form,
        **list_context(request, rows, COLUMNS, default="-day"),
    }
    return render(request, "training/admin/session_list.html", context)


@require_http_methods(["GET", "POST"])
@for_officers
def officer_plan(request: HttpRequest, officer: User) -> HttpResponse:
    form = OfficerSessionForm(request.POST or None, officer=officer)
    if form.is_valid():
        try:
            session = services.plan_session(
                plan=form.plan, actor=officer, now=timezone.now()
            )
        except TrainingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is planned. Print its sheet."))
            return redirect("officer-sessions:detail", session.key)
    context = {
        "page_title": _("Plan a session"),
        "header_icon": "group",
        "form": form,
        "submit": _("Plan the session"),
    }
    status = 422 if form.errors else 200
    return render(request, "training/admin/session_form.html", context, status=status)


@require_GET
@for_managers
def portal_list(
    request: HttpRequest, manager: User, premises: Premises
) -> HttpResponse:
    """Show what is ahead for the people of one workplace, then what has been."""
    now = timezone.now()
    open_to_them = TrainingSession.objects.for_premises(premises).with_place()
    ahead = open_to_them.ahead(now).order_by("starts_at", "pk")
    past = (
        open_to_them.exclude(pk__in=ahead.values("pk"))
        .with_present_count(of=premises)
        .order_by("-starts_at", "-pk")
    )
    page = Paginator(past, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **portal_context(premises, current="people"),
        "ahead": [(one, tone_of(one)) for one in ahead],
        "past": [(one, tone_of(one)) for one in page.object_list],
        "page_obj": page,
    }
    return render(request, "training/portal/session_list.html", context)


@require_http_methods(["GET", "POST"])
@for_managers
def portal_plan(
    request: HttpRequest, manager: User, premises: Premises
) -> HttpResponse:
    form = SessionForm(request.POST or None)
    if form.is_valid():
        try:
            session = services.plan_session(
                plan=form.plan_at(premises), actor=manager, now=timezone.now()
            )
        except TrainingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is planned. Print its sheet."))
            return redirect("sessions:detail", premises.key, session.key)
    context = {
        **portal_context(premises, current="people"),
        "title": _("Plan a session"),
        "form": form,
        "submit": _("Plan the session"),
    }
    status = 422 if form.errors else 200
    return render(request, "training/portal/session_form.html", context, status=status)


@require_GET
def _detail(request: HttpRequest, side: SessionSide) -> HttpResponse:
    session, now = side.session, timezone.now()
    context: dict[str, Any] = {
        "title": session.version.module.title,
        "page_subtitle": session.get_state_display(),
        "facts": facts_of(session),
        "tone": tone_of(session),
        "is_its_day": timezone.localdate(now) >= session.day,
        "has_begun": now >= session.starts_at,
        "list_url": side.list_url,
        "places": places_of(session, only=side.premises),
    }
    if side.premises is None:
        words = request.GET.get("q", "").strip()
        context |= {
            "words": words,
            "found": places_found(session, side.actor, words) if words else [],
            "history": history_of(session),
        }
    return side.render(request, "detail", context, status=200)


portal_detail, officer_detail = on_both_sides(_detail)
