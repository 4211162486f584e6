"""Areas, organisations, premises and those who look after them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group

from accounts.enums import Role
from accounts.models import User
from core.enums import AreaKind
from core.models import Area
from county.drawing import Lot
from county.words import (
    DISTRICTS,
    FIRST_WORDS,
    FORCE,
    ORGANISATIONS,
    SECOND_WORDS,
    STREETS,
    TOWNS,
)
from partners.register.enums import PremisesKind, PremisesState, Shift
from partners.register.models import (
    Contact,
    ManagerLink,
    Organisation,
    Premises,
    Region,
)

STAFF_CODE_LENGTH = 6
POSTCODES_EACH = 7
KINDS = {
    PremisesKind.HOTEL: 45,
    PremisesKind.BED_AND_BREAKFAST: 15,
    PremisesKind.TAXI: 12,
    PremisesKind.LICENSED: 12,
    PremisesKind.TAKEAWAY: 10,
    PremisesKind.SHOP: 6,
}
# Smallest and largest number of posts; thirty people in post on average.
SIZES = {
    PremisesKind.HOTEL: (26, 76),
    PremisesKind.BED_AND_BREAKFAST: (3, 9),
    PremisesKind.TAXI: (10, 44),
    PremisesKind.LICENSED: (8, 30),
    PremisesKind.TAKEAWAY: (5, 14),
    PremisesKind.SHOP: (4, 15),
}
SUFFIXES = {
    PremisesKind.HOTEL: "Hotel",
    PremisesKind.BED_AND_BREAKFAST: "Guest House",
    PremisesKind.TAXI: "Cars",
    PremisesKind.LICENSED: "Arms",
    PremisesKind.TAKEAWAY: "Kitchen",
    PremisesKind.SHOP: "Stores",
}
CHAIN_HOUSES = 5
CHAIN_REGIONS = ("North", "South")
CONTACT_ROLES = ("Front office", "Night manager")
NIGHT_KINDS = frozenset({PremisesKind.HOTEL, PremisesKind.TAXI})


@dataclass(frozen=True)
class Span:
    """The time the county has lived through."""

    first: date
    today: date

    @property
    def prepared_on(self) -> date:
        """Return the day by which the force had its modules and rules ready."""
        return self.first - timedelta(days=30)


@dataclass
class Place:
    """A premises with what the other parts of the county need to know of it."""

    premises: Premises
    size: int
    # How well it is run: drives training, and with it what a tester sees.
    diligence: float
    closed_on: date | None = field(default=None)


def make_areas() -> list[Area]:
    force = Area.objects.create(name=FORCE, slug=FORCE.lower(), kind=AreaKind.FORCE)
    districts = [
        Area.objects.create(name=name, slug=name.lower(), parent=force)
        for name in DISTRICTS
    ]
    return [force, *districts]


def postcode_districts(area_name: str) -> list[str]:
    """Return the seven invented postcode districts of an area."""
    first = DISTRICTS.index(area_name) * POSTCODES_EACH + 1
    return [f"ZZ{number}" for number in range(first, first + POSTCODES_EACH)]


def invented_postcode(lot: Lot, area: Area) -> str:
    district = postcode_districts(area.name)[lot.randint(1, 28) % POSTCODES_EACH]
    digit = lot.randint(1, 9)
    return f"{district} {digit}{lot.choice('ABDEFGHJ')}{lot.choice('LNPQRSTUW')}"


def make_places(
    lot: Lot, span: Span, districts: list[Area], *, number: int
) -> list[Place]:
    organisations = _make_organisations(lot, number)
    names: set[str] = set()
    places = [
        _draw_place(lot, span, lot.choice(districts), organisations, names, first=not n)
        for n in range(number)
    ]
    Premises.objects.bulk_create([place.premises for place in places], batch_size=500)
    return places


def _make_organisations(lot: Lot, number: int) -> list[Organisation]:
    """One for each premises at first; some turn out to run several."""
    organisations = [
        Organisation(
            name=f"{lot.choice(FIRST_WORDS)} {lot.choice(SECOND_WORDS)} "
            f"{lot.choice(ORGANISATIONS)} {count}"
        )
        for count in range(1, max(1, number * 7 // 10) + 1)
    ]
    return Organisation.objects.bulk_create(organisations, batch_size=500)


def _draw_place(
    lot: Lot,
    span: Span,
    area: Area,
    organisations: list[Organisation],
    names: set[str],
    *,
    first: bool,
) -> Place:
    kind = PremisesKind.HOTEL if first else lot.weighted(KINDS)
    joined_on = span.first if first else span.first + timedelta(days=lot.days(150))
    joined_on = min(joined_on, span.today - timedelta(days=21))
    is_closed = not first and lot.chance(0.03)
    closed_on = lot.day_between(joined_on, span.today) if is_closed else None
    town = lot.choice(TOWNS[area.name])
    premises = Premises(
        key=lot.key(),
        organisation=lot.choice(organisations),
        area=area,
        name=invented_name(lot, town, kind, names),
        kind=kind,
        street=f"{lot.randint(1, 140)} {lot.choice(STREETS)}",
        town=town,
        postcode=invented_postcode(lot, area),
        state=PremisesState.CLOSED if is_closed else PremisesState.ACTIVE,
        has_night_desk=kind in NIGHT_KINDS,
        staff_code=lot.code(STAFF_CODE_LENGTH),
        joined_on=joined_on,
        closed_on=closed_on,
        is_invented=True,
    )
    return Place(
        premises=premises,
        size=30 if first else lot.randint(*SIZES[kind]),
        diligence=0.8 if first else lot.triangular(0.35, 0.98, 0.8),
        closed_on=closed_on,
    )


def invented_name(lot: Lot, town: str, kind: PremisesKind, names: set[str]) -> str:
    """Put together a name that holds an invented town: no real house is called so."""
    while True:
        words = f"{lot.choice(FIRST_WORDS)} {lot.choice(SECOND_WORDS)}"
        name = f"{words} {SUFFIXES[kind]}, {town}"
        if name not in names:
            names.add(name)
            return name


def make_managers(lot: Lot, places: list[Place], first: User) -> None:
    """Give every premises a manager; the one who signs in looks after the first."""
    others = User.objects.bulk_create(
        [
            User(
                email=f"manager-{number}@demo.example",
                name=f"Manager of {place.premises.name}"[:150],
                # Nobody signs in with this: it is the hash of no password.
                password=UNUSABLE_PASSWORD_PREFIX + lot.key(),
                date_joined=lot.moment(place.premises.joined_on),
            )
            for number, place in enumerate(places[1:], start=2)
        ],
        batch_size=500,
    )
    group, _ = Group.objects.get_or_create(name=Role.MANAGER)
    membership = User.groups.through
    membership.objects.bulk_create(
        [membership(user_id=user.pk, group_id=group.pk) for user in others],
        batch_size=500,
    )
    ManagerLink.objects.bulk_create(
        [
            ManagerLink(
                user=user,
                premises=place.premises,
                started_at=lot.moment(place.premises.joined_on),
            )
            for user, place in zip([first, *others], places, strict=True)
        ],
        batch_size=500,
    )


def make_chain(lot: Lot, places: list[Place], head: User) -> None:
    """Make the first organisation a chain: two regions, contacts, a head of it all.

    The demonstration's manager looks after the first premises already and so sees all.
    """
    hotels = [
        place.premises
        for place in places
        if place.premises.kind == PremisesKind.HOTEL and place.closed_on is None
    ][:CHAIN_HOUSES]
    chain = hotels[0].organisation
    regions = [
        Region.objects.create(organisation=chain, name=name) for name in CHAIN_REGIONS
    ]
    for number, premises in enumerate(hotels):
        premises.organisation = chain
        premises.region = regions[number % len(regions)]
        premises.accepts_walk_ins = number % 2 == 0
        premises.room_count = lot.randint(20, 140)
        premises.shifts = [Shift.DAY, Shift.EVENING, Shift.NIGHT]
        premises.staff_languages = ["en", "pl"]
        premises.profile_checked_at = lot.moment(premises.joined_on)
    Premises.objects.bulk_update(
        hotels,
        [
            "organisation",
            "region",
            "accepts_walk_ins",
            "room_count",
            "shifts",
            "staff_languages",
            "profile_checked_at",
        ],
    )
    Contact.objects.bulk_create(
        Contact(
            premises=premises,
            name=f"{lot.choice(FIRST_WORDS)} {lot.choice(SECOND_WORDS)}",
            role=role,
            email=f"contact-{number}-{place}@demo.example",
            # Numbers that Ofcom keeps for drama and that ring nowhere.
            phone=f"01632 960 {lot.randint(100, 999)}",
        )
        for number, premises in enumerate(hotels)
        for place, role in enumerate(CONTACT_ROLES)
    )
    ManagerLink.objects.create(
        user=head, organisation=chain, started_at=lot.moment(hotels[0].joined_on)
    )
