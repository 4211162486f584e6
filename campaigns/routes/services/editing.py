from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.routes.enums import CONTACT_KINDS
from campaigns.routes.models import Route, RouteFact, RouteWording, ServedPlace
from campaigns.routes.services.checks import RouteError, confirm_fact, doubt_fact
from core.audit import record


@transaction.atomic
def save_route(
    *,
    route: Route,
    save: Callable[[], object],
    by: User,
    checked: Collection[RouteFact],
    is_cosmetic: bool,
    today: date,
) -> None:
    """Save what an editor wrote with `save`, and draw what follows from it.

    A fact is verified when it is among `checked`; one with a new value that is not
    loses its verification. New English words make translations give way, unless the
    change is cosmetic; new words of a translation are those of today's English, and
    wait to be confirmed. Audited.
    :raises RouteError: when a protected route would lose what it is reached by.
    """
    old_facts = {fact.pk: fact for fact in RouteFact.objects.filter(route_id=route.pk)}
    old_words = {
        words.pk: words for words in RouteWording.objects.filter(route_id=route.pk)
    }
    is_new = route.pk is None
    save()
    confirmed = {fact.pk for fact in checked}
    doubted = _settle_facts(route, old_facts, confirmed, by=by, today=today)
    english = _settle_english(route, old_words, is_cosmetic=is_cosmetic)
    _settle_translations(route, old_words)
    had_contact = _has_contact(old_facts.values())
    has_contact = _has_contact(RouteFact.objects.filter(route=route))
    if route.is_protected and had_contact and not has_contact:
        raise RouteError(
            _("This route is never hidden: it needs a number that was checked.")
        )
    record(
        "route.added" if is_new else "route.changed",
        route,
        actor=by,
        confirmed=sorted(confirmed),
        doubted=doubted,
        english=english,
    )


@transaction.atomic
def save_place(*, place: ServedPlace, save: Callable[[], object], by: User) -> None:
    """Save where readers find their area. Audited."""
    is_new = place.pk is None
    save()
    verb = "place.added" if is_new else "place.changed"
    record(verb, place, actor=by, area=place.area_id)


def _settle_facts(
    route: Route,
    old: Mapping[int, RouteFact],
    confirmed: Collection[int],
    *,
    by: User,
    today: date,
) -> list[int]:
    doubted = []
    for fact in RouteFact.objects.filter(route=route).order_by("pk"):
        before = old.get(fact.pk)
        is_same = before and (before.kind, before.value) == (fact.kind, fact.value)
        if fact.pk in confirmed:
            confirm_fact(fact, route=route, by=by, on=today)
        elif not is_same:
            doubt_fact(fact)
            doubted.append(fact.pk)
        if not is_same:
            fact.link_status = ""
        fact.save()
    return doubted


def _settle_english(
    route: Route, old: Mapping[int, RouteWording], *, is_cosmetic: bool
) -> str:
    """Keep or clear the earlier words that mean the same; say which it was."""
    english = RouteWording.objects.filter(route=route, language="en").first()
    if english is None:
        return ""
    before = old.get(english.pk)
    english.source_hash = english.own_hash()
    change = ""
    if before and before.own_hash() != english.source_hash:
        change = "cosmetic" if is_cosmetic else "material"
        kept = [*before.same_meaning, before.own_hash()]
        english.same_meaning = kept if is_cosmetic else []
    english.save()
    return change


def _settle_translations(route: Route, old: Mapping[int, RouteWording]) -> None:
    english = RouteWording.objects.filter(route=route, language="en").first()
    for words in RouteWording.objects.filter(route=route).exclude(language="en"):
        before = old.get(words.pk)
        if before and before.own_hash() == words.own_hash():
            continue
        words.source_hash = english.own_hash() if english else ""
        words.confirmed_by = ""
        words.save()


def _has_contact(facts: Iterable[RouteFact]) -> bool:
    return any(fact.is_public and fact.kind in CONTACT_KINDS for fact in facts)
