"""Whom to tell: the answer to the finder's three questions."""

from datetime import date

from campaigns.routes.enums import (
    ANSWERS,
    COMPANION_WAYS,
    EMERGENCY_KEY,
    FIRST_TO_TELL,
    LOCAL_GROUPS,
    Matter,
    Urgency,
)
from campaigns.routes.rendering import RouteCard, cards_of, routes_with_facts
from core.models import Area


def whom_to_tell(
    *,
    urgency: Urgency,
    matter: Matter,
    area: Area | None,
    language: str,
    today: date,
) -> list[RouteCard]:
    """Return 999, then whom to tell about this: local routes before national ones."""
    national = ANSWERS[matter]
    routes = routes_with_facts(
        language=language,
        today=today,
        groups=LOCAL_GROUPS,
        keys=(EMERGENCY_KEY, *national),
        area=area,
    )
    local = [
        route.key
        for route in routes.values()
        if route.area_id and route.access not in COMPANION_WAYS
    ]
    keys = dict.fromkeys([EMERGENCY_KEY, *FIRST_TO_TELL[urgency], *local, *national])
    wanted = [routes[key] for key in keys if key in routes]
    return cards_of(wanted, keys=[*keys], language=language)


def right_now(*, language: str, today: date) -> list[RouteCard]:
    """Return 999 and every other way to reach it."""
    routes = routes_with_facts(language=language, today=today, keys=[EMERGENCY_KEY])
    emergency = routes.get(EMERGENCY_KEY)
    if emergency is None:
        return []
    return cards_of([emergency, *emergency.other_ways], language=language)
