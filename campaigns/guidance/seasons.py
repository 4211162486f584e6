"""What happens around a campaign: its page, and the minute at which pages change."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.guidance.models import Campaign, CampaignPage, CampaignsPage
from core.audit import record
from core.generation import expect_change
from core.models import PublicGeneration


class SeasonError(Exception):
    """A campaign that cannot be arranged, in words for the person who asked."""


@transaction.atomic
def arrange(*, campaign: Campaign, actor: User, now: datetime) -> None:
    """Note a saved campaign: the public's pages are old, and change at its times."""
    record(
        "campaign.arranged",
        campaign,
        actor=actor,
        opens_at=campaign.opens_at.isoformat(),
        closes_at=campaign.closes_at.isoformat(),
    )
    _expect(now)


@transaction.atomic
def begin_page(*, campaign: Campaign, actor: User | None, now: datetime) -> None:
    """Make the draft of a campaign's page, for editors to write and to publish.

    Nothing is public by this: a draft is shown to nobody.

    :raises SeasonError: it has a page, or there is no page of all campaigns to put
        it under.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.page_id:
        raise SeasonError(_("This campaign has its page already."))
    index = CampaignsPage.objects.filter(locale__language_code="en").first()
    if index is None:
        raise SeasonError(_("There is no page of all campaigns yet: load the pages."))
    if index.get_children().filter(slug=campaign.slug).exists():
        raise SeasonError(
            _("Another page has the address “%(slug)s”.") % {"slug": campaign.slug}
        )
    page = CampaignPage(
        title=campaign.name,
        slug=campaign.slug,
        heading=campaign.name,
        lead=campaign.theme,
        locale=index.locale,
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=actor)
    campaign.page = page
    campaign.save(update_fields=["page"])
    record("campaign.page_begun", campaign, actor=actor, page=page.pk)


@transaction.atomic
def turn(*, now: datetime) -> bool:
    """Make the public's pages old when a campaign has opened or closed since.

    Views compute what is open themselves: this only moves on the moment at which pages
    kept in memory grow old. Run again, or killed before the end, it changes nothing.
    """
    noted = _noted()
    due = Campaign.objects.next_change(now)
    has_passed = noted is not None and noted <= now
    is_late = due is not None and (noted is None or due < noted)
    if has_passed or is_late:
        _expect(now)
    return has_passed or is_late


def _expect(now: datetime) -> None:
    # Another room may expect a change sooner than the next campaign does.
    noted = _noted()
    due = Campaign.objects.next_change(now)
    sooner = [at for at in (noted, due) if at is not None and at > now]
    expect_change(min(sooner, default=None))


def _noted() -> datetime | None:
    row = PublicGeneration.objects.filter(pk=1).first()
    return row.next_change_at if row else None
