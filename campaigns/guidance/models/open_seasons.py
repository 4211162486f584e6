"""The campaigns the public may know of, as the home page and the list show them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.http import HttpRequest  # noqa: TID251 -- whose site, and to remember
from django.utils.translation import get_language
from wagtail.models import Page

from campaigns.guidance.enums import CampaignState
from campaigns.guidance.links import links_of, moment_of, readable_in
from campaigns.guidance.models.campaigns import Campaign


@dataclass(frozen=True)
class Season:
    """A campaign as a reader meets it; `language` is empty when it is their own."""

    heading: str
    lead: str
    url: str
    language: str
    opens_at: datetime
    closes_at: datetime
    state: CampaignState

    @property
    def is_running(self) -> bool:
        return self.state == CampaignState.RUNNING


def open_seasons(request: HttpRequest) -> list[Season]:
    """Return the campaigns with a published page, the one that opened last first.

    No query but that of the links when there is none, else one more.
    """
    urls = {
        link.page_id: link.url
        for link in links_of(request)
        if link.kind == "campaignpage"
    }
    if not urls:
        return []
    now = moment_of(request)
    pages = Page.objects.filter(
        Q(pk__in=urls) | readable_in(get_language()),
        translation_key=OuterRef("page__translation_key"),
    ).order_by(
        # The page of the campaign itself is the English one: a translation leads.
        Case(When(pk__in=urls, then=1), default=0),
        "pk",
    )
    campaigns = Campaign.objects.opened(now).annotate(
        heading=Subquery(pages.values("campaignpage__heading")[:1]),
        lead=Subquery(pages.values("campaignpage__lead")[:1]),
        written_in=Subquery(pages.values("locale__language_code")[:1]),
    )
    return [
        Season(
            heading=campaign.heading,
            lead=campaign.lead,
            url=urls[campaign.page_id],
            language=_foreign(campaign.written_in),
            opens_at=campaign.opens_at,
            closes_at=campaign.closes_at,
            state=campaign.state_at(now),
        )
        for campaign in campaigns.filter(page__in=urls).order_by("-opens_at", "-pk")
    ]


def running_seasons(request: HttpRequest) -> list[Season]:
    return [season for season in open_seasons(request) if season.is_running]


def _foreign(code: str) -> str:
    """Return the language of words that is not the one being read."""
    return "" if code == (get_language() or settings.LANGUAGE_CODE) else code
