from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, Subquery

from accounts.models import User
from partners.register.models import Ownership, Premises, Spell
from partners.training.coverage import Coverage, PersonState, people_states
from partners.training.enums import TrainingState
from partners.training.models import Slip

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


class HomeFacts(NamedTuple):
    has_others: bool
    has_printed_slips: bool
    taken_over_on: date | None


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


def home_facts(premises: Premises, manager: User, *, today: date) -> HomeFacts:
    """Return three small things the home asks, in one query.

    Whether its manager looks after others too, whether slips were ever printed, and
    since when it is this owner's, if it had another.
    """
    others = Premises.objects.managed_by(manager).exclude(pk=premises.pk)
    owners = Ownership.objects.filter(premises=premises).on(today)
    facts = Premises.objects.filter(pk=premises.pk).annotate(
        has_others=Exists(others),
        has_printed_slips=Exists(Slip.objects.filter(premises=premises)),
        taken_over_on=Subquery(owners.values("from_on")[:1]),
    )
    names = HomeFacts._fields
    return HomeFacts(*facts.values_list(*names).get())
