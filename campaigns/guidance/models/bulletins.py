from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest  # noqa: TID251 -- Wagtail hands it to pages
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from campaigns.guidance.links import links_of, readable_in
from campaigns.guidance.models.pages import PublicPage

BULLETINS_A_PAGE = 20


class BulletinIndexPage(PublicPage):
    """All bulletins, newest first."""

    parent_page_types = ["guidance.HomePage"]
    subpage_types = ["guidance.BulletinPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of bulletins")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # Rows and not pages: the address of each is that of this page and its slug.
        bulletins = (
            BulletinPage.objects.live()
            .child_of(self.english or self)
            .order_by("-issued_on", "-pk")
            .values("slug", "heading", "for_whom", "issued_on", "translation_key")
        )
        page_obj = Paginator(bulletins, BULLETINS_A_PAGE).get_page(
            request.GET.get("page")
        )
        page_obj.object_list = _in_reading_language(list(page_obj.object_list))
        return context | {"page_obj": page_obj, "own_url": self._own_url(request)}

    def _own_url(self, request: HttpRequest) -> str:
        links = links_of(request)
        own = (self.english or self).pk
        return next((link.url for link in links if link.page_id == own), "")


class BulletinPage(PublicPage):
    """What is new about one kind of harm, and what to do about it."""

    issued_on = models.DateField(_("issued on"), db_index=True)
    for_whom = models.CharField(
        _("who should read it"), max_length=200, help_text=_("In a few words.")
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("for_whom")]),
        *PublicPage.content_panels[len(Page.content_panels) :],
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("for_whom")]
    parent_page_types = ["guidance.BulletinIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("bulletin")


def issued_bulletins(*, today: date) -> "models.QuerySet[BulletinPage]":
    """Return the English pages, which lead, of what is issued; the newest first."""
    issued: models.QuerySet[BulletinPage] = BulletinPage.objects.live().filter(
        locale__language_code=settings.LANGUAGE_CODE, issued_on__lte=today
    )
    return issued.order_by("-issued_on", "-pk")


def bulletin_lines(
    bulletins: "models.QuerySet[BulletinPage]", *further: str
) -> list[dict[str, Any]]:
    """Return their words in the reader's language, and the address of each.

    `further` are annotations to be handed on. A second query in other languages.
    """
    rows = bulletins.values(
        "url_path", "heading", "for_whom", "issued_on", "translation_key", *further
    )
    # The home page is the first part of the path, and is not in the address.
    lines = [
        row | {"url": reverse("wagtail_serve", args=[row["url_path"].split("/", 2)[2]])}
        for row in rows
    ]
    return _in_reading_language(lines)


def _in_reading_language(bulletins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put translated words over the English ones, and mark those that stay English."""
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return bulletins
    keys = [bulletin["translation_key"] for bulletin in bulletins]
    translated = {
        row.pop("translation_key"): row
        for row in BulletinPage.objects.filter(
            readable_in(language), translation_key__in=keys
        ).values("translation_key", "heading", "for_whom")
    }
    return [
        bulletin
        | translated.get(
            bulletin["translation_key"], {"language": settings.LANGUAGE_CODE}
        )
        for bulletin in bulletins
    ]
