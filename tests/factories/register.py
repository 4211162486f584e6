import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.shortcodes import new_code
from partners.register.enums import JoinState, PremisesKind, Shift, StaffRole
from partners.register.models import (
    Contact,
    JoinRequest,
    ManagerLink,
    Organisation,
    Premises,
    Region,
    Spell,
    StaffMember,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Region {n}")


class PremisesFactory(DjangoModelFactory[Premises]):
    class Meta:
        model = Premises

    organisation = factory.SubFactory(OrganisationFactory)
    area = factory.SubFactory(AreaFactory)
    name = factory.Sequence(lambda n: f"Lantern House {n}")
    kind = PremisesKind.HOTEL
    street = "1 Mill Lane"
    town = "Ashbeck"
    postcode = "ZZ1 1ZZ"
    staff_code = factory.LazyFunction(lambda: new_code(6))
    joined_on = datetime.date(2025, 1, 1)


class ManagerLinkFactory(DjangoModelFactory[ManagerLink]):
    """Who looks after one premises; `over` takes a region or a whole chain."""

    class Meta:
        model = ManagerLink

    class Params:
        over = None

    user = factory.SubFactory(UserFactory)
    premises = factory.Maybe(
        "over", yes_declaration=None, no_declaration=factory.SubFactory(PremisesFactory)
    )
    region = factory.LazyAttribute(
        lambda link: link.over if isinstance(link.over, Region) else None
    )
    organisation = factory.LazyAttribute(
        lambda link: link.over if isinstance(link.over, Organisation) else None
    )
    started_at = factory.LazyFunction(timezone.now)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    premises = factory.SubFactory(PremisesFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@hotel.example")


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Worker {n}")


class SpellFactory(DjangoModelFactory[Spell]):
    """A person in post; give `premises` and the person belongs to its organisation."""

    class Meta:
        model = Spell

    premises = factory.SubFactory(PremisesFactory)
    staff_member = factory.SubFactory(
        StaffMemberFactory,
        organisation=factory.SelfAttribute("..premises.organisation"),
    )
    role = StaffRole.RECEPTION
    shift = Shift.NIGHT
    started_on = datetime.date(2026, 1, 5)


class JoinRequestFactory(DjangoModelFactory[JoinRequest]):
    class Meta:
        model = JoinRequest

    premises_name = factory.Sequence(lambda n: f"Harbour View {n}")
    kind = PremisesKind.HOTEL
    street = "2 Quay Street"
    town = "Ashbeck"
    postcode = "ZZ1 2ZZ"
    area = factory.SubFactory(AreaFactory)
    contact_name = "Ana Novak"
    email = factory.Sequence(lambda n: f"manager{n}@hotel.example")
    state = JoinState.WAITING
    asked_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)
