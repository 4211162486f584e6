import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.shortcodes import new_code
from partners.register.enums import JoinState, PremisesKind, Shift, StaffRole
from partners.register.models import (
    JoinRequest,
    ManagerLink,
    Organisation,
    Premises,
    Spell,
    StaffMember,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


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
    class Meta:
        model = ManagerLink

    user = factory.SubFactory(UserFactory)
    premises = factory.SubFactory(PremisesFactory)
    started_at = factory.LazyFunction(timezone.now)


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
