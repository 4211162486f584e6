"""Plan a face-to-face session, change it, open it, call it off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from campaigns.learning.models import Module, ModuleVersion
from core.audit import record
from core.models import Area
from partners.register.enums import PremisesState
from partners.register.models import Premises
from partners.training.enums import SESSION_TRANSITIONS, SessionState
from partners.training.models import TrainingSession, new_session_code
from partners.training.services.refusals import SessionMovedOnError, TrainingError

# What was held so long ago may still be entered, and people still be added to it.
LATE_DAYS = 14


@dataclass(frozen=True)
class SessionPlan:
    """What is decided about a session before it is held."""

    module: Module
    area: Area
    is_for_area: bool
    premises: Premises | None
    place: str
    starts_at: datetime
    ends_at: datetime
    led_by: str
    language: str
    capacity: int | None = None

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)


def user_can_run_session(user: User, session: TrainingSession) -> bool:
    """Say whether somebody may plan, open and close it, and correct its list.

    Officers of its area may; managers, when it is for their own people alone.
    """
    if is_officer(user) and areas_of(user).filter(pk=session.area_id).exists():
        return True
    managed = Premises.objects.managed_by(user)
    if session.is_for_area or session.premises is None:
        return False
    return managed.contains(session.premises)


@transaction.atomic
def plan_session(*, plan: SessionPlan, actor: User, now: datetime) -> TrainingSession:
    """Plan a session on the newest version of a module.

    :raises TrainingError: when something about the plan does not hold.
    """
    session = TrainingSession(planned_by=actor, code=_unused_code())
    _write(session, plan, actor, now)
    session.save()
    record("session.planned", session, actor=actor, day=plan.day.isoformat())
    return session


@transaction.atomic
def change_session(
    *, session: TrainingSession, plan: SessionPlan, actor: User, now: datetime
) -> None:
    """Change what was planned, until the session opens. Its code stays the same.

    :raises TrainingError: when it has opened, or the new plan does not hold.
    """
    session = locked_session(session, actor)
    if session.state != SessionState.PLANNED:
        raise SessionMovedOnError
    was = session.day
    _write(session, plan, actor, now)
    session.save()
    record(
        "session.changed",
        session,
        actor=actor,
        was=was.isoformat(),
        day=plan.day.isoformat(),
    )


@transaction.atomic
def cancel_session(*, session: TrainingSession, reason: str, actor: User) -> None:
    """Call a session off. Who was on its list already gets nothing for it.

    :raises TrainingError: when it is closed, or no reason is given.
    """
    session = locked_session(session, actor)
    require_move(session, SessionState.CANCELLED)
    if not reason.strip():
        raise TrainingError(_("Give the reason in a few words."))
    session.state = SessionState.CANCELLED
    session.state_reason = reason.strip()
    session.save(update_fields=["state", "state_reason"])
    record("session.cancelled", session, actor=actor)


@transaction.atomic
def open_session(*, session: TrainingSession, actor: User, now: datetime) -> None:
    """Let people sign in: from now on, and for the rest of its day, the code works.

    What is taught is the module as it is today, so the newest version counts.

    :raises TrainingError: before its day, or when it was called off.
    """
    session = locked_session(session, actor)
    if session.state == SessionState.OPEN:
        return
    require_move(session, SessionState.OPEN)
    if timezone.localdate(now) < session.day:
        raise TrainingError(_("A session opens on its own day, not before."))
    session.version = _newest(session.version.module)
    session.state = SessionState.OPEN
    session.opened_at = now
    session.save(update_fields=["version", "state", "opened_at"])
    record("session.opened", session, actor=actor, version=session.version_id)


@transaction.atomic
def renew_session_code(*, session: TrainingSession, actor: User) -> None:
    """Draw another code, when the one before went further than the room.

    :raises TrainingError: when the session is over.
    """
    session = locked_session(session, actor)
    if session.is_over:
        raise SessionMovedOnError
    session.code = _unused_code()
    session.save(update_fields=["code"])
    record("session.code_renewed", session, actor=actor)


def locked_session(session: TrainingSession, actor: User) -> TrainingSession:
    """Return the session as it is now, for this transaction alone.

    :raises TrainingError: when the session is no business of the actor.
    """
    locked = (
        TrainingSession.objects.select_for_update(of=("self",))
        .select_related("version__module", "premises", "area")
        .get(pk=session.pk)
    )
    if not user_can_run_session(actor, locked):
        raise TrainingError(_("This session is run by others."))
    return locked


def require_move(session: TrainingSession, state: SessionState) -> None:
    if state not in SESSION_TRANSITIONS[SessionState(session.state)]:
        raise SessionMovedOnError


def _write(
    session: TrainingSession, plan: SessionPlan, actor: User, now: datetime
) -> None:
    """Put the plan into the row, once nothing speaks against it."""
    session.area = plan.area
    session.is_for_area = plan.is_for_area
    session.premises = plan.premises
    session.place = "" if plan.premises else plan.place.strip()
    session.starts_at = plan.starts_at
    session.ends_at = plan.ends_at
    session.led_by = plan.led_by.strip()
    session.language = plan.language
    session.capacity = plan.capacity
    for refusal in _refusals(session, actor, today=timezone.localdate(now)):
        raise TrainingError(refusal)
    session.version = _newest(plan.module)


def _refusals(session: TrainingSession, actor: User, *, today: date) -> Iterator[str]:
    if not user_can_run_session(actor, session):
        yield _("You can plan sessions for your own premises and areas only.")
    yield from _place_refusals(session)
    if not session.led_by:
        yield _("Say who leads the session.")
    yield from _time_refusals(session, today)


def _place_refusals(session: TrainingSession) -> Iterator[str]:
    premises = session.premises
    if premises is None:
        if not session.place:
            yield _("Say where the session is held.")
        if not session.is_for_area:
            yield _("Choose the premises whose people it is for.")
        return
    if premises.state != PremisesState.ACTIVE:
        yield _("These premises no longer take part.")
    if session.area_id not in {premises.area_id, premises.area.parent_id}:
        yield _("These premises lie in another area.")


def _time_refusals(session: TrainingSession, today: date) -> Iterator[str]:
    if session.ends_at <= session.starts_at:
        yield _("A session ends after it begins.")
    if timezone.localdate(session.ends_at) != session.day:
        yield _("A session begins and ends on one day.")
    if session.day < today - timedelta(days=LATE_DAYS):
        yield _("This day is more than %(days)s days ago.") % {"days": LATE_DAYS}


def _newest(module: Module) -> ModuleVersion:
    version = ModuleVersion.objects.current(module, settings.LANGUAGE_CODE)
    if version is None:
        raise TrainingError(_("This module is not ready yet."))
    return version


def _unused_code() -> str:
    code = new_session_code()
    while TrainingSession.objects.filter(code=code).exists():
        code = new_session_code()
    return code
