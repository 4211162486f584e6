"""What a manager answers on the home: who has left, and which bulletins are read."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from partners.portal import services
from partners.portal.models import StillHere
from partners.portal.services import PortalError
from partners.portal.week import questions_of
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.views.managers import for_managers


@require_GET
@for_managers
def leavers(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    questions = questions_of(premises, today=timezone.localdate())
    context = {**portal_context(premises, current="people"), "questions": questions}
    return render(request, "portal/leavers.html", context)


@require_POST
@for_managers
def leaver(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    """Take one answer: left, or here still."""
    try:
        done = _answer(request, manager, premises)
    except (PortalError, RegisterError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    page = "portal:leavers" if "all" in request.POST else "portal:premises"
    return redirect(page, premises.key)


def _answer(request: HttpRequest, manager: User, premises: Premises) -> str:
    spell_id = request.POST.get("spell", "")
    answer = request.POST.get("answer", "")
    if not spell_id.isdecimal() or answer not in {"left", "here"}:
        raise PortalError(_("Choose one of the two answers."))
    service = services.say_left if answer == "left" else services.say_still_here
    said = service(
        premises=premises, spell_id=int(spell_id), actor=manager, now=timezone.now()
    )
    if isinstance(said, StillHere):
        return _("Good. %(name)s stays on your list.") % {
            "name": said.spell.staff_member
        }
    return _("%(name)s is marked as left, last day %(day)s.") % {
        "name": said.staff_member,
        "day": date_format(said.ended_on, "j F Y") if said.ended_on else "",
    }


@require_POST
@for_managers
def bulletin_read(
    request: HttpRequest, manager: User, premises: Premises
) -> HttpResponse:
    try:
        bulletin = UUID(request.POST.get("bulletin", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        services.note_bulletin_read(
            bulletin=bulletin, premises=premises, reader=manager, now=timezone.now()
        )
    except PortalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted: you have read it. Thank you."))
    return redirect("portal:premises", premises.key)
