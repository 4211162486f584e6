"""Routes as the public sees them: checked facts only, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.routes.enums import (
    CIRCUMSTANCE_KINDS,
    EMERGENCY_KEY,
    NUMBER_KINDS,
    WISHES,
    Anonymity,
    FactKind,
    FactStatus,
    RouteGroup,
)
from campaigns.routes.models import Route, RouteFact, RouteWording, in_language
from core.models import Area


@dataclass(frozen=True)
class FactLine:
    """One more fact under a route: its hours, its cost, a second number."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class RouteCard:
    """What the route components need, and nothing that was not checked."""

    key: str
    group: str
    name: str
    when: str
    say: str
    note: str
    verb: str
    number: str
    number_href: str
    url: str
    anonymity: str
    facts: tuple[FactLine, ...]
    status_note: str
    language: str
    is_emergency: bool


@dataclass(frozen=True)
class Wish:
    """What a reader wants to do, and the routes for it."""

    key: str
    title: str
    routes: list[RouteCard]


def public_routes(
    *,
    language: str,
    groups: Sequence[RouteGroup] = (),
    keys: Sequence[str] = (),
    area: Area | None = None,
    for_business: bool = False,
) -> list[RouteCard]:
    """Return the routes of these groups and keys, emergency first, then as asked.

    Without groups and keys all routes are meant. Three queries however many routes.
    """
    routes = routes_with_facts(language=language, groups=groups, keys=keys, area=area)
    return cards_of(
        routes.values(), keys=keys, language=language, for_business=for_business
    )


def routes_by_wish(*, language: str, area: Area | None = None) -> list[Wish]:
    """Return all routes under what the reader wants to do, danger first."""
    cards = public_routes(language=language, area=area)
    wishes = [
        Wish(group, str(title), [card for card in cards if card.group == group])
        for group, title in WISHES.items()
    ]
    return [wish for wish in wishes if wish.routes]


def routes_with_facts(
    *,
    language: str,
    groups: Sequence[RouteGroup] = (),
    keys: Iterable[str] = (),
    area: Area | None = None,
) -> dict[str, Route]:
    """Fetch the routes that a page places, all at once, by key."""
    routes = Route.objects.for_area(area).with_words(language)
    asked = {*keys}
    if asked or groups:
        routes = routes.placed(keys=asked, groups=groups)
    return {route.key: route for route in routes}


def cards_of(
    routes: Iterable[Route],
    *,
    keys: Sequence[str] = (),
    language: str,
    for_business: bool = False,
) -> list[RouteCard]:
    """Turn fetched routes into cards, leaving out those nobody could use."""
    order = {key: place for place, key in enumerate(keys)}
    cards = [
        card_of(route, language=language, for_business=for_business)
        for route in sorted(routes, key=lambda route: _place(route, order))
    ]
    return [card for card in cards if card is not None]


def card_of(
    route: Route, *, language: str, for_business: bool = False
) -> RouteCard | None:
    """Return the card of a route, or nothing when no fact of it may be used."""
    facts = [fact for fact in route.facts.all() if may_show(fact)]
    words = _wording(route, language)
    is_useful = any(fact.kind not in CIRCUMSTANCE_KINDS for fact in facts)
    if words is None or not (is_useful or route.is_protected):
        return None
    number = _first(facts, NUMBER_KINDS)
    web = _first(facts, (FactKind.WEB,))
    return RouteCard(
        key=route.key,
        group=route.group,
        name=words.name,
        when=words.when,
        say=(words.say_business if for_business else "") or words.say,
        note=words.note,
        verb=_("Text") if number and number.kind == FactKind.SMS else _("Call"),
        number=number.value if number else "",
        number_href=number.href if number else "",
        url=web.href if web else "",
        anonymity=_anonymity(route),
        facts=tuple(_line(fact) for fact in facts if fact not in (number, web)),
        status_note=_status_note(facts),
        language=words.language,
        is_emergency=route.key == EMERGENCY_KEY,
    )


def may_show(fact: RouteFact) -> bool:
    """Say whether the public may see a fact: only checked ones, or a demonstration."""
    return fact.is_public or settings.DEMONSTRATION


def _place(route: Route, order: dict[str, int]) -> tuple[bool, int, int, int]:
    place = order.get(route.key, len(order))
    return (route.key != EMERGENCY_KEY, place, route.position, route.pk)


def _first(facts: list[RouteFact], kinds: Sequence[FactKind]) -> RouteFact | None:
    by_kind = sorted(
        (fact for fact in facts if fact.kind in kinds),
        key=lambda fact: (kinds.index(FactKind(fact.kind)), not fact.is_public),
    )
    return by_kind[0] if by_kind else None


def _wording(route: Route, language: str) -> RouteWording | None:
    """Return words a named person has confirmed, or the English ones."""
    wordings = [
        wording
        for wording in route.wordings.all()
        if wording.language == "en" or wording.confirmed_by or settings.DEMONSTRATION
    ]
    return in_language(wordings, language)


def _anonymity(route: Route) -> str:
    if route.anonymity == Anonymity.UNKNOWN:
        return ""
    return str(Anonymity(route.anonymity).label)


def _line(fact: RouteFact) -> FactLine:
    label = "" if fact.kind == FactKind.TEXT else str(FactKind(fact.kind).label)
    return FactLine(label=label, value=fact.value, href=fact.href)


def _status_note(facts: list[RouteFact]) -> str:
    """Name the facts that only a demonstration shows."""
    open_facts = [fact.value for fact in facts if fact.status == FactStatus.TO_CHECK]
    if not open_facts:
        return ""
    return _("To be checked before launch: %(facts)s") % {
        "facts": "; ".join(open_facts)
    }
