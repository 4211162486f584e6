from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.learning.models import Module
from core.audit import record
from core.signals import completion_recorded
from partners.register.models import Spell, StaffMember
from partners.training.coverage import requirements_met
from partners.training.models import Attempt, Completion
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
    today = timezone.localdate(now)
    module, staff_member = attempt.version.module, attempt.staff_member
    completion = Completion.objects.create(
        staff_member=staff_member,
        module=module,
        attempt=attempt,
        valid_from=today,
        valid_until=until_of(staff_member=staff_member, module=module, done_on=today),
    )
    _correct_days(completion, today)
    record("completion.recorded", completion, module=module.pk)
    completion_recorded.send(sender=Completion, completion=completion, now=now)
    return completion


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
    past = Completion.objects.filter(
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
