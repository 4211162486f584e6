"""Officers decide who takes part: own pages, so that nothing shows outside an area."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from partners.register import services
from partners.register.enums import JoinState
from partners.register.forms import ApproveForm, DeclineForm, JoinRequestFilter
from partners.register.models import JoinRequest, Premises
from partners.register.rules import duplicate_reasons
from partners.register.services import RegisterError
from partners.register.views.listing import Column, list_context
from partners.register.views.officers import for_officers

COLUMNS = (
    Column("name", _lazy("Premises"), ("premises_name",)),
    Column("kind", _lazy("Kind"), ("kind", "premises_name")),
    Column("area", _lazy("Area"), ("area__name", "premises_name")),
    Column("asked", _lazy("Asked"), ("asked_at",)),
    Column("state", _lazy("State"), ("state", "-asked_at")),
)


@require_GET
@for_officers
def request_list(request: HttpRequest, officer: User) -> HttpResponse:
    form = JoinRequestFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = JoinRequest.objects.visible_to(officer).select_related("area")
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if words := wanted.get("q"):
        found = found.filter(
            Q(premises_name__icontains=words)
            | Q(town__icontains=words)
            | Q(postcode__icontains=words)
        )
    context = {
        "page_title": _("Requests to join"),
        "header_icon": "mail",
        "form": form,
        **list_context(request, found, COLUMNS, default="-asked"),
    }
    return render(request, "register/request_list.html", context)


@require_GET
@for_officers
def request_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    wanted = _visible(officer, key)
    return _render_detail(request, officer, wanted)


@require_POST
@for_officers
def request_called(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    wanted = _visible(officer, key)
    try:
        services.note_call(request=wanted, officer=officer, now=timezone.now())
    except RegisterError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted. They now get a link to confirm."))
    return redirect("join-requests:detail", wanted.key)


@require_POST
@for_officers
def request_approve(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    wanted = _visible(officer, key)
    form = _approve_form(officer, wanted, request.POST)
    if not form.is_valid():
        return _render_detail(request, officer, wanted, approve_form=form)
    try:
        premises = services.approve_request(
            request=wanted,
            officer=officer,
            now=timezone.now(),
            organisation=form.cleaned_data["organisation"],
            premises=form.cleaned_data["premises"],
        )
    except RegisterError as refusal:
        form.add_error(None, str(refusal))
        return _render_detail(request, officer, wanted, approve_form=form)
    done = _("%(name)s takes part now. Its manager gets a message.")
    messages.success(request, done % {"name": premises.name})
    return redirect("officer-premises:detail", premises.key)


@require_POST
@for_officers
def request_decline(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    wanted = _visible(officer, key)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _render_detail(request, officer, wanted, decline_form=form)
    try:
        services.decline_request(
            request=wanted,
            officer=officer,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except RegisterError as refusal:
        form.add_error(None, str(refusal))
        return _render_detail(request, officer, wanted, decline_form=form)
    messages.success(request, _("Declined. The business gets a message."))
    return redirect("join-requests:list")


def _visible(officer: User, key: str) -> JoinRequest:
    visible = JoinRequest.objects.visible_to(officer)
    return get_object_or_404(
        visible.select_related("area", "decided_by", "called_by", "premises"), key=key
    )


def _approve_form(
    officer: User, wanted: JoinRequest, answers: QueryDict | None = None
) -> ApproveForm:
    known = Premises.objects.in_areas_of(officer)
    return ApproveForm(
        answers, duplicates=known.similar_to(wanted.place), premises=known
    )


def _render_detail(
    request: HttpRequest,
    officer: User,
    wanted: JoinRequest,
    *,
    approve_form: ApproveForm | None = None,
    decline_form: DeclineForm | None = None,
) -> HttpResponse:
    refused = approve_form or decline_form
    wanted.refresh_from_db(fields=["state"])
    approve_form = approve_form or _approve_form(officer, wanted)
    others = JoinRequest.objects.visible_to(officer).undecided()
    context = {
        "page_title": wanted.premises_name,
        "header_icon": "mail",
        "join_request": wanted,
        "duplicates": list(approve_form.duplicates.values()),
        "duplicate_lines": [
            (one, duplicate_reasons(wanted.place, one.place))
            for one in approve_form.duplicates.values()
        ],
        "similar_requests": others.similar_to(wanted),
        "is_waiting": wanted.state == JoinState.WAITING,
        "is_to_be_rung": wanted.state == JoinState.CALL_BACK,
        "approve_form": approve_form,
        "decline_form": decline_form or DeclineForm(),
    }
    return render(
        request,
        "register/request_detail.html",
        context,
        status=422 if refused else 200,
    )
