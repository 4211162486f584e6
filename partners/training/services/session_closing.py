from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.training.enums import SessionState
from partners.training.models import Attendance, TrainingSession
from partners.training.services.completions import complete_attendance
from partners.training.services.refusals import TrainingError
from partners.training.services.session_planning import locked_session, require_move


@transaction.atomic
def close_session(*, session: TrainingSession, actor: User, now: datetime) -> int:
    """Close a session: everybody on its list has completed the module, from its day.

    All in one transaction, so it is closed with every completion or still open with
    none. Returns how many people that are; a session that is closed already is left as
    it is. Sends `completion_recorded` for each.

    :raises TrainingError: before it begins, when it is not open, or nobody was there.
    """
    session = locked_session(session, actor)
    if session.state == SessionState.CLOSED:
        return 0
    require_move(session, SessionState.CLOSED)
    if now < session.starts_at:
        raise TrainingError(_("The session has not begun yet."))
    present = list(
        Attendance.objects.standing()
        .filter(session=session)
        .select_related("staff_member__organisation")
        .order_by("pk")
    )
    if not present:
        raise TrainingError(
            _("Nobody is on the list yet. Tick who was there, or cancel the session.")
        )
    for attendance in present:
        attendance.session = session
        complete_attendance(attendance=attendance, now=now)
    session.state = SessionState.CLOSED
    session.closed_at = now
    session.save(update_fields=["state", "closed_at"])
    record("session.closed", session, actor=actor, completions=len(present))
    return len(present)
