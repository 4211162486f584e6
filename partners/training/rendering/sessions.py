"""What pages show of a face-to-face session."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import User
from core.models import Area, AuditEvent
from partners.register.models import Premises
from partners.training.enums import AttendanceBy, SessionState
from partners.training.models import Attendance, TrainingSession

TONES = {
    SessionState.PLANNED: "none",
    SessionState.OPEN: "warn",
    SessionState.CLOSED: "good",
    SessionState.CANCELLED: "none",
}
STEPS = {
    "session.planned": _lazy("Planned"),
    "session.changed": _lazy("Changed"),
    "session.opened": _lazy("Opened"),
    "session.code_renewed": _lazy("A new code drawn"),
    "session.closed": _lazy("Closed"),
    "session.cancelled": _lazy("Cancelled"),
}
# As many as one looks through; whoever finds more types another word.
FOUND_SHOWN = 20


class PlaceThere(NamedTuple):
    """How many people of one workplace are on the list."""

    name: str
    key: str
    number: int
    by_code: int


def tone_of(session: TrainingSession) -> str:
    return TONES[SessionState(session.state)]


def hours_of(session: TrainingSession) -> str:
    starts, ends = map(timezone.localtime, (session.starts_at, session.ends_at))
    return _("%(starts)s to %(ends)s") % {
        "starts": time_format(starts, "H:i"),
        "ends": time_format(ends, "H:i"),
    }


def facts_of(session: TrainingSession) -> list[dict[str, str]]:
    """Return what was decided about a session, line by line."""
    address = f", {session.premises.address}" if session.premises else ""
    rows = [
        (_("When"), f"{date_format(session.day, 'l j F Y')}, {hours_of(session)}"),
        (_("Where"), session.where + address),
        (_("Led by"), session.led_by),
        (_("For whom"), _for_whom(session)),
        (_("Language"), dict(settings.LANGUAGES)[session.language]),
        (_("Room for"), _room(session)),
        (_("Version taught"), str(session.version.number)),
    ]
    if session.state == SessionState.CANCELLED:
        rows.append((_("Why it was cancelled"), session.state_reason))
    return [{"key": key, "value": value} for key, value in rows]


def _for_whom(session: TrainingSession) -> str:
    if session.is_for_area:
        return _("Everybody who works in %(area)s") % {"area": session.area}
    return _("People who work at %(premises)s") % {"premises": session.premises}


def _room(session: TrainingSession) -> str:
    if session.capacity is None:
        return _("Not said")
    words = ngettext("%(number)s person", "%(number)s people", session.capacity)
    return words % {"number": session.capacity}


def places_of(
    session: TrainingSession, *, only: Premises | None = None
) -> list[PlaceThere]:
    """Count who was there, by workplace, or of one workplace. One query."""
    there = Attendance.objects.standing().filter(session=session)
    if only is not None:
        there = there.filter(spell__premises=only)
    rows = (
        there.values("spell__premises__name", "spell__premises__key")
        .annotate(
            number=Count("pk"), by_code=Count("pk", filter=Q(by=AttendanceBy.CODE))
        )
        .order_by("spell__premises__name", "spell__premises__key")
    )
    return [
        PlaceThere(
            row["spell__premises__name"],
            row["spell__premises__key"],
            row["number"],
            row["by_code"],
        )
        for row in rows
    ]


def places_found(session: TrainingSession, officer: User, words: str) -> list[Premises]:
    """Find workplaces whose people may come, by name, organisation or postcode."""
    found = Premises.objects.in_areas_of(officer).active().matching(words)
    if session.is_for_area:
        found = found.filter(area__in=Area.objects.within([session.area]))
    else:
        found = found.filter(pk=session.premises_id or 0)
    return list(
        found.select_related("organisation").order_by("name", "pk")[:FOUND_SHOWN]
    )


def history_of(session: TrainingSession) -> list[dict[str, Any]]:
    """Return the steps in the life of a session; who read its list is in the trail."""
    events = (
        AuditEvent.objects.about(session)
        .filter(verb__in=STEPS)
        .select_related("actor")
        .order_by("at", "pk")
    )
    return [
        {"at": event.at, "step": STEPS[event.verb], "actor": event.actor}
        for event in events
    ]
