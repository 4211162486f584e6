"""Sessions face to face: one that was held in a town, and one that is to come."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.learning.models import ModuleVersion
from county.drawing import Lot
from county.learning import Course
from county.places import Place, Span
from partners.register.enums import StaffRole
from partners.register.models import Premises, Spell
from partners.training.enums import AttendanceBy, SessionState
from partners.training.models import (
    CERTIFICATE_CODE_LENGTH,
    SESSION_CODE_LENGTH,
    Attendance,
    Completion,
    TrainingSession,
)
from partners.training.services import until_of

LED_BY = "ISVA service of the county (invented)"
HELD_DAYS_AGO = 9
AHEAD_DAYS = 6
PLACES_THERE = 3
PEOPLE_OF_EACH = 6
# Of those who were there, how many had a phone with them and typed the code.
BY_CODE = 0.7


def hold_sessions(
    lot: Lot,
    span: Span,
    places: Sequence[Place],
    courses: dict[str, list[Course]],
    *,
    by: User,
) -> None:
    """Hold one where the first place is, for its district, and plan one there."""
    version = courses[StaffRole.RECEPTION][0].version
    premises = places[0].premises
    held_on = span.today - timedelta(days=HELD_DAYS_AGO)
    held = _plan(lot, version, premises, _at(held_on, 14), by)
    held.state = SessionState.CLOSED
    held.opened_at = held.starts_at - timedelta(minutes=10)
    held.closed_at = held.ends_at + timedelta(minutes=5)
    held.save()
    roles = [role for role, some in courses.items() if _teaches(some, version)]
    for spell in _people_near(premises, held_on, roles):
        _attend(lot, held, spell, by)
    ahead = _plan(
        lot, version, premises, _at(span.today + timedelta(days=AHEAD_DAYS), 10), by
    )
    ahead.save()


def _plan(
    lot: Lot,
    version: ModuleVersion,
    premises: Premises,
    starts_at: datetime,
    by: User,
) -> TrainingSession:
    return TrainingSession(
        key=lot.key(),
        code=lot.code(SESSION_CODE_LENGTH),
        version=version,
        area=premises.area,
        place=f"Library, {premises.town}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        led_by=LED_BY,
        capacity=30,
        planned_by=by,
    )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _teaches(courses: list[Course], version: ModuleVersion) -> bool:
    return any(course.version == version for course in courses)


def _people_near(premises: Premises, day: date, roles: list[str]) -> list[Spell]:
    """Return some people of the place and of others in its district, each once."""
    neighbours = Premises.objects.active().filter(area=premises.area)
    nearest = sorted(neighbours, key=lambda one: (one != premises, one.key))
    chosen: dict[int, Spell] = {}
    for place in nearest[:PLACES_THERE]:
        spells = Spell.objects.in_post(day).filter(premises=place, role__in=roles)
        some = spells.select_related("staff_member").order_by("staff_member__key", "pk")
        for spell in some[:PEOPLE_OF_EACH]:
            chosen.setdefault(spell.staff_member_id, spell)
    return list(chosen.values())


def _attend(lot: Lot, session: TrainingSession, spell: Spell, by: User) -> None:
    has_phone = lot.chance(BY_CODE)
    attendance = Attendance.objects.create(
        session=session,
        staff_member=spell.staff_member,
        spell=spell,
        by=AttendanceBy.CODE if has_phone else AttendanceBy.LIST,
        recorded_by=None if has_phone else by,
        at=session.starts_at + timedelta(minutes=lot.randint(-8, 12)),
    )
    Completion.objects.create(
        staff_member=spell.staff_member,
        module=session.version.module,
        attendance=attendance,
        valid_from=session.day,
        valid_until=until_of(
            staff_member=spell.staff_member,
            module=session.version.module,
            done_on=session.day,
        ),
        certificate_code=lot.code(CERTIFICATE_CODE_LENGTH),
    )
