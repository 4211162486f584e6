"""What a tester does at the place beside recording: reads the brief, stops the test."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import officers_for
from core.audit import record
from outbox.services import queue_message
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit
from partners.visits.services.gates import VisitError, locked, require_move


@transaction.atomic
def sign_brief(*, visit: TestVisit, tester: User, now: datetime) -> None:
    """Keep that the tester has read the brief. A second time changes nothing.

    :raises VisitError: when the visit is not the tester's, or is not planned any more.
    """
    visit = locked(visit)
    _require_own(visit, tester)
    if visit.brief_read_at:
        return
    require_move(visit, VisitState.SUBMITTED)
    visit.brief_read_at = now
    visit.save(update_fields=["brief_read_at"])
    record(
        "visit.brief_read", visit, actor=tester, checklist=visit.checklist_version_id
    )


@transaction.atomic
def stop_for_real(*, visit: TestVisit, tester: User, now: datetime) -> None:
    """End the test because the worry is real; the officer in charge is told, once.

    What the worry is about is not asked and not kept: that is for 999 and 101.

    :raises VisitError: when the visit is not the tester's, or is over.
    """
    visit = locked(visit)
    _require_own(visit, tester)
    if visit.state == VisitState.STOPPED:
        return
    require_move(visit, VisitState.STOPPED)
    visit.state = VisitState.STOPPED
    visit.state_reason = ""
    visit.save(update_fields=["state", "state_reason"])
    record("visit.stopped", visit, actor=tester)
    address = reverse("visits_admin:detail", args=[visit.key])
    for officer in officers_for(visit.premises.area, first=visit.planned_by):
        queue_message(
            dedupe_key=f"visit-stopped:{visit.key}:user:{officer.pk}",
            template="visit_stopped",
            context={
                "name": officer.name,
                "address": settings.WAGTAILADMIN_BASE_URL + address,
            },
            recipient=officer,
            area=visit.premises.area,
            # That a test was made there is covert, also for readers of the outbox.
            is_secret=True,
            now=now,
        )


def _require_own(visit: TestVisit, tester: User) -> None:
    if visit.tester_id != tester.pk:
        raise VisitError(_("This visit was given to someone else."))
