"""The list of who was at a session, by workplace, on both sides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from partners.register.models import Premises
from partners.training import services
from partners.training.enums import SessionState
from partners.training.forms import PeopleForm
from partners.training.models import Attendance
from partners.training.services import Marked, TrainingError
from partners.training.views.session_sides import SessionSide, on_both_sides


@require_http_methods(["GET", "POST"])
def _people(
    request: HttpRequest, side: SessionSide, premises_key: str = ""
) -> HttpResponse:
    premises = _place(side, premises_key)
    if not services.user_can_mark_people(side.actor, side.session, premises):
        raise Http404
    form = _form(request, side, premises)
    if form.is_valid():
        try:
            marked = services.mark_people(
                session=side.session,
                premises=premises,
                came=form.came,
                not_there=form.not_there,
                actor=side.actor,
                now=timezone.now(),
                note=form.cleaned_data.get("note", ""),
            )
        except TrainingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(marked, side))
            return redirect(request.path)
    if side.premises is None:
        services.note_list_read(
            session=side.session, premises=premises, reader=side.actor
        )
    context = {
        "title": premises.name,
        "premises": premises,
        "form": form,
        "corrections": _corrections(side, premises),
        "back_url": side.address("detail"),
        "late_days": services.LATE_DAYS,
    }
    return side.render(request, "people", context, 422 if form.errors else 200)


def _place(side: SessionSide, key: str) -> Premises:
    """Return the manager's own premises, or one of the officer's that may come."""
    if side.premises is not None:
        return side.premises
    seen = Premises.objects.in_areas_of(side.actor)
    return get_object_or_404(seen.select_related("organisation", "area"), key=key)


def _form(request: HttpRequest, side: SessionSide, premises: Premises) -> PeopleForm:
    session = side.session
    if session.state not in {SessionState.OPEN, SessionState.CLOSED}:
        raise Http404
    there = (
        Attendance.objects.standing()
        .filter(session=session, spell__premises=premises)
        .select_related("spell__staff_member")
    )
    present = {row.staff_member_id: row for row in there.order_by("pk")}
    people = services.people_of_session(session, premises)
    # Whoever was ticked stays on the list, also when the post was corrected since.
    people |= {key: row.spell for key, row in present.items() if key not in people}
    return PeopleForm(
        request.POST or None,
        people=people,
        present=present,
        is_closed=session.state == SessionState.CLOSED,
    )


def _corrections(side: SessionSide, premises: Premises) -> list[dict[str, Any]]:
    rows = Attendance.objects.corrections().filter(
        session=side.session, spell__premises=premises
    )
    found = rows.select_related(
        "staff_member", "recorded_by", "withdrawal", "completion"
    )
    return [
        {
            "row": row,
            "is_withdrawn": hasattr(row, "withdrawal"),
            "is_completed": hasattr(row, "completion"),
        }
        for row in found.order_by("pk")
    ]


def _told(marked: Marked, side: SessionSide) -> str:
    """Say what was done, and what became of the completions."""
    is_closed = side.session.state == SessionState.CLOSED
    if marked == (0, 0):
        return _("Nothing was changed.")
    parts = []
    if marked.added:
        parts.append(
            ngettext(
                "%(number)s person added.", "%(number)s people added.", marked.added
            )
            % {"number": marked.added}
        )
        if is_closed:
            parts.append(_("They have completed the module, from the day it was held."))
    if marked.taken_back:
        parts.append(
            ngettext(
                "%(number)s person taken off the list.",
                "%(number)s people taken off the list.",
                marked.taken_back,
            )
            % {"number": marked.taken_back}
        )
        if is_closed:
            parts.append(_("Their certificate for it no longer counts."))
    return " ".join(parts)


people, officer_people = on_both_sides(_people)
