from typing import Any

import factory
from factory.django import DjangoModelFactory

from campaigns.routes.enums import FactKind, FactStatus, RouteGroup
from campaigns.routes.models import Route, RouteFact, RouteWording


class RouteFactory(DjangoModelFactory[Route]):
    """A route with English words; `number` gives it a verified telephone number."""

    class Meta:
        model = Route
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"route-{n}")
    group = RouteGroup.CHILD

    @factory.post_generation
    def words(self: Route, create: bool, extracted: None, **given: Any) -> None:
        defaults = {"language": "en", "name": f"Line {self.key}", "when": "Any time."}
        RouteWordingFactory.create(route=self, **defaults | given)

    @factory.post_generation
    def number(self: Route, create: bool, extracted: str | None, **_: Any) -> None:
        if extracted:
            RouteFactFactory.create(route=self, value=extracted)


class RouteFactFactory(DjangoModelFactory[RouteFact]):
    class Meta:
        model = RouteFact

    route = factory.SubFactory(RouteFactory)
    kind = FactKind.NUMBER
    value = factory.Sequence(lambda n: f"01632 960{n:03}")
    status = FactStatus.VERIFIED


class RouteWordingFactory(DjangoModelFactory[RouteWording]):
    class Meta:
        model = RouteWording

    route = factory.SubFactory(RouteFactory)
    language = "en"
    name = "A line"
    when = "Any time."

    @factory.lazy_attribute
    def source_hash(self) -> str:
        """Return the hash of the English words as they are now."""
        route: Any = self.route
        english = RouteWording.objects.filter(route=route, language="en").first()
        return english.own_hash() if english else ""
