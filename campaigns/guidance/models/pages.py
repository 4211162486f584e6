from collections.abc import Mapping
from http import HTTPMethod
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F
from django.http import (  # noqa: TID251 -- Wagtail hands requests to pages
    HttpRequest,
    HttpResponse,
)
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.guidance.admin_forms import PublicPageForm
from campaigns.guidance.blocks import BodyBlock, ChoicesBlock
from campaigns.guidance.enums import Motif, Readers
from campaigns.guidance.indexing import found_words
from campaigns.guidance.links import SiteLink, links_of, readable_in
from campaigns.guidance.models.finding import FoundPage
from campaigns.guidance.models.guarded import GuardedPage
from campaigns.guidance.models.open_seasons import running_seasons
from campaigns.guidance.models.reading import (
    ChosenParts,
    block_values,
    choice_cards,
    opening,
    placed_blocks,
)
from campaigns.guidance.models.reviews import ReviewDates, last_reviews
from campaigns.guidance.models.words import PageWords
from campaigns.guidance.parts import (
    ChosenPart,
    Fingerprints,
    SameMeaning,
    choose_parts,
    parts_of,
)
from campaigns.guidance.placing import place
from campaigns.guidance.rules.reviews import MONTHS_OF_ADVICE
from core.careful_forms import careful_words_panel
from core.enums import TranslationState
from core.remembering import once


class PublicPage(GuardedPage, FoundPage):
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

    keeps_meaning = models.BooleanField(
        _("this change does not change the meaning"),
        default=False,
        help_text=_(
            "Tick this when you only put right spelling or style since the page was "
            "last published. Otherwise what people are told to do is shown in English "
            "until it is translated again."
        ),
    )

    # The English page this one translates, once a reader's way here has led past it,
    # and how the words of the two stand to each other.
    english: "PublicPage | None" = None
    made_from: Fingerprints = {}
    same_meaning: SameMeaning = {}

    content_panels = [
        *FoundPage.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("motif"), FieldPanel("readers")]),
        FieldPanel("content_note"),
        FieldPanel("body"),
        FieldPanel("keeps_meaning"),
        careful_words_panel(),
        HelpPanel(template="wagtailadmin/page_review.html"),
    ]
    # A page has one address in all languages, below the prefix of each.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    base_form_class = PublicPageForm
    promote_panels = [*FoundPage.promote_panels, FieldPanel("search_words")]
    search_fields = [
        *FoundPage.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("search_words"),
        index.SearchField("placed_words"),
    ]
    # Nothing is ever sent to a public page, so nothing but reading is answered.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A restricted page asks who the reader is, and keeps the answer in a session.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = self.chosen_parts
        language = get_language() or settings.LANGUAGE_CODE
        placed = place(
            self.sections(),
            links=links_of(request),
            language=language,
            today=timezone.localdate(),
        )
        if self.words_language():
            placed = placed.in_english()
        return (
            context
            | opening(chosen, placed)
            | {
                "placed": placed,
                "blocks": placed_blocks(chosen, "body", placed),
                "doors": self.doors(links_of(request)),
                "words_language": self.words_language(),
                "review": self.last_review(),
                "reading_language": language,
                "reading_direction": "rtl" if get_language_bidi() else "ltr",
            }
        )

    @cached_property
    def chosen_parts(self) -> ChosenParts:
        """Return what is read here, each part in the language it may be read in."""
        if self.english is None:
            return {
                key: ChosenPart(part, TranslationState.CURRENT, is_english=False)
                for key, part in parts_of(self).items()
            }
        return choose_parts(
            self.english,
            self,
            made_from=self.made_from,
            same_meaning=self.same_meaning,
        )

    def last_review(self) -> ReviewDates | None:
        """Return when the words were last reviewed; a translation has its source's."""
        return last_reviews().get(self.translation_key)

    def words_language(self) -> str:
        """Return the language of the words when it is not the one being read."""
        reading = get_language()
        if reading == settings.LANGUAGE_CODE:
            return ""
        code: str = self.locale.language_code
        return "" if code == reading else code

    def in_language(self, language: str | None) -> Self:
        """Return this English page as it may be read in a language, or itself.

        A page nobody has confirmed is read in English, but in a demonstration.
        """
        if language == settings.LANGUAGE_CODE:
            return self
        own = type(self).objects.filter(
            readable_in(language), translation_key=self.translation_key
        )
        english_words = PageWords.objects.filter(page=self.pk).values("same_meaning")
        page: Self | None = (
            own.annotate(
                words_made_from=F("page_words__fingerprints"),
                words_of_same_meaning=english_words,
            )
            .select_related("locale")
            .first()
        )
        if page is None:
            return self
        page.english = self
        page.made_from = page.words_made_from or {}
        page.same_meaning = page.words_of_same_meaning or {}
        return page

    def placed_words(self) -> str:
        """Return the words by which search finds the page, signs and routes included.

        Folded, so that what is typed meets them in the index of either database.
        """
        return found_words(
            self.sections(),
            texts=[self.title, self.heading, self.lead, self.search_words],
            language=self.locale.language_code,
        )

    def sections(self) -> list[Mapping[str, Any]]:
        """Return the values of everything on the page that may place something."""
        return block_values(self.chosen_parts)

    def doors(self, links: list[SiteLink]) -> list[dict[str, Any]]:
        """Return the pages that a section of doors may lead to, if there is one."""
        if not any(block.block_type == "doors" for block in self.body):
            return []
        motifs = once(
            ("motifs", type(self)),
            lambda: dict(self.behind_doors().live().values_list("pk", "motif")),
        )
        return [
            {
                "title": link.title,
                "language": link.language,
                "motif": motifs[link.page_id],
                "url": link.url,
                "path": link.path,
            }
            for link in links
            if link.page_id in motifs
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
            "choices": choice_cards(self.chosen_parts, "choices", context["placed"]),
            "seasons": running_seasons(request),
        }


class AudiencePage(PublicPage):
    """For one kind of person: what they may see, and what to do, danger first."""

    parent_page_types = ["guidance.HomePage"]
    subpage_types: list[str] = []
    months_between_reviews = MONTHS_OF_ADVICE

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
    months_between_reviews = MONTHS_OF_ADVICE
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
            "choices": choice_cards(self.chosen_parts, "choices", context["placed"]),
            # A page made before it had choices still leads on.
            "links": [] if self.choices else links,
        }


class SupportPage(PublicPage):
    """For a person harmed, who may be watched.

    Its address, title and link preview say nothing: they stay in histories.
    """

    parent_page_types = ["guidance.FolderPage"]
    subpage_types: list[str] = []
    months_between_reviews = MONTHS_OF_ADVICE

    class Meta:
        verbose_name = _("support page")

    def behind_doors(self) -> PageQuerySet:
        return SupportPage.objects.all()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer for this moment only: "back" after leaving has nothing to show."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def public_page_models() -> list[type[PublicPage]]:
    """Return every kind of public page, those of later modules too."""
    return [model for model in apps.get_models() if issubclass(model, PublicPage)]
