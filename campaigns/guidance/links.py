"""The addresses of the public pages, read once per request for menus and texts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest  # noqa: TID251 -- whose site, and to remember
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, gettext_noop
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core.languages import OTHER_LANGUAGES, spoken_languages
from core.remembering import once


@dataclass(frozen=True)
class SiteLink:
    """A place on the site: `path` is its address below the home page, or its name."""

    path: str
    title: str
    url: str
    kind: str
    is_in_menus: bool = False
    is_current: bool = False
    page_id: int | None = None
    # Set when the title is not in the language being read.
    language: str = ""
    english_title: str = ""

    def in_english(self) -> "SiteLink":
        """Return the link as English words around it need it: the same address."""
        return replace(self, title=self.english_title or self.title, language="")


def readable_in(language: str | None) -> Q:
    """Match the translated pages that may be read: confirmed, or in a demonstration."""
    published = Q(live=True, locale__language_code=language)
    if settings.DEMONSTRATION:
        return published
    return published & Q(page_words__confirmed_at__isnull=False)


def moment_of(request: HttpRequest) -> datetime:
    """Return the one moment at which a whole page is answered."""
    moment: datetime = vars(request).setdefault("moment", timezone.now())
    return moment


def shown_at(moment: datetime) -> Q:
    """Leave out the pages of campaigns that are still to open, in every language."""
    opened = Page.objects.filter(campaignpage__own_campaign__opens_at__lte=moment)
    return Q(campaignpage__isnull=True) | Q(
        translation_key__in=opened.values("translation_key")
    )


def site_of(request: HttpRequest) -> Site | None:
    """Return the site that a public address belongs to."""
    host = (request.get_host(), request.get_port())
    site: Site | None = once(("site", *host), lambda: Site.find_for_request(request))
    # Under the name by which Wagtail looks for it.
    vars(request)["_wagtail_site"] = site
    return site


def links_of(request: HttpRequest) -> list[SiteLink]:
    """Return the published pages and the named places; one query per request."""
    remembered = vars(request)
    if "site_links" not in remembered:
        remembered["site_links"] = [*_named_places(request), *_pages(request)]
    links: list[SiteLink] = remembered["site_links"]
    return links


def main_menu(request: HttpRequest) -> list[SiteLink]:
    return [link for link in links_of(request) if link.is_in_menus]


def footer_menu(request: HttpRequest) -> list[SiteLink]:
    """Return guidance, the first of the support pages and the named places."""
    kinds = {"guidancepage", "bulletinindexpage", "campaignspage", "place"}
    return [
        link
        for link in links_of(request)
        if link.kind in kinds or (link.kind == "supportpage" and link.is_in_menus)
    ]


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the same address in each language that is spoken, named in its own words.

    Without its query: what a reader typed is written nowhere, nor in a link.
    """
    reading = get_language()
    prefixes = tuple(f"/{code}/" for code in OTHER_LANGUAGES)
    path = request.path
    if path.startswith(prefixes):
        path = "/" + path[1:].partition("/")[2]
    names = dict(settings.LANGUAGES)
    return [
        {
            "code": code,
            "name": names[code],
            "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "url": _prefixed(path, code),
            "address": settings.WAGTAILADMIN_BASE_URL + _prefixed(path, code),
            "is_current": code == reading,
        }
        for code in spoken_languages()
    ]


def _prefixed(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def _named_places(request: HttpRequest) -> list[SiteLink]:
    # Working out five addresses costs more than all other links of a page together.
    places = once(("places", get_language()), _places)
    return [_marked(link, request) for link in places]


def _places() -> list[SiteLink]:
    places = [
        _place("finder", gettext_noop("Who to tell"), reverse("routes:finder")),
        _place("search", gettext_noop("Search"), reverse("guidance:search")),
        _place("a-to-z", gettext_noop("A to Z"), reverse("guidance:a-to-z")),
    ]
    try:
        # By name only: the room that answers it stands above this one.
        join = reverse("register:join")
    except NoReverseMatch:
        join = ""
    if join:
        places.append(_place("join", gettext_noop("Join the scheme"), join))
    places.append(
        _place("leave", gettext_noop("Exit this page"), reverse("core:leave"), "exit")
    )
    return places


def _place(path: str, title: str, url: str, kind: str = "place") -> SiteLink:
    return SiteLink(
        path=path,
        title=_(title),
        url=url,
        kind=kind,
        is_in_menus=path in {"finder", "search"},
        english_title=title,
    )


def _pages(request: HttpRequest) -> list[SiteLink]:
    """Return the English pages, which lead, with their titles in the reader's language.

    One query for both: the translations come along as rows of their own.
    """
    site = site_of(request)
    if site is None:
        return []
    moment = moment_of(request)
    links = once(("links", site.pk, get_language()), lambda: _read_links(site, moment))
    return [_marked(link, request) for link in _interrupted(links, request)]


def _read_links(site: Site, moment: datetime) -> list[SiteLink]:
    home = site.root_page
    english = (
        Page.objects.live()
        .filter(shown_at(moment))
        .descendant_of(home, inclusive=True)
        # There may be thousands, and they are found from their list.
        .exclude(content_type__model="bulletinpage")
    )
    language = get_language()
    pages = english
    if language != settings.LANGUAGE_CODE:
        pages = Page.objects.filter(
            Q(pk__in=english.values("pk"))
            | readable_in(language)
            & Q(translation_key__in=english.values("translation_key"))
        )
    rows = pages.order_by("path").values_list(
        "pk",
        "title",
        "url_path",
        "show_in_menus",
        "content_type__model",
        "translation_key",
        "locale_id",
    )
    titles = {
        key: title for _pk, title, *_, key, locale in rows if locale != home.locale_id
    }
    return [
        _page_link(row, titles, below=home.url_path)
        for row in rows
        if row[-1] == home.locale_id
    ]


def _page_link(
    row: tuple[int, str, str, bool, str, UUID, int],
    titles: dict[UUID, str],
    *,
    below: str,
) -> SiteLink:
    pk, title, url_path, is_in_menus, kind, key, _locale = row
    path = url_path.removeprefix(below)
    words = titles.get(key, title)
    is_foreign = words == title and get_language() != settings.LANGUAGE_CODE
    return SiteLink(
        path.rstrip("/"),
        words,
        # Not `page.url`: that leads to the language of the page, not of the reader.
        reverse("wagtail_serve", args=[path]),
        kind,
        is_in_menus,
        page_id=pk,
        language=settings.LANGUAGE_CODE if is_foreign else "",
        english_title=title,
    )


def _interrupted(links: list[SiteLink], request: HttpRequest) -> list[SiteLink]:
    """Lead from elsewhere to a support page by way of the page that stands before it.

    It says what comes next and how to leave. Held by where the reader is now, because
    nothing may be kept about where they have been.
    """
    gates = {link.path: link.url for link in links if link.kind == "folderpage"}
    ahead = {
        path: url for path, url in gates.items() if not request.path.startswith(url)
    }
    return [
        replace(link, url=ahead[folder])
        if (folder := link.path.rpartition("/")[0]) in ahead
        else link
        for link in links
    ]


def _marked(link: SiteLink, request: HttpRequest) -> SiteLink:
    return replace(link, is_current=True) if link.url == request.path else link
