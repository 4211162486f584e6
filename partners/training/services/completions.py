from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.learning.models import Module
from core.audit import record
from core.signals import completion_recorded
from partners.register.models import Spell, StaffMember
from partners.training.coverage import requirements_met
from partners.training.models import (
    Attempt,
    Attendance,
    Completion,
    CompletionWithdrawal,
)
from partners.training.rules import add_months, valid_until
from partners.training.services.keeping import correct_days

# For a module that nobody requires any more when a person finishes it.
DEFAULT_VALID_MONTHS = 12


@transaction.atomic
def complete_module(*, attempt: Attempt, now: datetime) -> Completion:
    """Record what a passed attempt is worth: valid from today until a day fixed now.

    No later change of the rules moves that day. Sends `completion_recorded` inside the
    transaction.
    """
    completion = Completion(
        staff_member=attempt.staff_member,
        module=attempt.version.module,
        attempt=attempt,
    )
    _make(completion, done_on=timezone.localdate(now), now=now)
    return completion


@transaction.atomic
def complete_attendance(*, attendance: Attendance, now: datetime) -> Completion:
    """Record what it is worth to have been at a session: valid from its day.

    Once for an attendance, however often it is asked for. Sends `completion_recorded`
    inside the transaction.
    """
    if known := Completion.objects.filter(attendance=attendance).first():
        return known
    session = attendance.session
    completion = Completion(
        staff_member=attendance.staff_member,
        module=session.version.module,
        attendance=attendance,
    )
    _make(completion, done_on=session.day, now=now)
    return completion


@transaction.atomic
def withdraw_completion(
    *, completion: Completion, taken_back_by: Attendance, now: datetime
) -> None:
    """Let a completion no longer count whose person was not at the session.

    The row stays, and what it once decided about later ones stays with it.
    """
    CompletionWithdrawal.objects.create(
        completion=completion, taken_back_by=taken_back_by, at=now
    )
    _correct_days(completion, timezone.localdate(now))
    record("completion.withdrawn", completion, actor=taken_back_by.recorded_by)


def _make(completion: Completion, *, done_on: date, now: datetime) -> None:
    completion.valid_from = done_on
    completion.valid_until = until_of(
        staff_member=completion.staff_member,
        module=completion.module,
        done_on=done_on,
    )
    completion.save(force_insert=True)
    _correct_days(completion, timezone.localdate(now))
    record("completion.recorded", completion, module=completion.module_id)
    completion_recorded.send(sender=Completion, completion=completion, now=now)


def _correct_days(completion: Completion, today: date) -> None:
    """Have past days counted again, wherever the person was in post."""
    spells = Spell.objects.open_on_or_after(completion.valid_from)
    premises = spells.filter(staff_member=completion.staff_member_id)
    first_days = dict.fromkeys(
        premises.values_list("premises", flat=True), completion.valid_from
    )
    correct_days(first_days, today=today)


def until_of(*, staff_member: StaffMember, module: Module, done_on: date) -> date:
    """Return until when a module is valid that a person finishes on a day.

    The strictest requirement decides, and never below what the person has already.
    """
    past = Completion.objects.standing().filter(
        staff_member=staff_member, module=module, valid_from__lte=done_on
    )
    old_end = past.aggregate(end=Max("valid_until"))["end"]
    requirements = requirements_met(
        staff_member=staff_member, module=module, day=done_on
    )
    until = min(
        (
            valid_until(requirement.terms, done_on=done_on, old_end=old_end)
            for requirement in requirements
        ),
        default=add_months(done_on, DEFAULT_VALID_MONTHS),
    )
    return max(until, old_end or until)
