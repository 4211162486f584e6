import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.routes.enums import FactStatus
from campaigns.routes.models import Route, RouteFact, RouteWording, ServedPlace
from campaigns.routes.rules import folded, next_check
from core.audit import record
from core.content_words import translated
from core.generation import bump
from core.models import Area, Installation

CONTENT = Path(__file__).parent / "content" / "routes.toml"
WORDS = ("name", "when", "say", "say_business", "note")


@transaction.atomic
def load_routes(path: Path = CONTENT, *, today: date) -> list[str]:
    """Add the routes that are not there yet; never touch one an editor may have edited.

    A local route waits until its area exists here. A verified fact is due one interval
    from `today`; nobody here has checked it yet. Translations we ship are added as
    drafts where a language is missing. Returns the keys of the new routes.
    """
    content = tomllib.loads(path.read_text())
    areas = {area.slug: area for area in Area.objects.all()}
    known = set(Route.objects.values_list("key", flat=True))
    entries = [
        entry
        for entry in content["route"]
        if entry["key"] not in known and entry.get("area", "") in {"", *areas}
    ]
    for entry in entries:
        route = _add(entry, areas.get(entry.get("area", "")))
        _add_facts(route, entry, sources=content.get("sources", {}), today=today)
        _add_words(route, entry)
    _join(entries)
    keys = [entry["key"] for entry in entries]
    drafts = _add_drafts()
    if keys or drafts:
        bump()
        record(
            "routes.loaded", Installation(pk=1), job=__name__, keys=keys, drafts=drafts
        )
    return keys


@transaction.atomic
def load_places(names: Mapping[Area, Iterable[str]]) -> int:
    """Add the places that are not there yet, by area; return how many were new."""
    known = set(ServedPlace.objects.values_list("folded", flat=True))
    places = {
        folded(name): ServedPlace(area=area, name=name, folded=folded(name))
        for area, own in names.items()
        for name in own
        if folded(name) not in known
    }
    ServedPlace.objects.bulk_create(places.values())
    if places:
        bump()
        record("places.loaded", Installation(pk=1), job=__name__, places=len(places))
    return len(places)


def _add(entry: dict[str, Any], area: Area | None) -> Route:
    optional = {
        key: entry[key] for key in ("access", "check_every_days") if key in entry
    }
    route: Route = Route.objects.create(
        key=entry["key"],
        group=entry["group"],
        position=entry["position"],
        area=area,
        anonymity=entry["anonymity"],
        is_protected=entry["is_protected"],
        **optional,
    )
    return route


def _add_facts(
    route: Route, entry: dict[str, Any], *, sources: Mapping[str, str], today: date
) -> None:
    facts = [
        RouteFact(route=route, source_url=_source_url(fact, sources), **fact)
        for fact in entry.get("fact", ())
    ]
    for fact in facts:
        if fact.status == FactStatus.VERIFIED:
            fact.check_by = next_check(today, every_days=route.check_every_days)
    RouteFact.objects.bulk_create(facts)


def _source_url(fact: dict[str, Any], sources: Mapping[str, str]) -> str:
    """Return the page of the first source that has one fit to send a reader to."""
    keys = (key.strip() for key in fact.get("source", "").split(","))
    return next((sources[key] for key in keys if key in sources), "")


def _add_words(route: Route, entry: dict[str, Any]) -> None:
    english = RouteWording(route=route, language="en", **entry["en"])
    source_hash = english.source_hash = english.own_hash()
    translations = [
        RouteWording(
            route=route, language=language, source_hash=source_hash, **entry[language]
        )
        for language, _ in settings.LANGUAGES
        if language != "en" and language in entry
    ]
    RouteWording.objects.bulk_create([english, *translations])


def _add_drafts() -> int:
    """Add the translations we ship where a route has none in that language yet."""
    wordings = list(RouteWording.objects.order_by("pk"))
    known = {(wording.route_id, wording.language) for wording in wordings}
    drafts = [
        draft
        for english in wordings
        if english.language == "en"
        for language, _ in settings.LANGUAGES
        if (english.route_id, language) not in known
        and (draft := _draft(english, language))
    ]
    return len(RouteWording.objects.bulk_create(drafts))


def _draft(english: RouteWording, language: str) -> RouteWording | None:
    words = {
        field: translated(text, language) if (text := getattr(english, field)) else ""
        for field in WORDS
    }
    if None in words.values():
        return None
    return RouteWording(
        route_id=english.route_id,
        language=language,
        source_hash=english.own_hash(),
        **words,
    )


def _join(entries: list[dict[str, Any]]) -> None:
    """Point routes at their stand-ins and at the routes they are another way to use."""
    pks = dict(Route.objects.values_list("key", "pk"))
    for entry in entries:
        Route.objects.filter(pk=pks[entry["key"]]).update(
            fallback=pks.get(entry.get("fallback", "")),
            alternative_to=pks.get(entry.get("alternative_to", "")),
        )
