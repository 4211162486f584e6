"""Coverage counted in plain Python, person by person, as the words define it."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from partners.register.enums import Shift
from partners.register.models import Spell
from partners.training.coverage import Coverage
from partners.training.enums import LateStarters
from partners.training.models import Completion, Requirement

type GroupsOf = Callable[[Spell], Iterable[Any]]


def by_premises(spell):
    return [spell.premises_id]


def by_organisation(spell):
    return [spell.premises.organisation_id]


def by_area(spell):
    area = spell.premises.area
    return {area.pk, area.parent_id} - {None}


def together(spell):
    return [0]


@dataclass
class World:
    """All rows that matter, read once."""

    spells: list[Spell]
    requirements: list[Requirement]
    completions: list[Completion]

    @classmethod
    def read(cls) -> "World":
        return cls(
            list(Spell.objects.select_related("premises__area")),
            list(Requirement.objects.prefetch_related("required_roles")),
            list(Completion.objects.filter(withdrawal__isnull=True)),
        )

    def coverage(self, day, groups_of: GroupsOf) -> dict[Any, Coverage]:
        """Return the coverage of each group that has people in post."""
        people = defaultdict(list)
        for spell in self.spells:
            if is_in_post(spell, day):
                for group in groups_of(spell):
                    people[group, spell.staff_member_id].append(spell)
        states = defaultdict(list)
        for (group, person), spells in people.items():
            states[group].append(self.state_of(person, spells, day))
        return {
            group: Coverage(
                in_post=len(each),
                required=len(each) - each.count("none"),
                covered=each.count("valid"),
                in_grace=each.count("grace"),
                expired=each.count("expired"),
                never_trained=each.count("never"),
            )
            for group, each in states.items()
        }

    def state_of(self, person, spells, day) -> str:
        met = defaultdict(list)
        for requirement in self.requirements:
            for wanted in requirement.required_roles.all():
                for spell in spells:
                    if applies(requirement, wanted, spell, day):
                        due = due_on(requirement, wanted, spell)
                        met[requirement.module_id].append((requirement, due))
        states = [self.state_in(person, module, met[module], day) for module in met]
        order = ("never", "expired", "grace", "valid")
        return min(states, key=order.index, default="none")

    def state_in(self, person, module, met, day) -> str:
        done = [
            completion.valid_until
            for completion in self.completions
            if (completion.staff_member_id, completion.module_id) == (person, module)
            and completion.valid_from <= day
        ]
        if any(until >= day for until in done):
            return "valid"
        grace_from = max([min(due for _, due in met), *done])
        newest_rules = max(requirement.starts_on for requirement, _ in met)
        grace = min(
            requirement.earlier_grace_days
            if grace_from < newest_rules and requirement.earlier_grace_days is not None
            else requirement.grace_days
            for requirement, _ in met
        )
        if grace_from + datetime.timedelta(days=grace) >= day:
            return "grace"
        return "expired" if done else "never"


def is_in_post(spell, day):
    return (
        spell.voided_at is None
        and spell.started_on <= day
        and (spell.ended_on is None or spell.ended_on >= day)
    )


def applies(requirement, wanted, spell, day):
    place = spell.premises
    return (
        requirement.starts_on <= day
        and (requirement.ends_on is None or requirement.ends_on >= day)
        and wanted.role == spell.role
        and requirement.premises_kind in {"", place.kind}
        and (requirement.shift in {"", spell.shift} or spell.shift == Shift.MIXED)
        and requirement.area_id in {None, place.area_id, place.area.parent_id}
    )


def due_on(requirement, wanted, spell):
    within = requirement.within_days
    was_in_post_before = wanted.counts_from and spell.started_on < requirement.starts_on
    if was_in_post_before and requirement.earlier_within_days is not None:
        within = requirement.earlier_within_days
    begins = max(spell.started_on, wanted.counts_from or requirement.starts_on)
    due = begins + datetime.timedelta(days=within)
    if requirement.late_starters != LateStarters.NEXT_SEASON:
        return due
    this_end = next(
        end
        for end in season_ends(requirement, spell.started_on.year)
        if end >= spell.started_on
    )
    late_from = this_end - datetime.timedelta(days=requirement.late_starter_days)
    if spell.started_on > late_from:
        return max(due, this_end.replace(year=this_end.year + 1))
    return due


def season_ends(requirement, year):
    for one in (year, year + 1):
        yield datetime.date.fromisoformat(f"{one}-{requirement.season_closes}")
