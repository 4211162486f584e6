from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.training.models import Requirement, RequirementRole
from partners.training.services.refusals import TrainingError

# What a version of the rules decides, beside the roles. For whom it holds by module,
# area, kind of premises and shift stays the same from version to version.
SCOPE = ("module_id", "area_id", "premises_kind", "shift")
TERMS = (
    "within_days",
    "grace_days",
    "renewal",
    "valid_months",
    "window_days",
    "season_opens",
    "season_closes",
    "late_starters",
    "late_starter_days",
)


@transaction.atomic
def save_requirement(
    *, requirement: Requirement, roles: Iterable[str], actor: User, today: date
) -> Requirement:
    """Begin to require a module, from today or a later day on.

    :raises TrainingError: when it would begin in the past.
    """
    if requirement.starts_on < today:
        raise TrainingError(
            _(
                "Rules cannot begin before today: days that have passed would be "
                "judged by them afterwards."
            )
        )
    requirement.save()
    RequirementRole.objects.bulk_create(
        RequirementRole(requirement=requirement, role=role)
        for role in sorted(set(roles))
    )
    _record("requirement.added", requirement, actor)
    return requirement


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
) -> Requirement:
    """Let other rules hold from a day on; until the day before, the old ones do.

    `wanted` is not saved and holds the new terms and last day. Rules that have not
    begun by the day are replaced, others end and are followed by a new row. No
    completion changes. With `spares_people_in_post` nobody who was in post before is
    given fewer days than the old rules gave; without it the new days hold for them
    too, and the audit trail says that the officer wanted it. Who has a role that was
    not asked before has the days of a starter from that day on.

    :raises TrainingError: when the rules have ended or the day lies in the past.
    """
    old = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    roles = sorted(set(roles))
    if not _decides_anew(old, wanted, roles, applies_on, today=today):
        return end_requirement(
            requirement=old, last_day=wanted.ends_on, actor=actor, today=today
        )
    _refuse_change(old, wanted, applies_on, today=today)
    before = old if old.starts_on < applies_on else old.follows
    for name in SCOPE:
        setattr(wanted, name, getattr(old, name))
    wanted.pk = None if before == old else old.pk
    wanted.starts_on = applies_on
    wanted.follows = before
    _carry_over(before if spares_people_in_post else None, wanted)
    if before is not None:
        before.ends_on = applies_on - timedelta(days=1)
        before.save(update_fields=["ends_on"])
    wanted.save(force_insert=before == old, force_update=before != old)
    _set_roles(wanted, roles, before)
    _record(
        "requirement.changed",
        wanted,
        actor,
        follows=before.pk if before else None,
        spares_people_in_post=spares_people_in_post,
    )
    return wanted


@transaction.atomic
def end_requirement(
    *, requirement: Requirement, last_day: date | None, actor: User, today: date
) -> Requirement:
    """Set the last day of the rules, or lift it with None.

    :raises TrainingError: when they have ended or the day lies in the past.
    """
    old = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if old.ends_on == last_day:
        return old
    _refuse_ended(old, today=today)
    if last_day is not None and last_day < max(today, old.starts_on):
        raise TrainingError(_("The last day must be today or later."))
    old.ends_on = last_day
    old.save(update_fields=["ends_on"])
    _record("requirement.ended" if last_day else "requirement.prolonged", old, actor)
    return old


def _decides_anew(
    old: Requirement,
    wanted: Requirement,
    roles: list[str],
    applies_on: date,
    *,
    today: date,
) -> bool:
    held = sorted(old.required_roles.values_list("role", flat=True))
    is_moved = old.starts_on > today and applies_on != old.starts_on
    return (
        is_moved
        or roles != held
        or any(getattr(old, name) != getattr(wanted, name) for name in TERMS)
    )


def _refuse_change(
    old: Requirement, wanted: Requirement, applies_on: date, *, today: date
) -> None:
    _refuse_ended(old, today=today)
    if applies_on < today:
        raise TrainingError(
            _("New rules hold from today or a later day, never for the past.")
        )
    if wanted.ends_on is not None and wanted.ends_on < applies_on:
        raise TrainingError(_("The last day lies before the new rules begin."))
    if old.ends_on is not None and old.ends_on < applies_on:
        raise TrainingError(_("These rules end before the new ones would begin."))
    if old.follows is not None and applies_on <= old.follows.starts_on:
        raise TrainingError(
            _("The rules before these begin only on that day. Choose a later day.")
        )


def _refuse_ended(old: Requirement, *, today: date) -> None:
    is_over = old.ends_on is not None and old.ends_on < today
    if is_over or Requirement.objects.filter(follows=old).exists():
        raise TrainingError(
            _("These rules have ended or been replaced. Change the ones that hold now.")
        )


def _carry_over(before: Requirement | None, wanted: Requirement) -> None:
    """Note the days that people of earlier rules keep, where they had more."""
    wanted.earlier_within_days = wanted.earlier_grace_days = None
    if before is None:
        return
    within = max(before.within_days, before.earlier_within_days or 0)
    grace = max(before.grace_days, before.earlier_grace_days or 0)
    if within > wanted.within_days:
        wanted.earlier_within_days = within
    if grace > wanted.grace_days:
        wanted.earlier_grace_days = grace


def _set_roles(
    requirement: Requirement, roles: list[str], before: Requirement | None
) -> None:
    requirement.required_roles.all().delete()
    held = (
        {
            entry.role: entry.counts_from or before.starts_on
            for entry in before.required_roles.all()
        }
        if before is not None
        else {}
    )
    RequirementRole.objects.bulk_create(
        RequirementRole(requirement=requirement, role=role, counts_from=held.get(role))
        for role in roles
    )


def _record(verb: str, requirement: Requirement, actor: User, **facts: Any) -> None:
    names = ("starts_on", "ends_on")
    record(
        verb,
        requirement,
        actor=actor,
        roles=sorted(requirement.required_roles.values_list("role", flat=True)),
        **{name: getattr(requirement, name) for name in (*SCOPE, *TERMS)},
        **{name: str(getattr(requirement, name) or "") for name in names},
        **facts,
    )
