"""How somebody who is at a session gets on its list: a code, and who one is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from core.shortcodes import fold
from partners.training import services, sessions
from partners.training.forms import SessionCodeForm, SessionSignInForm
from partners.training.models import SESSION_CODE_LENGTH, Attendance
from partners.training.services import TrainingError
from partners.training.sessions import Learner, learner_required


@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take the code of a session; only the button below puts anybody on a list.

    Opening the page says nothing about the code, so nobody can try codes that way.
    """
    now = timezone.now()
    learner = sessions.learner_of(request, now)
    kind = SessionSignInForm if learner is None else SessionCodeForm
    form: SessionCodeForm = kind(request.POST or None, initial=_given(code))
    if form.is_valid():
        try:
            learner = learner or _sign_in(request, form)
            attendance = services.sign_in_to_session(
                code=form.cleaned_data["code"],
                staff_member=learner.staff_member,
                premises=learner.premises,
                now=now,
            )
        except TrainingError as refusal:
            # Whoever is signed in by now need not type the slip again.
            if learner is not None and isinstance(form, SessionSignInForm):
                form = SessionCodeForm(request.POST)
            form.add_error(None, str(refusal))
        else:
            return redirect("training:here-done", attendance.session.key)
    context = {"form": form, "learner": learner, "code": code}
    status = 422 if form.is_bound else 200
    return render(request, "training/here.html", context, status=status)


@require_GET
@learner_required
def here_done(request: HttpRequest, learner: Learner, key: str) -> HttpResponse:
    """Tell somebody that they are on the list, and what comes of it."""
    standing = Attendance.objects.standing().select_related(
        "session__version__module", "session__premises", "completion"
    )
    attendance = get_object_or_404(
        standing, session__key=key, staff_member=learner.staff_member
    )
    context = {
        "learner": learner,
        "attendance": attendance,
        "session": attendance.session,
        "completion": getattr(attendance, "completion", None),
    }
    return render(request, "training/here_done.html", context)


@require_POST
def here_next(request: HttpRequest) -> HttpResponse:
    """Sign out and ask the next person, when one tablet goes round the room."""
    sessions.end(request)
    code = fold(request.POST.get("code", ""))[:SESSION_CODE_LENGTH]
    return redirect("training:here-code", code) if code else redirect("training:here")


def _given(code: str) -> dict[str, str]:
    return {"code": fold(code)[:SESSION_CODE_LENGTH]}


def _sign_in(request: HttpRequest, form: SessionCodeForm) -> Learner:
    """Sign somebody in by the slip, as on the first page of training."""
    now = timezone.now()
    names = ("staff_code", "personal_code", "pin")
    slip = services.sign_in(**{one: form.cleaned_data[one] for one in names}, now=now)
    sessions.begin(request, slip, now)
    return Learner(slip.staff_member, slip.premises)
