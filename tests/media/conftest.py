from collections.abc import Iterator

import pytest

from campaigns.routes.enums import FactKind, FactStatus, RouteGroup
from campaigns.routes.models import Route, RouteFact, RouteWording
from media.codes.rendering import forget_routes

ROUTES = (
    ("999", RouteGroup.EMERGENCY, "999", "Ring 999 if they are still here."),
    ("101", RouteGroup.POLICE, "101", "Ring 101 if they have gone."),
    ("crimestoppers", RouteGroup.ANONYMOUS, "0800 555 111", "Without your name."),
)


@pytest.fixture
def routes(db: None) -> Iterator[None]:
    """Write the three routes a premises needs, and forget what was cached."""
    forget_routes()
    for position, (key, group, number, when) in enumerate(ROUTES):
        route = Route.objects.create(
            key=key, group=group, position=position, is_protected=True
        )
        RouteFact.objects.create(
            route=route,
            kind=FactKind.NUMBER,
            value=number,
            status=FactStatus.VERIFIED,
        )
        RouteWording.objects.create(
            route=route,
            language="en",
            name=f"Name of {key}",
            when=when,
            say_business=f"Operation Makesafe, {key}.",
        )
    yield
    forget_routes()
