from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import (  # noqa: TID251 -- Wagtail hands requests to pages
    Http404,
    HttpRequest,
    HttpResponse,
)
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.links import moment_of
from campaigns.guidance.models.campaigns import Campaign
from campaigns.guidance.models.open_seasons import open_seasons
from campaigns.guidance.models.own_pages import CampaignPageTester
from campaigns.guidance.models.pages import PublicPage
from campaigns.guidance.panels import CAME_OF_IT
from campaigns.guidance.placing import PlacedWords
from campaigns.routes.enums import EMERGENCY_KEY
from campaigns.routes.rendering import RouteCard
from core.content_words import translated
from core.panels import panels_for


class CampaignsPage(PublicPage):
    """What runs now and what ran before. Planned campaigns are nowhere to be found."""

    parent_page_types = ["guidance.HomePage"]
    subpage_types = ["guidance.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page of all campaigns")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find an English page together with its campaign, in one query."""
        if len(path_components) == 1:
            campaigns = Campaign.objects.with_what_a_page_tells().filter(
                page__slug=path_components[0],
                page__path__startswith=self.path,
                page__depth=self.depth + 1,
            )
            campaign = campaigns.select_related("page").first()
            if campaign and campaign.page:
                page = campaign.page
                page.campaign = campaign
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        seasons = open_seasons(request)
        return context | {
            "running": [season for season in seasons if season.is_running],
            "past": [season for season in seasons if not season.is_running],
        }


class CampaignPage(PublicPage):
    """The page of one campaign. It opens and closes with it, at the minute.

    Made by `seasons.arrange`, never by hand: a campaign has one page and its
    translations, and a copy that belongs to no campaign is shown to nobody.
    """

    parent_page_types = ["guidance.CampaignsPage"]
    subpage_types: list[str] = []
    is_creatable = False

    class Meta:
        verbose_name = _("campaign page")

    is_reviewed_again = False

    def last_review(self) -> None:
        """Return none: a season has closed long before a review of it would be due."""

    @cached_property
    def campaign(self) -> Campaign | None:
        """Return the campaign of this page or of the page it translates."""
        return (
            Campaign.objects.filter(page__translation_key=self.translation_key)
            .with_what_a_page_tells()
            .first()
        )

    def is_open(self, now: datetime) -> bool:
        return self.campaign is not None and self.campaign.opens_at <= now

    def permissions_for_user(self, user: User | AnonymousUser) -> CampaignPageTester:
        return CampaignPageTester(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Be nowhere before the campaign opens, whoever asks what is at an address."""
        if not self.is_open(moment_of(request)):
            raise Http404
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_preview = getattr(request, "is_preview", False)
        if not is_preview and not self.is_open(moment_of(request)):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[Any]:
        if request is None or not self.is_open(moment_of(request)):
            return []
        urls: list[Any] = super().get_sitemap_urls(request)
        return urls

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        campaign = self.campaign
        if campaign is None:
            return context
        state = campaign.state_at(moment_of(request))
        is_over = state == CampaignState.OVER
        return context | {
            "campaign": campaign,
            "is_over": is_over,
            "area_names": _lines_of(campaign.area_names),
            "routes": _cards(context["placed"], _route_keys(campaign)),
            "figures": panels_for(CAME_OF_IT, request, campaign) if is_over else [],
            "theme": _spoken(campaign.theme),
            "came_of_it": _spoken(campaign.what_came_of_it),
            "modules": [
                (_spoken(title), int(minutes))
                for title, _tab, minutes in (
                    lesson.partition("\t") for lesson in _lines_of(campaign.lessons)
                )
            ],
            "materials": [
                (_spoken(one.title), _spoken(one.note), one.document)
                for one in sorted(
                    campaign.materials.all(), key=lambda one: (one.position, one.pk)
                )
            ],
        }

    def sections(self) -> list[Mapping[str, Any]]:
        sections = super().sections()
        if self.campaign:
            sections.append({"keys": _route_keys(self.campaign)})
        return sections


def _route_keys(campaign: Campaign) -> list[str]:
    # What to do in danger comes first, whatever a campaign is about.
    return [EMERGENCY_KEY, *_lines_of(campaign.route_keys)]


def _cards(placed: PlacedWords, keys: list[str]) -> list[RouteCard]:
    """Return the cards in the order routes have everywhere, 999 first."""
    in_order = [EMERGENCY_KEY, *(key for key in placed.routes if key in keys)]
    return placed.cards(keys=list(dict.fromkeys(in_order)))


def _lines_of(joined: str | None) -> list[str]:
    return sorted((joined or "").splitlines())


@dataclass(frozen=True)
class Spoken:
    """A text of a campaign; `language` is empty when it is the reader's own."""

    text: str
    language: str


def _spoken(text: str) -> Spoken:
    """Say a text in the reader's language, or in English when nobody translated it."""
    known = translated(text, get_language() or settings.LANGUAGE_CODE)
    if known is None:
        return Spoken(text, settings.LANGUAGE_CODE)
    return Spoken(known, "")
