"""What a page places: routes, signs and links, fetched at once however many."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from campaigns.guidance.links import SiteLink
from campaigns.routes.models import Route
from campaigns.routes.rendering import (
    RouteCard,
    card_of,
    cards_of,
    routes_with_facts,
)
from campaigns.signs.enums import Audience
from campaigns.signs.rendering import (
    PublicSign,
    SignGroup,
    public_signs,
    sign_groups,
)
from core.passages import marked, names_marked
from core.remembering import once
from media.images.models import Permitted

TOKEN = re.compile(r"\{(route|link):([\w/-]+)\}")


@dataclass(frozen=True)
class PlacedWords:
    """The routes, signs and links that the blocks of one page draw from."""

    routes: dict[str, Route]
    signs: list[PublicSign]
    links: dict[str, SiteLink]
    # Of the sentences that hold tokens, and of the routes and signs in lists.
    language: str
    today: date
    list_language: str

    def cards(
        self, *, keys: list[str], groups: Iterable[str] = (), for_business: bool = False
    ) -> list[RouteCard]:
        asked = ("cards", *keys, "", *groups, for_business, self.list_language)
        return once(asked, lambda: self._cards(keys, groups, for_business=for_business))

    def _cards(
        self, keys: list[str], groups: Iterable[str], *, for_business: bool
    ) -> list[RouteCard]:
        wanted = [
            route
            for route in self.routes.values()
            if route.key in keys or route.group in groups
        ]
        return cards_of(
            wanted, keys=keys, language=self.list_language, for_business=for_business
        )

    def sign_groups(
        self, audiences: Iterable[str], *, harm: str | None, limit: int | None
    ) -> list[SignGroup]:
        return sign_groups(
            self.signs, audiences=audiences, harm=harm or "", limit=limit
        )

    def card(self, key: str) -> RouteCard | None:
        route = self.routes.get(key)
        if route is None:
            return None
        return once(
            ("card", key, self.language), lambda: card_of(route, language=self.language)
        )

    def usable[Shown: Permitted](self, shown: Shown | None) -> Shown | None:
        """Return a picture or video that may be shown today, else nothing."""
        return shown if shown and shown.is_usable(self.today) else None

    def named(self, text: str) -> SafeString:
        """Write a text without tokens, such as a heading."""
        return names_marked(text, self.language)

    def inline(self, text: str) -> SafeString:
        """Write a text with its tokens as links to call or to follow."""
        if "{" not in text:
            return self.named(text)
        return mark_safe(_filled(text, self._linked, self.language))  # noqa: S308 -- each part is escaped

    def plain(self, text: str) -> SafeString:
        """Write a text with its tokens as words, for inside a link."""
        return mark_safe(_filled(text, self._worded, self.language))  # noqa: S308 -- each part is escaped

    def paragraphs(self, text: str) -> list[SafeString]:
        parts = (part.strip() for part in re.split(r"\n\s*\n", text))
        return [self.inline(part) for part in parts if part]

    @property
    def is_aside(self) -> bool:
        """Say whether lists are in another language than the sentences around them."""
        return self.language != self.list_language

    def in_english(self) -> "PlacedWords":
        """Return the same for sentences in English, which lead where the reader's do.

        Routes and signs stay in the reader's language: their rooms know which of them
        may be read in it.
        """
        if self.language == settings.LANGUAGE_CODE:
            return self
        return replace(
            self,
            language=settings.LANGUAGE_CODE,
            links={path: link.in_english() for path, link in self.links.items()},
        )

    def link(self, path: str) -> SiteLink:
        """Return a page or named place; a dead link leads to who to tell instead."""
        return self.links.get(path) or self.links["finder"]

    def _linked(self, kind: str, key: str) -> str:
        if kind == "link":
            return _page_anchor(self.link(key))
        card = self.card(key)
        if card is None:
            return _page_anchor(self.links["finder"])
        name = self._name(card)
        if not card.number:
            return _anchor(card.url, name)
        number = _anchor(card.number_href, escape(card.number))
        if card.name == card.number:
            return number
        return format_html("{} ({})", name, number)

    def _worded(self, kind: str, key: str) -> str:
        card = self.card(key) if kind == "route" else None
        if card is None:
            return marked(self.link(key).title, self.link(key).language)
        if card.number:
            return escape(card.number)
        return self._name(card)

    def _name(self, card: RouteCard) -> SafeString:
        if card.language == self.language:
            return names_marked(card.name, self.language)
        return marked(card.name, card.language)


def place(
    sections: Iterable[Mapping[str, Any]],
    *,
    links: Iterable[SiteLink],
    language: str,
    today: date,
) -> PlacedWords:
    """Fetch what the sections of a page, and the texts beside them, may place."""
    has_signs = any(section.get("audiences") for section in sections)
    return PlacedWords(
        # Read when the first is asked for: a page may place none.
        routes=cast(
            "dict[str, Route]",
            SimpleLazyObject(lambda: _fetch_routes(language, today)),
        ),
        signs=_fetch_signs(language) if has_signs else [],
        links={link.path: link for link in links},
        language=language,
        today=today,
        list_language=language,
    )


def _fetch_routes(language: str, today: date) -> dict[str, Route]:
    """Return all routes: most pages place many, and all pages share them."""
    return once(
        ("routes", language, today),
        lambda: routes_with_facts(language=language, today=today),
    )


def _fetch_signs(language: str) -> list[PublicSign]:
    return once(
        ("signs", language),
        lambda: public_signs(audiences=Audience.values, language=language),
    )


def _filled(text: str, fill: Callable[[str, str], str], language: str) -> str:
    """Escape a text of this language and put the filled tokens between its parts."""
    parts = TOKEN.split(text)
    filled: list[str] = [names_marked(parts[0], language)]
    for kind, key, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        filled += [fill(kind, key), names_marked(rest, language)]
    return "".join(filled)


def _page_anchor(link: SiteLink) -> str:
    return _anchor(link.url, marked(link.title, link.language))


def _anchor(url: str, words: SafeString) -> str:
    return format_html('<a href="{}">{}</a>', url, words) if url else words
