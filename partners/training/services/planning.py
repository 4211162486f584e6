"""What a decision about the rules would write. Reads, and writes nothing."""

import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import Signer
from django.utils.translation import gettext as _

from accounts.models import User
from partners.training.coverage import Version
from partners.training.models import Requirement
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
ONE_DAY = timedelta(days=1)
_signer = Signer(salt="partners.training.planning")


@dataclass(frozen=True)
class Plan:
    """The rows that a decision would write, in their order; without any, nothing.

    The last one is what comes of it. From `first_day` on people may be judged
    otherwise than by the rules as they are.
    """

    verb: str
    requirement: Requirement
    versions: tuple[Version, ...]
    first_day: date | None
    today: date
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not self.versions

    def confirmation_by(self, actor: User) -> str:
        """Return what proves that the officer was shown just this plan.

        It holds for the same rows over the same rules of the module, on the same day.
        How people stand is not in it: they finish modules by the minute, and an officer
        of a busy county could never confirm.
        """
        ground = Requirement.objects.filter(module=self.requirement.module_id)
        facts = [
            self.verb,
            self.facts,
            self.today,
            [_told(version) for version in self.versions],
            [
                _told(Version(one, roles_of(one)))
                for one in ground.prefetch_related("required_roles").order_by("pk")
            ],
        ]
        told = json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True)
        mark = sha256(told.encode()).hexdigest()
        return _signer.signature(f"{actor.pk}:{mark}")


def plan_addition(
    *, requirement: Requirement, roles: Iterable[str], today: date
) -> Plan:
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
    version = Version(requirement, dict.fromkeys(roles))
    return Plan(
        "requirement.added", requirement, (version,), requirement.starts_on, today
    )


def plan_change(
    *,
    requirement: Requirement,
    wanted: Requirement,
    roles: Iterable[str],
    applies_on: date,
    spares_people_in_post: bool,
    today: date,
) -> Plan:
    """Let other rules hold from a day on; see `change_requirement`.

    :raises TrainingError: when the rules have ended or the day lies in the past.
    """
    old = Requirement.objects.select_related("follows").get(pk=requirement.pk)
    roles = sorted(set(roles))
    if not _decides_anew(old, wanted, roles, applies_on, today=today):
        return plan_end(requirement=old, last_day=wanted.ends_on, today=today)
    _refuse_change(old, wanted, applies_on, today=today)
    before = old if old.starts_on < applies_on else old.follows
    new = copy(wanted)
    for name in SCOPE:
        setattr(new, name, getattr(old, name))
    new.pk = None if before == old else old.pk
    new.starts_on = applies_on
    new.follows = before
    _carry_over(before if spares_people_in_post else None, new)
    versions = [Version(new, _roles_after(before, roles))]
    if before is not None:
        versions.insert(0, _ended(before, applies_on - ONE_DAY))
    return Plan(
        "requirement.changed",
        new,
        tuple(versions),
        applies_on if before == old else min(applies_on, old.starts_on),
        today,
        {
            "follows": before.pk if before else None,
            "spares_people_in_post": spares_people_in_post,
        },
    )


def plan_end(*, requirement: Requirement, last_day: date | None, today: date) -> Plan:
    """Set the last day of the rules, or lift it with None.

    :raises TrainingError: when they have ended or the day lies in the past.
    """
    old = Requirement.objects.get(pk=requirement.pk)
    if old.ends_on == last_day:
        return Plan("", old, (), None, today)
    _refuse_ended(old, today=today)
    if last_day is not None and last_day < max(today, old.starts_on):
        raise TrainingError(_("The last day must be today or later."))
    version = _ended(old, last_day)
    return Plan(
        "requirement.ended" if last_day else "requirement.prolonged",
        version.requirement,
        (version,),
        min(day for day in (old.ends_on, last_day) if day) + ONE_DAY,
        today,
    )


def roles_of(requirement: Requirement) -> dict[str, date | None]:
    return {entry.role: entry.counts_from for entry in requirement.required_roles.all()}


def _ended(requirement: Requirement, last_day: date | None) -> Version:
    ended = copy(requirement)
    ended.ends_on = last_day
    return Version(ended, roles_of(requirement))


def _told(version: Version) -> list[Any]:
    requirement, roles = version
    facts = {
        field.attname: getattr(requirement, field.attname)
        for field in requirement._meta.concrete_fields
    }
    return [facts, sorted(roles.items())]


def _decides_anew(
    old: Requirement,
    wanted: Requirement,
    roles: list[str],
    applies_on: date,
    *,
    today: date,
) -> bool:
    is_moved = old.starts_on > today and applies_on != old.starts_on
    return (
        is_moved
        or roles != sorted(roles_of(old))
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


def _carry_over(before: Requirement | None, new: Requirement) -> None:
    """Note the days that people of earlier rules keep, where they had more."""
    new.earlier_within_days = new.earlier_grace_days = None
    if before is None:
        return
    within = max(before.within_days, before.earlier_within_days or 0)
    grace = max(before.grace_days, before.earlier_grace_days or 0)
    if within > new.within_days:
        new.earlier_within_days = within
    if grace > new.grace_days:
        new.earlier_grace_days = grace


def _roles_after(
    before: Requirement | None, roles: Iterable[str]
) -> dict[str, date | None]:
    """Return since when each role counts: those held before go on from their day."""
    if before is None:
        return dict.fromkeys(roles)
    held = {role: day or before.starts_on for role, day in roles_of(before).items()}
    return {role: held.get(role) for role in roles}
