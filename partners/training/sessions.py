"""Who is learning in this browser: beside, and apart from, any account signed in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import speak
from partners.register.models import Premises, StaffMember
from partners.training.models import PersonalLink, Slip

KEY = "learner"
# What somebody chose who is not signed in yet.
LANGUAGE = "learner_language"
IDLE_LIMIT = timedelta(minutes=30)
# The time of the last page is written this often only: each writing is a query.
NOTED_EVERY = timedelta(minutes=1)

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]
type LearnerView[**P] = Callable[Concatenate[HttpRequest, Learner, P], HttpResponse]


class Learner(NamedTuple):
    staff_member: StaffMember
    premises: Premises

    @property
    def language(self) -> str:
        return self.staff_member.language


def begin(request: HttpRequest, door: Slip | PersonalLink, now: datetime) -> None:
    """Sign a person in to learn; whoever is signed in with an account stays so."""
    request.session.cycle_key()
    kind = "link" if isinstance(door, PersonalLink) else "slip"
    request.session[KEY] = {kind: door.pk, "seen": now.isoformat()}


def end(request: HttpRequest) -> None:
    """Sign the learner out, and leave nothing behind unless an account is in use."""
    request.session.pop(KEY, None)
    request.session.pop(LANGUAGE, None)
    if request.session.is_empty():
        request.session.flush()


def note_language(request: HttpRequest, language: str) -> None:
    """Keep what somebody chose before signing in."""
    request.session[LANGUAGE] = language


def chosen_language(request: HttpRequest) -> str:
    """Return what was chosen before signing in, if anything was."""
    return str(request.session.get(LANGUAGE, ""))


def learner_of(request: HttpRequest, now: datetime) -> Learner | None:
    """Return who is learning; half an hour of rest signs out.

    So does a new slip, or a manager who ends a link; a newer link does not, because
    reminders bring one while people learn.
    """
    entry: dict[str, Any] | None = request.session.get(KEY)
    if entry is None:
        return None
    rest = now - datetime.fromisoformat(entry["seen"])
    door = _door(entry)
    if door is None or rest > IDLE_LIMIT:
        end(request)
        return None
    if rest > NOTED_EVERY:
        request.session[KEY] = {**entry, "seen": now.isoformat()}
    return Learner(door.staff_member, door.premises)


def _cleared_in_time(response: HttpResponse) -> HttpResponse:
    """Let the browser leave the page when the learner is signed out, without script.

    A tablet that somebody put down must not go on showing whose page this is.
    """
    after = IDLE_LIMIT + timedelta(seconds=5)
    home = reverse("training:modules")
    response.headers["Refresh"] = f"{after.total_seconds():.0f}; url={home}"
    return response


def _door(entry: dict[str, Any]) -> Slip | PersonalLink | None:
    if "link" in entry:
        links = PersonalLink.objects.not_ended().with_person()
        return links.filter(pk=entry["link"]).first()
    return Slip.objects.current().with_person().filter(pk=entry["slip"]).first()


def learner_required[**P](view: LearnerView[P]) -> View[P]:
    """Give the view its learner, or ask for the slip again."""

    @wraps(view)
    def wrapper(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        was_here = KEY in request.session
        learner = learner_of(request, timezone.now())
        if learner is not None:
            speak(request, learner.language)
            return _cleared_in_time(view(request, learner, *args, **kwargs))
        if was_here:
            text = _("You were signed out after a while. All you have done is kept.")
            messages.info(request, text)
        return redirect("training:sign-in")

    return wrapper
