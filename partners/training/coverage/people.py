from datetime import date
from typing import Any

from django.db.models import Min

from campaigns.learning.models import Module
from partners.register.models import Premises, Spell, StaffMember
from partners.training.coverage.asking import as_day, rows_of
from partners.training.coverage.figures import STATES, Need, PersonState
from partners.training.coverage.statement import ASKING, NEEDS, TOGETHER
from partners.training.models import Requirement


def people_states(*, premises: Premises, day: date) -> dict[int, PersonState]:
    """Return how each person in post at a premises stands, by the person's key."""
    return _states(rows_of(NEEDS, premises=[premises], days=[day]))


def person_needs(*, staff_member: StaffMember, day: date) -> list[Need]:
    """Return what one person needs in all the posts held on a day.

    Someone who has not begun yet is shown as on the first day.
    """
    judged_on = _first_day_in_post(staff_member, day)
    if judged_on is None:
        return []
    rows = rows_of(
        NEEDS,
        premises=Premises.objects.filter(spells__staff_member=staff_member),
        days=[judged_on],
        level=TOGETHER,
        staff_member_id=staff_member.pk,
    )
    return _states(rows)[staff_member.pk].needs


def requirements_met(
    *, staff_member: StaffMember, module: Module, day: date
) -> list[Requirement]:
    """Return the requirements by which a person needs a module on a day.

    Someone who has not begun yet is asked about as on the first day.
    """
    keys = rows_of(
        ASKING,
        premises=Premises.objects.filter(spells__staff_member=staff_member),
        days=[_first_day_in_post(staff_member, day) or day],
        level=TOGETHER,
        staff_member_id=staff_member.pk,
        last_values=[module.pk],
    )
    return list(Requirement.objects.filter(pk__in=[key for (key,) in keys]))


def _first_day_in_post(staff_member: StaffMember, day: date) -> date | None:
    open_spells = Spell.objects.open_on_or_after(day).filter(staff_member=staff_member)
    first: date | None = open_spells.aggregate(first=Min("started_on"))["first"]
    return first and max(day, first)


def _states(rows: list[tuple[Any, ...]]) -> dict[int, PersonState]:
    states: dict[int, PersonState] = {}
    for person, module, title, state, due_on, valid_until, grace_until in rows:
        entry = states.setdefault(person, PersonState(person))
        if module is not None:
            entry.needs.append(
                Need(
                    module_id=module,
                    title=title,
                    state=STATES[state],
                    due_on=as_day(due_on),
                    valid_until=as_day(valid_until) if valid_until else None,
                    grace_until=as_day(grace_until),
                )
            )
    return states
