"""Routes as the public sees them: checked facts only, in the reader's language.

A route that nobody checked in time is replaced by its stand-in when it is fetched, so
that whoever draws its card later needs neither the day nor another query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.routes.enums import (
    ANONYMITY_MEANINGS,
    CIRCUMSTANCE_KINDS,
    CONTACT_KINDS,
    EMERGENCY_KEY,
    NUMBER_KINDS,
    STAND_INS,
    WISHES,
    Access,
    Anonymity,
    FactKind,
    RouteGroup,
)
from campaigns.routes.fact_lines import (
    FactLine,
    OtherWay,
    SourceLink,
    first_of,
    last_checked,
    line_of,
    other_ways,
    sources,
    status_note,
)
from campaigns.routes.models import Route, RouteFact, RouteWording
from campaigns.routes.rules import is_past_grace
from core.models import Area
from core.passages import direction_of


@dataclass(frozen=True)
class RouteCard:
    """What the route components need, and nothing that was not checked.

    `name`, `when`, `say` and `note` are in `language`, written in `direction`; all else
    is in the language of the page. `say_english` is there when `say` is not English:
    whoever answers the call speaks English.
    """

    key: str
    group: str
    name: str
    when: str
    say: str
    say_english: str
    say_label: str
    note: str
    verb: str
    number: str
    number_href: str
    url: str
    anonymity: str
    anonymity_meaning: str
    facts: tuple[FactLine, ...]
    status_note: str
    language: str
    direction: str
    is_emergency: bool
    area: str
    last_checked: str
    language_note: str
    stand_in_note: str
    other_ways: tuple[OtherWay, ...]
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True)
class Wish:
    """What a reader wants to do, and the routes for it."""

    key: str
    title: str
    routes: list[RouteCard]


def public_routes(
    *,
    language: str,
    today: date,
    groups: Sequence[RouteGroup] = (),
    keys: Sequence[str] = (),
    area: Area | None = None,
    for_business: bool = False,
) -> list[RouteCard]:
    """Return the routes of these groups and keys, emergency first, then as asked.

    Without groups and keys all routes are meant. Three queries however many routes.
    """
    fetched = routes_with_facts(
        language=language, today=today, groups=groups, keys=keys, area=area
    )
    wants_all = not (groups or keys)
    routes = [
        route
        for route in fetched.values()
        if wants_all or route.key in keys or route.group in groups
    ]
    return cards_of(routes, keys=keys, language=language, for_business=for_business)


def routes_by_wish(
    *, language: str, today: date, area: Area | None = None
) -> list[Wish]:
    """Return all routes under what the reader wants to do, danger first."""
    cards = public_routes(language=language, today=today, area=area)
    wishes = [
        Wish(group, str(title), [card for card in cards if card.group == group])
        for group, title in WISHES.items()
    ]
    return [wish for wish in wishes if wish.routes]


def routes_with_facts(
    *,
    language: str,
    today: date,
    groups: Sequence[RouteGroup] = (),
    keys: Iterable[str] = (),
    area: Area | None = None,
) -> dict[str, Route]:
    """Fetch the routes that a page places, all at once, by key.

    Those that may stand in for them, and the other ways to use them, come with them:
    whoever places routes picks from these by key or by group.
    """
    routes = Route.objects.for_area(area).with_words(language)
    asked = {*keys}
    if asked or groups:
        routes = routes.placed(keys=asked, groups=groups)
    fetched = {route.key: route for route in routes}
    for route in fetched.values():
        route.other_ways = [
            other for other in fetched.values() if other.alternative_to_id == route.pk
        ]
        if is_too_old(route, today=today):
            route.stand_in = _stand_in(route, fetched)
        route.facts_shown = _facts_to_show(route, today)
    return fetched


def is_too_old(route: Route, *, today: date) -> bool:
    """Say whether nobody has checked in time how an unprotected route is reached."""
    return not route.is_protected and any(
        is_past_grace(fact.check_by, today=today)
        for fact in route.facts.all()
        if fact.kind in CONTACT_KINDS and may_show(fact)
    )


def cards_of(
    routes: Iterable[Route],
    *,
    keys: Sequence[str] = (),
    language: str,
    for_business: bool = False,
) -> list[RouteCard]:
    """Turn fetched routes into cards, leaving out those nobody could use.

    A stand-in is shown once, however many it stands in for.
    """
    order = {key: place for place, key in enumerate(keys)}
    cards: dict[str, RouteCard] = {}
    for route in sorted(routes, key=lambda route: _place(route, order)):
        card = card_of(route, language=language, for_business=for_business)
        if card is None:
            continue
        known = cards.setdefault(card.key, card)
        if card.stand_in_note:
            cards[card.key] = replace(known, stand_in_note=card.stand_in_note)
    return sorted(cards.values(), key=lambda card: not card.is_emergency)


def card_of(
    route: Route, *, language: str, for_business: bool = False
) -> RouteCard | None:
    """Return the card of a route, or nothing when no fact of it may be used."""
    replaced = route if route.stand_in else None
    route = route.stand_in or route
    facts = route.facts_shown
    words = _wording(route, language)
    is_useful = any(fact.kind not in CIRCUMSTANCE_KINDS for fact in facts)
    if words is None or not (is_useful or route.is_protected):
        return None
    number = first_of(facts, NUMBER_KINDS)
    web = first_of(facts, (FactKind.WEB,))
    say, say_english = _said(route, words, for_business=for_business)
    return RouteCard(
        key=route.key,
        group=route.group,
        name=words.name,
        when=words.when,
        say=say,
        say_english=say_english,
        say_label=_say_label(route),
        note=words.note,
        verb=_("Text") if number and number.kind == FactKind.SMS else _("Call"),
        number=number.value if number else "",
        number_href=number.href if number else "",
        url=web.href if web else "",
        anonymity=_anonymity(route),
        anonymity_meaning=str(ANONYMITY_MEANINGS[Anonymity(route.anonymity)]),
        facts=tuple(
            line_of(fact, language) for fact in facts if fact not in (number, web)
        ),
        status_note=status_note(facts, language),
        language=words.language,
        direction=direction_of(words.language),
        is_emergency=route.key == EMERGENCY_KEY,
        area=route.area.name if route.area else "",
        last_checked=last_checked(facts),
        language_note=_language_note(words, language),
        stand_in_note=_stand_in_note(replaced),
        other_ways=tuple(other_ways(route)),
        sources=tuple(sources(facts)),
    )


def may_show(fact: RouteFact) -> bool:
    """Say whether the public may see a fact: only checked ones, or a demonstration."""
    return fact.is_public or settings.DEMONSTRATION


def _place(route: Route, order: dict[str, int]) -> tuple[bool, int, int, int]:
    place = order.get(route.key, len(order))
    return (route.key != EMERGENCY_KEY, place, route.position, route.pk)


def _wording(route: Route, language: str) -> RouteWording | None:
    """Return the words of a language, or the English ones when they may not be read.

    They may be read when a named person has confirmed them and they still say what the
    English says today.
    """
    by_language: dict[str, RouteWording] = {
        wording.language: wording for wording in route.wordings.all()
    }
    english = by_language.get("en")
    own = by_language.get(language)
    if own is None or english is None or own is english:
        return own or english
    is_confirmed = bool(own.confirmed_by) or settings.DEMONSTRATION
    return own if is_confirmed and own.may_be_read_for(english) else english


def _said(route: Route, words: RouteWording, *, for_business: bool) -> tuple[str, str]:
    """Return what to say, and the same in English where those words are not."""
    field = "say_business" if for_business and words.say_business else "say"
    said: str = getattr(words, field)
    english = _wording(route, "en")
    if not said or english is None or words.language == "en":
        return said, ""
    return said, getattr(english, field)


def _say_label(route: Route) -> str:
    is_spoken = route.access == Access.VOICE
    return _("What to say") if is_spoken else _("What to do")


def _language_note(words: RouteWording, language: str) -> str:
    if words.language == language:
        return ""
    return _("These words are in English for now.")


def _facts_to_show(route: Route, today: date) -> list[RouteFact]:
    """Return what the public may see; what is too old only of a protected route."""
    return [
        fact
        for fact in route.facts.all()
        if may_show(fact)
        and (route.is_protected or not is_past_grace(fact.check_by, today=today))
    ]


def _stand_in(route: Route, fetched: dict[str, Route]) -> Route | None:
    """Return the route an editor has chosen, or the usual one of its group."""
    chosen = (other for other in fetched.values() if other.pk == route.fallback_id)
    usual = fetched.get(STAND_INS[RouteGroup(route.group)])
    return next(chosen, None) or usual


def _stand_in_note(replaced: Route | None) -> str:
    if replaced is None:
        return ""
    if replaced.area_id:
        return _("Our local number is being checked. Use this one for now.")
    return _("Another number is being checked. Use this one for now.")


def _anonymity(route: Route) -> str:
    if route.anonymity == Anonymity.UNKNOWN:
        return ""
    return str(Anonymity(route.anonymity).label)
