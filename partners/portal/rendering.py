from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from partners.register.models import Premises, Spell
from partners.training.coverage import Coverage, PersonState, people_states
from partners.training.enums import TrainingState

LOOK_BACK = timedelta(days=30)
LOOK_AHEAD = timedelta(days=30)

TONES = {
    TrainingState.VALID: "good",
    TrainingState.IN_GRACE: "none",
    TrainingState.EXPIRED: "warn",
    TrainingState.NEVER_TRAINED: "gap",
    TrainingState.NOT_REQUIRED: "none",
}
WITHOUT_TRAINING = frozenset({TrainingState.NEVER_TRAINED, TrainingState.IN_GRACE})


@dataclass(frozen=True)
class Person:
    """One line of the list of people: a spell, and how the person stands today."""

    spell: Spell
    training: PersonState | None

    @property
    def tone(self) -> str:
        return TONES[self.training.state] if self.training else "none"


@dataclass(frozen=True)
class Movements:
    """Who has come and gone lately, as the manager's home shows it."""

    started: int
    left: int
    starters_without_training: list[Person]
    leaving: list[Spell]


class Group(NamedTuple):
    """The premises of one region on a page, each with its coverage today."""

    organisation: str
    region: str
    rows: list[tuple[Premises, Coverage]]


def groups_of(premises: list[Premises], coverage: dict[int, Coverage]) -> list[Group]:
    """Part a page of premises, ordered by region, into one group for each region."""
    groups: list[Group] = []
    for one in premises:
        region = one.region.name if one.region else ""
        if not groups or groups[-1][:2] != (one.organisation.name, region):
            groups.append(Group(one.organisation.name, region, []))
        groups[-1].rows.append((one, coverage.get(one.pk, Coverage())))
    return groups


def people_of(spells: list[Spell], premises: Premises, *, today: date) -> list[Person]:
    """Put beside each spell how its person stands; in two queries for any number."""
    states = people_states(premises=premises, day=today)
    return [Person(spell, states.get(spell.staff_member_id)) for spell in spells]


def movements_of(premises: Premises, *, today: date) -> Movements:
    """Gather starters and leavers of the last and the next thirty days."""
    spells = premises.spells.of_controller(premises).select_related("staff_member")
    started = spells.started_between(today - LOOK_BACK, today)
    recent = people_of(
        list(started.order_by("-started_on", "pk")), premises, today=today
    )
    leaving = spells.left_between(today, today + LOOK_AHEAD)
    left = spells.left_between(today - LOOK_BACK, today - timedelta(days=1))
    return Movements(
        started=len(recent),
        left=left.count(),
        starters_without_training=[
            person
            for person in recent
            if person.training and person.training.state in WITHOUT_TRAINING
        ],
        leaving=list(leaving.order_by("ended_on", "pk")),
    )
