"""Where readers find their area, and the checks of the routes the county has made."""

from datetime import date, timedelta

from accounts.models import User
from campaigns.routes.enums import (
    Anonymity,
    CheckOutcome,
    FactKind,
    FactStatus,
    RouteGroup,
)
from campaigns.routes.loading import load_places
from campaigns.routes.models import Route, RouteFact, RouteWording
from campaigns.routes.services import record_check
from core.models import Area
from county.places import postcode_districts
from county.words import TOWNS

# Checked so long ago that an officer has something to ring on the first day.
LONG_AGO = {"childline": 36, "btp": 35, "ceop": 27}


def serve_towns(districts: list[Area]) -> None:
    load_places(
        {
            area: [*TOWNS[area.name], *postcode_districts(area.name)]
            for area in districts
        }
    )


def make_front_doors(districts: list[Area]) -> None:
    """Give each district a children's team of its own, with a number that is no one's.

    01632 960000 to 960999 are kept free for plays and films.
    """
    for number, area in enumerate(districts):
        route = Route.objects.create(
            key=f"front-door-{area.slug}",
            group=RouteGroup.CHILD,
            position=39,
            area=area,
            anonymity=Anonymity.NAMED,
        )
        RouteFact.objects.bulk_create(
            RouteFact(route=route, kind=kind, value=value, status=FactStatus.VERIFIED)
            for kind, value in (
                (FactKind.NUMBER, f"01632 9607{number:02}"),
                (FactKind.HOURS, "Monday to Friday 9am to 5pm"),
            )
        )
        RouteWording.objects.create(
            route=route,
            language="en",
            name=f"{area.name} family team",
            when="You are worried about one child you know of, and nobody is in danger "
            "this minute.",
            say="“I am worried about a child.” Say what you saw, and when.",
            note="This team is part of the council. Ask them what they will tell the "
            "family before you give your name.",
        )


def check_routes(*, by: User, today: date) -> None:
    """Let an officer have checked what is verified, on one day or another."""
    for number, route in enumerate(Route.objects.order_by("position", "pk")):
        verified = RouteFact.objects.filter(route=route, status=FactStatus.VERIFIED)
        days = LONG_AGO.get(route.key, 2 + number * 5 % 19)
        if confirmed := list(verified.values_list("pk", flat=True)):
            record_check(
                route=route,
                by=by,
                outcome=CheckOutcome.RIGHT,
                confirmed=confirmed,
                today=today - timedelta(days=days),
            )
