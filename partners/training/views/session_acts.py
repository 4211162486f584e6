"""What is done about one session, on both sides."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from partners.training import services
from partners.training.forms import (
    CancelSessionForm,
    OfficerSessionForm,
    SessionForm,
)
from partners.training.services import SessionPlan, TrainingError
from partners.training.views.session_sides import (
    SessionSide,
    for_those_who_run_it,
    on_both_sides,
)


@require_http_methods(["GET", "POST"])
@for_those_who_run_it
def _change(request: HttpRequest, side: SessionSide) -> HttpResponse:
    form = _plan_form(request, side)
    return _form_page(
        request,
        side,
        form,
        title=_("Change the session"),
        submit=_("Save"),
        act=lambda: services.change_session(
            session=side.session,
            plan=_plan_of(form, side),
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("Saved. The code stays the same."),
    )


@require_http_methods(["GET", "POST"])
@for_those_who_run_it
def _cancel(request: HttpRequest, side: SessionSide) -> HttpResponse:
    form = CancelSessionForm(request.POST or None)
    return _form_page(
        request,
        side,
        form,
        title=_("Cancel the session"),
        submit=_("Cancel the session"),
        is_grave=True,
        act=lambda: services.cancel_session(
            session=side.session,
            reason=form.cleaned_data["reason"],
            actor=side.actor,
        ),
        done=_("Cancelled. It stays in the list, with the reason."),
    )


@require_POST
@for_those_who_run_it
def _open(request: HttpRequest, side: SessionSide) -> HttpResponse:
    return _act(
        request,
        side,
        lambda: services.open_session(
            session=side.session, actor=side.actor, now=timezone.now()
        ),
        _("Open. Whoever is there can enter the code now."),
    )


@require_POST
@for_those_who_run_it
def _close(request: HttpRequest, side: SessionSide) -> HttpResponse:
    try:
        number = services.close_session(
            session=side.session, actor=side.actor, now=timezone.now()
        )
    except TrainingError as refusal:
        messages.error(request, str(refusal))
        return side.home()
    told = ngettext(
        "Closed. %(number)s person has completed the module.",
        "Closed. %(number)s people have completed the module.",
        number,
    )
    messages.success(request, told % {"number": number})
    return side.home()


@require_POST
@for_those_who_run_it
def _new_code(request: HttpRequest, side: SessionSide) -> HttpResponse:
    return _act(
        request,
        side,
        lambda: services.renew_session_code(session=side.session, actor=side.actor),
        _("There is a new code. Sheets with the one before no longer work."),
    )


def _plan_form(request: HttpRequest, side: SessionSide) -> SessionForm:
    sent = request.POST or None
    if side.premises is None:
        return OfficerSessionForm(sent, officer=side.actor, session=side.session)
    return SessionForm(sent, session=side.session)


def _plan_of(form: SessionForm, side: SessionSide) -> SessionPlan:
    if isinstance(form, OfficerSessionForm):
        return form.plan
    assert side.premises is not None  # noqa: S101 -- a form without is the portal's
    return form.plan_at(side.premises)


def _act(
    request: HttpRequest, side: SessionSide, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except TrainingError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return side.home()


def _form_page(
    request: HttpRequest,
    side: SessionSide,
    form: Form,
    *,
    title: str,
    submit: str,
    act: Callable[[], object],
    done: str,
    is_grave: bool = False,
) -> HttpResponse:
    """Show a form; when it is sent and right, act once, say so and go home."""
    if form.is_valid():
        try:
            act()
        except TrainingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return side.home()
    page = {
        "title": title,
        "form": form,
        "submit": submit,
        "is_grave": is_grave,
        "back_url": side.address("detail"),
    }
    return side.render(request, "form", page, status=422 if form.errors else 200)


change, officer_change = on_both_sides(_change)
cancel, officer_cancel = on_both_sides(_cancel)
open_it, officer_open_it = on_both_sides(_open)
close, officer_close = on_both_sides(_close)
new_code, officer_new_code = on_both_sides(_new_code)
