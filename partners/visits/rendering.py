from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import AuditEvent
from partners.visits.models import TestVisit

STEPS = {
    "visit.planned": _("Planned"),
    "visit.rescheduled": _("Moved to another day"),
    "visit.reassigned": _("Given to another tester"),
    "visit.cancelled": _("Cancelled"),
    "visit.not_completed": _("Recorded as not completed"),
    "visit.submitted": _("Sent in by the tester"),
    "visit.brief_read": _("Brief read by the tester"),
    "visit.stopped": _("Stopped by the tester: the worry was real"),
    "visit.checked": _("Checked by a second officer"),
    "visit.returned": _("Given back to the tester"),
    "visit.released": _("Released to the premises"),
    "challenge.raised": _("Challenged by a manager"),
    "challenge.upheld": _("Challenge upheld: the result counts no more"),
    "challenge.declined": _("Challenge not upheld: the result stands"),
}


def history_of(visit: TestVisit) -> list[dict[str, Any]]:
    """Return the steps in the life of a visit; reads are in the audit trail only."""
    events = (
        AuditEvent.objects.about(visit)
        .filter(verb__in=STEPS)
        .select_related("actor")
        .order_by("at", "pk")
    )
    return [
        {"at": event.at, "step": STEPS[event.verb], "actor": event.actor}
        for event in events
    ]
