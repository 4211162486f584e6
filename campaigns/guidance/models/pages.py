from collections.abc import Mapping
from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest  # noqa: TID251 -- Wagtail hands it to pages
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from campaigns.guidance.admin_forms import PublicPageForm
from campaigns.guidance.blocks import BodyBlock, ChoicesBlock
from campaigns.guidance.enums import Motif, Readers
from campaigns.guidance.links import links_of
from campaigns.guidance.models.open_seasons import running_seasons
from campaigns.guidance.placing import PlacedWords, place
from core.careful_forms import careful_words_panel


class PublicPage(Page):
    """What every public page has. It places routes and signs and holds none.

    Abstract, and not WAGTAIL_PAGE_MODEL: the migrations of wagtail-localize point at
    wagtailcore.Page, so a page model of our own would cut us off from translations.
    `title` is the short name in menus and in the admin, `heading` what a reader sees.
    """

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"), blank=True)
    motif = models.CharField(
        _("drawing"), max_length=20, choices=Motif, default=Motif.MARK
    )
    content_note = models.TextField(
        _("before you read"),
        blank=True,
        help_text=_("What hard things the page speaks of, and that one may leave."),
    )
    body = StreamField(BodyBlock(), blank=True)
    readers = models.CharField(
        _("who reads it"),
        max_length=20,
        choices=Readers,
        default=Readers.PUBLIC,
        help_text=_("Decides how easily the page must read."),
    )
    search_words = models.TextField(
        _("search words"),
        blank=True,
        help_text=_("Other words people type for this, with commas between them."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("motif"), FieldPanel("readers")]),
        FieldPanel("content_note"),
        FieldPanel("body"),
        careful_words_panel(),
    ]
    base_form_class = PublicPageForm
    promote_panels = [*Page.promote_panels, FieldPanel("search_words")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("search_words"),
    ]
    # Nothing is ever sent to a public page, so nothing but reading is answered.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A restricted page asks who the reader is, and keeps the answer in a session.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none, without the two queries that would find none."""
        none: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
        return none

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        placed = place(
            self.sections(),
            texts=[self.lead, self.content_note],
            links=links_of(request),
            language=get_language() or "en",
            today=timezone.localdate(),
        )
        return context | {
            "placed": placed,
            "doors": self.doors(placed),
            "lead": placed.inline(self.lead),
            "content_note": placed.paragraphs(self.content_note),
            "words_language": self.words_language(),
        }

    def words_language(self) -> str:
        """Return the language of the words when it is not the one being read."""
        reading = get_language()
        if reading == settings.LANGUAGE_CODE:
            return ""
        code: str = self.locale.language_code
        return "" if code == reading else code

    def sections(self) -> list[Mapping[str, Any]]:
        """Return the values of everything on the page that may place something."""
        return [block.value for block in self.body]

    def doors(self, placed: PlacedWords) -> list[dict[str, Any]]:
        """Return the pages that a section of doors may lead to, if there is one."""
        if not any(block.block_type == "doors" for block in self.body):
            return []
        links = {link.page_id: link for link in placed.links.values()}
        return [
            {
                "title": page.title,
                "motif": page.motif,
                "url": links[page.pk].url,
                "path": links[page.pk].path,
            }
            for page in self.behind_doors().live().order_by("path")
            if page.pk in links
        ]

    def behind_doors(self) -> PageQuerySet:
        return AudiencePage.objects.all()


class HomePage(PublicPage):
    choices = StreamField(
        ChoicesBlock(max_num=3), blank=True, verbose_name=_("big choices")
    )

    content_panels = [*PublicPage.content_panels, FieldPanel("choices")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "guidance.AudiencePage",
        "guidance.GuidancePage",
        "guidance.FolderPage",
        "guidance.BulletinIndexPage",
        "guidance.CampaignsPage",
    ]
    # One for each language: a translated home stands beside the English one.
    max_count_per_parent = 5

    class Meta:
        verbose_name = _("home page")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "choices": _choice_cards(self.choices, context["placed"]),
            "seasons": running_seasons(request),
        }

    def sections(self) -> list[Mapping[str, Any]]:
        return [*super().sections(), *(block.value for block in self.choices)]


def _choice_cards(choices: StreamValue, placed: PlacedWords) -> list[dict[str, Any]]:
    return [_choice_card(block.value, placed) for block in choices]


def _choice_card(choice: Mapping[str, Any], placed: PlacedWords) -> dict[str, Any]:
    card = placed.card(choice["route"] or "")
    return {
        "text": choice["heading"],
        "note": placed.plain(choice["text"]),
        "url": card.number_href if card else placed.link(choice["link"]).url,
        "tone": "danger" if card and card.is_emergency else "",
    }


class AudiencePage(PublicPage):
    """For one kind of person: what they may see, and what to do, danger first."""

    parent_page_types = ["guidance.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("audience page")


class GuidancePage(PublicPage):
    parent_page_types = ["guidance.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guidance page")


class FolderPage(PublicPage):
    """What a reader meets before the first support page, and the step above them all.

    Says what comes next and how to leave. Links from elsewhere to a support page lead
    here (`links.py`); between support pages it does not come again.
    """

    choices = StreamField(
        ChoicesBlock(max_num=3), blank=True, verbose_name=_("ways on and out")
    )

    content_panels = [*PublicPage.content_panels, FieldPanel("choices")]
    parent_page_types = ["guidance.HomePage"]
    subpage_types = ["guidance.SupportPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page before the support pages")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        inside = self.slug + "/"
        links = [link for link in links_of(request) if link.path.startswith(inside)]
        return context | {
            "choices": _choice_cards(self.choices, context["placed"]),
            # A page made before it had choices still leads on.
            "links": [] if self.choices else links,
        }

    def sections(self) -> list[Mapping[str, Any]]:
        return [*super().sections(), *(block.value for block in self.choices)]


class SupportPage(PublicPage):
    """For a person harmed, who may be watched.

    Its address, title and link preview say nothing: they stay in histories.
    """

    parent_page_types = ["guidance.FolderPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("support page")

    def behind_doors(self) -> PageQuerySet:
        return SupportPage.objects.all()
