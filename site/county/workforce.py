"""Staff and their spells: eighteen months of people who come and go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from county.drawing import Lot
from county.places import Place, Span
from county.words import BACKGROUNDS, Background
from partners.register.enums import PremisesKind, Shift, StaffRole
from partners.register.models import Spell, StaffMember

# Share of the people in post who leave within a year, as in hospitality.
LOWEST_TURNOVER, HIGHEST_TURNOVER = 0.70, 0.80
LONGEST_VACANCY = 20

ROLES: dict[str, dict[StaffRole, int]] = {
    PremisesKind.HOTEL: {
        StaffRole.RECEPTION: 26,
        StaffRole.HOUSEKEEPING: 32,
        StaffRole.BAR: 24,
        StaffRole.MAINTENANCE: 6,
        StaffRole.SECURITY: 5,
        StaffRole.OTHER: 4,
        StaffRole.MANAGER: 3,
    },
    PremisesKind.BED_AND_BREAKFAST: {
        StaffRole.RECEPTION: 50,
        StaffRole.HOUSEKEEPING: 50,
    },
    PremisesKind.TAXI: {StaffRole.DRIVER: 85, StaffRole.OTHER: 15},
    PremisesKind.LICENSED: {StaffRole.BAR: 80, StaffRole.SECURITY: 20},
    PremisesKind.TAKEAWAY: {StaffRole.COUNTER: 80, StaffRole.DRIVER: 20},
    PremisesKind.SHOP: {StaffRole.COUNTER: 90, StaffRole.SECURITY: 10},
}
SHIFTS = {Shift.DAY: 40, Shift.EVENING: 22, Shift.NIGHT: 16, Shift.MIXED: 22}
BACKGROUND_WEIGHTS = {background: background.weight for background in BACKGROUNDS}


@dataclass
class Person:
    """Somebody at work at a place, with the spells held there one after another."""

    member: StaffMember
    spells: list[Spell]


def people_of(lot: Lot, span: Span, place: Place) -> list[Person]:
    """Draw who worked at a place. Each post is left and filled again and again."""
    until = place.closed_on or span.today
    yearly = lot.uniform(LOWEST_TURNOVER, HIGHEST_TURNOVER)
    mean_days = 365 / yearly
    people: list[Person] = []
    for number in range(place.size):
        role = StaffRole.MANAGER if number == 0 else _role(lot, place)
        shift = lot.weighted(SHIFTS)
        for first, last in _stretches(lot, span.first, until, mean_days):
            spell = Spell(
                premises=place.premises,
                role=role,
                shift=shift,
                started_on=first,
                ended_on=last if last is not None else place.closed_on,
            )
            _person_for(lot, place, people, first).spells.append(spell)
    return people


def _role(lot: Lot, place: Place) -> StaffRole:
    return lot.weighted(ROLES[place.premises.kind])


def _stretches(
    lot: Lot, since: date, until: date, mean_days: float
) -> Iterator[tuple[date, date | None]]:
    """Yield first and last days in one post; the last one may still go on."""
    # Who is there at the beginning has been there for a while already.
    first = since - timedelta(days=lot.days(mean_days))
    last = since + timedelta(days=lot.days(mean_days))
    while first <= until:
        yield first, (last if last < until else None)
        first = last + timedelta(days=1 + lot.randint(0, LONGEST_VACANCY))
        last = first + timedelta(days=lot.days(mean_days))


def _person_for(lot: Lot, place: Place, people: list[Person], first: date) -> Person:
    """Draw a new person or, now and then, one who left and comes back."""
    if people and lot.chance(0.04):
        former = lot.choice(people)
        left_on = former.spells[-1].ended_on
        if left_on is not None and left_on < first:
            return former
    person = Person(_draw_member(lot, place), [])
    people.append(person)
    return person


def _draw_member(lot: Lot, place: Place) -> StaffMember:
    background = lot.weighted(BACKGROUND_WEIGHTS)
    return StaffMember(
        key=lot.key(),
        organisation_id=place.premises.organisation_id,
        name=f"{lot.choice(background.given)} {_family(lot, background)}",
        language=lot.choice(background.languages),
    )


def _family(lot: Lot, background: Background) -> str:
    """Most family names go with the given one; people also marry."""
    if lot.chance(0.12):
        background = lot.weighted(BACKGROUND_WEIGHTS)
    return lot.choice(background.family)


def save_people(people: list[Person]) -> None:
    StaffMember.objects.bulk_create([one.member for one in people], batch_size=1000)
    spells = []
    for person in people:
        for spell in person.spells:
            spell.staff_member = person.member
            spells.append(spell)
    Spell.objects.bulk_create(spells, batch_size=1000)
