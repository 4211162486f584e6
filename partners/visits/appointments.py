"""A tester's visits as a calendar reads them: “Appointment”, its time, nothing else.

The file lies on phones and with whoever keeps their calendars. Place and scenario are
not in it, and nothing in it can be traced to a visit.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

# A visit takes less: nobody is kept from anything by an hour.
LENGTH = timedelta(hours=1)


class Appointment(NamedTuple):
    visit_id: int
    day: date
    hour: time


def appointments_ics(
    appointments: Iterable[Appointment], *, tester_id: int, now: datetime
) -> bytes:
    """Return an iCalendar file (RFC 5545), its times in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment in appointments:
        start = timezone.make_aware(
            datetime.combine(appointment.day, appointment.hour)
        ).astimezone(UTC)
        event = Event()
        event.add("uid", _opaque(appointment.visit_id, tester_id))
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", start)
        event.add("dtend", start + LENGTH)
        event.add("summary", _("Appointment"))
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _opaque(visit_id: int, tester_id: int) -> str:
    """Return what stays the same when an appointment moves, and tells nothing."""
    value = f"{visit_id}:{tester_id}"
    return salted_hmac(
        "partners.visits.appointment", value, algorithm="sha256"
    ).hexdigest()
