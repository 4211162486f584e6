from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.crypto import constant_time_compare

from accounts.models import User
from campaigns.learning.models import Module
from core.audit import record
from partners.training.coverage import Version
from partners.training.models import Requirement, RequirementRole
from partners.training.services.planning import (
    SCOPE,
    TERMS,
    Plan,
    plan_addition,
    plan_change,
    plan_end,
    roles_of,
)
from partners.training.services.refusals import PlanUnseenError


@transaction.atomic
def save_requirement(
    *,
    requirement: Requirement,
    roles: Iterable[str],
    actor: User,
    today: date,
    confirmed: str | None = None,
) -> Requirement:
    """Begin to require a module, from today or a later day on.

    `confirmed` is what the officer was shown, see `Plan.confirmation_by`; None when
    nobody had to be shown anything.

    :raises TrainingError: when it would begin in the past.
    :raises PlanUnseenError: when something else than that would be written now.
    """
    _take_turns(requirement)
    plan = plan_addition(requirement=requirement, roles=roles, today=today)
    return _carry_out(plan, actor, confirmed)


@transaction.atomic
def change_requirement(
    *,
    requirement: Requirement,
    wanted: Requirement,
    roles: Iterable[str],
    applies_on: date,
    spares_people_in_post: bool,
    actor: User,
    today: date,
    confirmed: str | None = None,
) -> Requirement:
    """Let other rules hold from a day on; until the day before, the old ones do.

    `wanted` is not saved and holds the new terms and last day. Rules that have not
    begun by the day are replaced, others end and are followed by a new row. No
    completion changes. With `spares_people_in_post` nobody who was in post before is
    given fewer days than the old rules gave; without it the new days hold for them
    too, and the audit trail says that the officer wanted it. Who has a role that was
    not asked before has the days of a starter from that day on. `confirmed` is as in
    `save_requirement`.

    :raises TrainingError: when the rules have ended or the day lies in the past.
    :raises PlanUnseenError: when something else than what was shown would be written.
    """
    _take_turns(requirement)
    plan = plan_change(
        requirement=requirement,
        wanted=wanted,
        roles=roles,
        applies_on=applies_on,
        spares_people_in_post=spares_people_in_post,
        today=today,
    )
    return _carry_out(plan, actor, confirmed)


@transaction.atomic
def end_requirement(
    *, requirement: Requirement, last_day: date | None, actor: User, today: date
) -> Requirement:
    """Set the last day of the rules, or lift it with None.

    :raises TrainingError: when they have ended or the day lies in the past.
    """
    _take_turns(requirement)
    plan = plan_end(requirement=requirement, last_day=last_day, today=today)
    return _carry_out(plan, actor, None)


def _take_turns(requirement: Requirement) -> None:
    """Let the rules of one module be decided one after the other.

    Completions that refer to the module meanwhile need not wait.
    """
    modules = Module.objects.select_for_update(of=("self",), no_key=True)
    modules.get(pk=requirement.module_id)


def _carry_out(plan: Plan, actor: User, confirmed: str | None) -> Requirement:
    if confirmed is not None and not constant_time_compare(
        confirmed, plan.confirmation_by(actor)
    ):
        raise PlanUnseenError
    for version in plan.versions:
        _write(version)
    if not plan.changes_nothing:
        _record(plan, actor)
    return plan.requirement


def _write(version: Version) -> None:
    requirement, roles = version
    requirement.save()
    if roles_of(requirement) != roles:
        requirement.required_roles.all().delete()
        RequirementRole.objects.bulk_create(
            RequirementRole(requirement=requirement, role=role, counts_from=day)
            for role, day in sorted(roles.items())
        )


def _record(plan: Plan, actor: User) -> None:
    requirement = plan.requirement
    days = ("starts_on", "ends_on")
    record(
        plan.verb,
        requirement,
        actor=actor,
        roles=sorted(plan.versions[-1].roles),
        **{name: getattr(requirement, name) for name in (*SCOPE, *TERMS)},
        **{name: str(getattr(requirement, name) or "") for name in days},
        **plan.facts,
    )
