from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from campaigns.guidance.models import Campaign


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A campaign that runs at the moment of the fixture `now`, everywhere."""

    class Meta:
        model = Campaign
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Season {n}")
    slug = factory.Sequence(lambda n: f"season-{n}")
    theme = "One polite question"
    opens_at = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    closes_at = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)

    @factory.post_generation
    def areas(self: Campaign, create: bool, extracted: object, **_: object) -> None:
        self.areas.set(extracted or [])  # type: ignore[arg-type] # a list of areas
