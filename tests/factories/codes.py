from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from media.codes.models import Code
from tests.factories.register import PremisesFactory


class CodeFactory(DjangoModelFactory[Code]):
    """The code of a staff-room poster on a wall of a premises."""

    class Meta:
        model = Code

    premises = factory.SubFactory(PremisesFactory)
    area = factory.SelfAttribute("premises.area")
    place = "Staff room"
    issued_at = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
