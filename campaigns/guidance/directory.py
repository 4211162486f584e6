"""Every page a reader may find: for search, the A to Z and the map of the site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest  # noqa: TID251 -- whose site
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from campaigns.guidance.links import links_of, moment_of, readable_in, shown_at
from campaigns.guidance.models import SearchSynonym, public_page_models
from campaigns.guidance.rules.alphabet import letter_of, sort_key

# All of these are "Help and advice" to the world.
SUPPORT = frozenset({"supportpage", "folderpage"})
BULLETIN = "bulletinpage"


@dataclass(frozen=True)
class ListedPage:
    """A published page in English or the reader's words, found by those of both.

    `language` is empty when its words are the reader's own.
    """

    page_ids: frozenset[int]
    path: str
    kind: str
    title: str
    heading: str
    lead: str
    url: str
    language: str

    @property
    def is_support(self) -> bool:
        return self.kind in SUPPORT

    @property
    def is_for_someone(self) -> bool:
        return self.kind == "audiencepage"


@dataclass(frozen=True)
class Entry:
    """A line of the A to Z; `see` is the page that another word leads to."""

    text: str
    url: str
    language: str = ""
    see: str = ""


@dataclass(frozen=True)
class Letter:
    letter: str
    entries: list[Entry]


def listed_pages(request: HttpRequest) -> list[ListedPage]:
    """Return the pages that are published in English, in the words of the reader.

    A page whose translation may not be read yet has its English words.
    """
    site = Site.find_for_request(request)
    if site is None:
        return []
    home = site.root_page
    links = {link.page_id: link.url for link in links_of(request)}
    rows = [*_rows(home, moment_of(request))]
    translations = {
        row["translation_key"]: row for row in rows if row["locale"] != home.locale_id
    }
    pages = []
    for row in rows:
        if row["locale"] == home.locale_id:
            path = row["url_path"].removeprefix(home.url_path)
            # Bulletins are in no menu: there may be thousands.
            url = links.get(row["pk"]) or reverse("wagtail_serve", args=[path])
            words = translations.get(row["translation_key"], row)
            pages.append(_listed(row, words, path=path.rstrip("/"), url=url))
    return pages


def a_to_z(request: HttpRequest) -> list[Letter]:
    """Return the pages and the words that lead to them, letter by letter."""
    reading = get_language() or settings.LANGUAGE_CODE
    pages = listed_pages(request)
    entries = {
        (entry.text.casefold(), entry.url): entry
        for entry in [*_other_words(request, pages, reading), *_titles(pages)]
    }
    ordered = sorted(
        entries.values(),
        key=lambda entry: (sort_key(entry.text, reading), entry.text, entry.url),
    )
    letters = groupby(ordered, key=lambda entry: letter_of(entry.text, reading))
    return [Letter(letter, [*found]) for letter, found in letters]


def _rows(home: Page, moment: datetime) -> Iterable[dict[str, Any]]:
    """Return English pages and their translations; one query whatever their kinds."""
    names = ("heading", "lead")
    words = {f"page_{name}": _of_each_kind(name) for name in names}
    english = (
        Page.objects.live().filter(shown_at(moment)).descendant_of(home, inclusive=True)
    )
    language = get_language()
    pages = english
    if language != settings.LANGUAGE_CODE:
        pages = Page.objects.filter(
            Q(pk__in=english.values("pk"))
            | readable_in(language)
            & Q(translation_key__in=english.values("translation_key"))
        )
    rows: Iterable[dict[str, Any]] = (
        pages.annotate(**words)
        .order_by("path")
        .values(
            "pk",
            "title",
            "url_path",
            "locale",
            "translation_key",
            "content_type__model",
            *words,
        )
    )
    return rows


def _of_each_kind(name: str) -> Coalesce:
    # Each kind of page keeps its words in a table of its own.
    kinds = [F(f"{model._meta.model_name}__{name}") for model in public_page_models()]
    return Coalesce(*kinds, Value(""), output_field=TextField())


def _listed(
    row: dict[str, Any], words: dict[str, Any], *, path: str, url: str
) -> ListedPage:
    is_support = row["content_type__model"] in SUPPORT
    # A page that was made only to stand above translated ones is still in English.
    is_untranslated = all(
        words[name] == row[name] for name in ("title", "page_heading")
    )
    is_foreign = is_untranslated and get_language() != settings.LANGUAGE_CODE
    return ListedPage(
        page_ids=frozenset({row["pk"], words["pk"]}),
        path=path,
        kind=row["content_type__model"],
        title=_("Help and advice") if is_support else words["title"],
        heading=_("Help and advice") if is_support else words["page_heading"],
        lead="" if is_support else words["page_lead"],
        url=url,
        language=settings.LANGUAGE_CODE if is_foreign and not is_support else "",
    )


def _titles(pages: list[ListedPage]) -> Iterable[Entry]:
    """Return a line for each page; support pages are one, and it says nothing."""
    support = [page for page in pages if page.is_support][:1]
    # Bulletins may be many, and have a list of their own.
    others = [page for page in pages if page.kind not in SUPPORT | {BULLETIN}]
    return [Entry(page.title, page.url, page.language) for page in [*others, *support]]


def _other_words(
    request: HttpRequest, pages: list[ListedPage], reading: str
) -> Iterable[Entry]:
    """Return the other words for pages and places; none that gives support away."""
    places = [link for link in links_of(request) if link.kind == "place"]
    targets = {link.path: (link.title, link.url) for link in places} | {
        page.path: (page.title, page.url) for page in pages if not page.is_support
    }
    for synonym in SearchSynonym.objects.topics(reading):
        if synonym.leads_to in targets:
            title, url = targets[synonym.leads_to]
            yield Entry(synonym.phrases[0], url, see=title)
