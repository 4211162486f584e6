"""The words by which search finds a page: its own, its signs' and its routes'."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from campaigns.guidance.placing import TOKEN
from campaigns.guidance.rules.terms import searchable
from campaigns.routes.models import RouteWording
from campaigns.signs.rendering import public_signs

# What a block keeps for the machine: nobody searches for the name of a style.
NOT_WORDS = frozenset(
    {"audiences", "groups", "harm", "keys", "limit", "link", "route", "style", "voice"}
)


def found_words(
    sections: Iterable[Mapping[str, Any]], *, texts: Iterable[str], language: str
) -> str:
    """Return all that a page says and places, folded as `terms` folds a search."""
    sections = list(sections)
    own = (TOKEN.sub(r" \2 ", text) for text in [*texts, *_texts_of(sections)])
    return searchable([*own, *_signs(sections, language), *_routes(sections, language)])


def _texts_of(value: Any, name: str = "") -> Iterator[str]:
    """Yield every text that a reader may read, however the blocks are nested."""
    if name in NOT_WORDS:
        return
    if isinstance(value, str):
        yield value
    elif hasattr(value, "items"):
        for key, part in value.items():
            yield from _texts_of(part, key)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts_of(part)


def _signs(sections: list[Mapping[str, Any]], language: str) -> Iterator[str]:
    for section in sections:
        audiences = section.get("audiences") or ()
        if audiences:
            harm = section.get("harm")
            signs = public_signs(audiences=audiences, language=language)
            yield from (sign.text for sign in signs if not harm or sign.harm == harm)


def _routes(sections: list[Mapping[str, Any]], language: str) -> list[str]:
    placed = Q()
    for section in sections:
        keys = [*(section.get("keys") or ()), section.get("route") or ""]
        placed |= Q(route__key__in=keys) | Q(route__group__in=section.get("groups", ()))
    names = RouteWording.objects.filter(placed, language__in={language, "en"})
    return [*names.order_by("pk").values_list("name", flat=True)] if placed else []
