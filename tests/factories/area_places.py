import factory
from factory.django import DjangoModelFactory

from partners.register.enums import BusinessType
from partners.register.models import AreaPlace, PlaceSource
from partners.register.opendata import district_of
from tests.factories.core import AreaFactory


class PlaceSourceFactory(DjangoModelFactory[PlaceSource]):
    class Meta:
        model = PlaceSource

    area = factory.SubFactory(AreaFactory)
    authority_code = factory.Sequence(lambda n: f"{n + 1:03}")
    authority_name = factory.Sequence(lambda n: f"Authority {n}")


class AreaPlaceFactory(DjangoModelFactory[AreaPlace]):
    """A business of an area; give `source` to say of which."""

    class Meta:
        model = AreaPlace

    source = factory.SubFactory(PlaceSourceFactory)
    scheme_id = factory.Sequence(lambda n: 500_000 + n)
    name = factory.Sequence(lambda n: f"Quayside Rooms {n}")
    business_type = BusinessType.LODGING
    street = "7 Quay Street"
    town = "Ashbeck"
    postcode = "ZZ1 3ZZ"
    district = factory.LazyAttribute(lambda one: district_of(one.postcode))
