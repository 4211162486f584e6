from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from core.enums import AreaKind
from core.models import Area, LanguageConfirmation


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"District {n}")
    slug = factory.Sequence(lambda n: f"district-{n}")
    kind = AreaKind.DISTRICT


class LanguageConfirmationFactory(DjangoModelFactory[LanguageConfirmation]):
    class Meta:
        model = LanguageConfirmation

    language = "pl"
    confirmed_by_name = "Ana Novak"
    confirmed_at = datetime(2026, 11, 18, 12, tzinfo=UTC)
