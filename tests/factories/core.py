import factory
from factory.django import DjangoModelFactory

from core.enums import AreaKind
from core.models import Area


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"District {n}")
    slug = factory.Sequence(lambda n: f"district-{n}")
    kind = AreaKind.DISTRICT
