"""Who was at a session: signed in by its code, or ticked on a list."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.shortcodes import fold, is_well_formed
from partners.register.models import Premises, Spell, StaffMember
from partners.training.enums import AttendanceBy, SessionState
from partners.training.models import (
    SESSION_CODE_LENGTH,
    Attendance,
    Completion,
    SessionCodeTries,
    TrainingSession,
)
from partners.training.services.completions import (
    complete_attendance,
    withdraw_completion,
)
from partners.training.services.refusals import (
    SessionCodesLockedError,
    SessionCodeWrongError,
    SessionFullError,
    SessionMovedOnError,
    SessionNotForYouError,
    TrainingError,
)
from partners.training.services.session_planning import (
    LATE_DAYS,
    user_can_run_session,
)

MAX_WRONG_CODES = 5
LOCKED_FOR = timedelta(minutes=30)


class Marked(NamedTuple):
    """How many people a list was changed by."""

    added: int
    taken_back: int


def user_can_mark_people(
    user: User, session: TrainingSession, premises: Premises
) -> bool:
    """Say whether somebody may tick who was there of the people of these premises.

    Who runs the session may, also once it is closed. While it is open, so may the
    managers of everybody whom it is for, of their own people.
    """
    if not session.is_for(premises):
        return False
    if user_can_run_session(user, session):
        return True
    managed = Premises.objects.managed_by(user)
    return session.state == SessionState.OPEN and managed.contains(premises)


def sign_in_to_session(
    *, code: str, staff_member: StaffMember, premises: Premises, now: datetime
) -> Attendance:
    """Put a person on the list of the session that a code belongs to.

    Twice is once. The count of wrong codes is kept although the person is refused, so
    the refusal is raised after the transaction.

    :raises TrainingError: with one of the classes of sessions in `refusals`.
    """
    attendance, refusal = _judge(fold(code), staff_member, premises, now)
    if attendance is None:
        raise refusal or SessionCodeWrongError()
    return attendance


@transaction.atomic
def _judge(
    code: str, person: StaffMember, premises: Premises, now: datetime
) -> tuple[Attendance | None, TrainingError | None]:
    tries = _tries_of(person)
    if tries.locked_until and now < tries.locked_until:
        return None, SessionCodesLockedError()
    session = _session_of(code, now)
    if session is None:
        return None, _count_wrong_code(tries, code, now)
    if tries.wrong:
        tries.wrong = 0
        tries.save(update_fields=["wrong"])
    spell = _spell_of(session, person, premises)
    if spell is None:
        return None, SessionNotForYouError()
    standing = Attendance.objects.standing().filter(session=session)
    known = standing.filter(staff_member=person).first()
    if known is None and session.capacity and standing.count() >= session.capacity:
        return None, SessionFullError()
    return known or _come(session, spell, AttendanceBy.CODE, now), None


def _tries_of(person: StaffMember) -> SessionCodeTries:
    SessionCodeTries.objects.get_or_create(staff_member=person)
    return SessionCodeTries.objects.select_for_update().get(staff_member=person)


def _session_of(code: str, now: datetime) -> TrainingSession | None:
    if not is_well_formed(code, length=SESSION_CODE_LENGTH):
        return None
    found = (
        TrainingSession.objects.select_for_update(of=("self",))
        .with_place()
        .filter(code=code)
        .first()
    )
    is_open = found is not None and found.takes_codes_on(timezone.localdate(now))
    return found if is_open else None


def _count_wrong_code(
    tries: SessionCodeTries, code: str, now: datetime
) -> TrainingError:
    """Count it, unless the check character tells a slip of the finger from a guess."""
    if not is_well_formed(code, length=SESSION_CODE_LENGTH):
        return SessionCodeWrongError()
    tries.wrong += 1
    is_locked = tries.wrong >= MAX_WRONG_CODES
    if is_locked:
        tries.wrong = 0
        tries.locked_until = now + LOCKED_FOR
        record("sessioncodes.locked", tries)
    tries.save(update_fields=["wrong", "locked_until"])
    return SessionCodesLockedError() if is_locked else SessionCodeWrongError()


def _spell_of(
    session: TrainingSession, person: StaffMember, premises: Premises
) -> Spell | None:
    """Return as whom a person comes: of the workplace they signed in at, if it may."""
    spells = Spell.objects.in_post(session.day).filter(staff_member=person)
    held = list(spells.select_related("premises__area").order_by("pk"))
    held.sort(key=lambda spell: spell.premises_id != premises.pk)
    for spell in held:
        if session.is_for(spell.premises):
            return spell
    return None


def people_of_session(session: TrainingSession, premises: Premises) -> dict[int, Spell]:
    """Return who may be ticked at these premises: in post on the day, each once."""
    spells = (
        Spell.objects.in_post(session.day)
        .of_controller(premises)
        .filter(premises=premises)
        .select_related("staff_member")
        .order_by("staff_member__name", "staff_member", "pk")
    )
    people: dict[int, Spell] = {}
    for spell in spells:
        people.setdefault(spell.staff_member_id, spell)
    return people


def note_list_read(
    *, session: TrainingSession, premises: Premises, reader: User
) -> None:
    """Write into the audit trail that an officer has read the names of a workplace."""
    record("session.list_read", session, actor=reader, premises=premises.pk)


@transaction.atomic
def mark_people(
    *,
    session: TrainingSession,
    premises: Premises,
    came: Collection[int],
    not_there: Collection[int],
    actor: User,
    now: datetime,
    note: str = "",
) -> Marked:
    """Tick people of one workplace, and take back ticks that were wrong.

    Both are keys of people: who came beyond those known, and who of them was not there.
    Once the session is closed this needs a note; who is added then gets the completion,
    of who is taken back it is withdrawn.

    :raises TrainingError: when the actor may not, or the session does not allow it.
    """
    session = (
        TrainingSession.objects.select_for_update(of=("self",))
        .with_place()
        .get(pk=session.pk)
    )
    people = people_of_session(session, premises)
    present = {
        row.staff_member_id: row
        for row in Attendance.objects.standing()
        .filter(session=session, spell__premises=premises)
        .select_related("spell__staff_member")
    }
    added = [people[one] for one in set(came) & (people.keys() - present.keys())]
    removed = [present[one] for one in set(not_there) & present.keys()]
    _check_may_mark(session, premises, actor)
    if session.state == SessionState.CLOSED and (added or removed):
        _check_correction(session, note, now, has_added=bool(added))
    for row in sorted(removed, key=lambda row: row.pk):
        _take_back(row, session, actor, now, note.strip())
    for spell in sorted(added, key=lambda spell: spell.pk):
        row = _come(session, spell, AttendanceBy.LIST, now, actor, note.strip())
        if session.state == SessionState.CLOSED:
            complete_attendance(attendance=row, now=now)
    return Marked(len(added), len(removed))


def _check_may_mark(session: TrainingSession, premises: Premises, actor: User) -> None:
    if session.state not in {SessionState.OPEN, SessionState.CLOSED}:
        raise SessionMovedOnError
    if not user_can_mark_people(actor, session, premises):
        raise TrainingError(_("The list of these people is kept by others."))


def _check_correction(
    session: TrainingSession, note: str, now: datetime, *, has_added: bool
) -> None:
    if not note.strip():
        raise TrainingError(
            _("The session is closed: say in a few words why the list was wrong.")
        )
    if has_added and timezone.localdate(now) > session.day + timedelta(days=LATE_DAYS):
        raise TrainingError(
            _("People can be added until %(days)s days after the session.")
            % {"days": LATE_DAYS}
        )


def _come(
    session: TrainingSession,
    spell: Spell,
    by: AttendanceBy,
    now: datetime,
    actor: User | None = None,
    note: str = "",
) -> Attendance:
    last = Attendance.objects.newest_of(
        session=session, staff_member=spell.staff_member
    )
    row = Attendance.objects.create(
        session=session,
        staff_member_id=spell.staff_member_id,
        spell=spell,
        turn=last.turn + 1 if last else 1,
        by=by,
        at=now,
        recorded_by=actor,
        note=note,
    )
    record("attendance.recorded", row, actor=actor, session=session.pk, by=str(by))
    return row


def _take_back(
    row: Attendance, session: TrainingSession, actor: User, now: datetime, note: str
) -> None:
    taken_back = Attendance.objects.create(
        session=session,
        staff_member_id=row.staff_member_id,
        spell=row.spell,
        turn=row.turn,
        is_present=False,
        by=AttendanceBy.LIST,
        at=now,
        recorded_by=actor,
        note=note,
    )
    record("attendance.taken_back", row, actor=actor, session=session.pk)
    completion = Completion.objects.filter(attendance=row).first()
    if completion is not None:
        withdraw_completion(completion=completion, taken_back_by=taken_back, now=now)
