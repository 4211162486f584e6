"""The addresses of the public pages, read once per request for menus and texts."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest  # noqa: TID251 -- whose site, and to remember
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site


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


def _named_places(request: HttpRequest) -> list[SiteLink]:
    places = [
        SiteLink(
            path="finder",
            title=_("Who to tell"),
            url=reverse("routes:finder"),
            kind="place",
            is_in_menus=True,
        )
    ]
    try:
        # By name only: the room that answers it stands above this one.
        join = reverse("register:join")
    except NoReverseMatch:
        join = ""
    if join:
        places.append(SiteLink("join", _("Join the scheme"), join, "place"))
    places.append(SiteLink("leave", _("Exit this page"), reverse("core:leave"), "exit"))
    return [_marked(link, request) for link in places]


def _pages(request: HttpRequest) -> list[SiteLink]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    home = site.root_page
    if get_language() != settings.LANGUAGE_CODE:
        home = home.localized
    rows = (
        Page.objects.live()
        .filter(shown_at(moment_of(request)))
        .descendant_of(home, inclusive=True)
        # There may be thousands, and they are found from their list.
        .exclude(content_type__model="bulletinpage")
        .order_by("path")
        .values_list("pk", "title", "url_path", "show_in_menus", "content_type__model")
    )
    links = [_page_link(row, below=home.url_path) for row in rows]
    return [_marked(link, request) for link in _interrupted(links, request)]


def _page_link(row: tuple[int, str, str, bool, str], *, below: str) -> SiteLink:
    pk, title, url_path, is_in_menus, kind = row
    path = url_path.removeprefix(below)
    # Not `page.url`: that leads to the language of the page, not of the reader.
    url = reverse("wagtail_serve", args=[path])
    return SiteLink(path.rstrip("/"), title, url, kind, is_in_menus, page_id=pk)


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
        replace(link, url=ahead.get(link.path.rpartition("/")[0], link.url))
        for link in links
    ]


def _marked(link: SiteLink, request: HttpRequest) -> SiteLink:
    return replace(link, is_current=link.url == request.path)
