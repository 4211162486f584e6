"""Seasons are arranged by people and turned by a job; the clock is always given."""

from datetime import timedelta

import pytest

from campaigns.guidance import seasons
from campaigns.guidance.models import Campaign, CampaignPage
from campaigns.guidance.season_loading import load_campaigns
from core import jobs
from core.models import AuditEvent, PublicGeneration
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def test_begin_page_makes_a_draft_and_one_only(home, now, officer):
    load_campaigns(now=now)
    campaign = CampaignFactory.create(name="Autumn", slug="autumn")

    seasons.begin_page(campaign=campaign, actor=officer, now=now)

    page = CampaignPage.objects.get(own_campaign=campaign)
    parent = page.get_parent().slug
    assert (page.live, parent, page.slug) == (False, "campaigns", "autumn")
    assert AuditEvent.objects.filter(verb="campaign.page_begun").count() == 4
    with pytest.raises(seasons.SeasonError, match="has its page already"):
        seasons.begin_page(campaign=campaign, actor=officer, now=now)


def test_begin_page_needs_the_page_of_all_campaigns(home, now, officer):
    campaign = CampaignFactory.create()

    with pytest.raises(seasons.SeasonError, match="no page of all campaigns"):
        seasons.begin_page(campaign=campaign, actor=officer, now=now)


def test_arranging_notes_the_next_change_and_who_did_it(now, officer):
    campaign = CampaignFactory.create()

    seasons.arrange(campaign=campaign, actor=officer, now=now)

    assert PublicGeneration.objects.get().next_change_at == campaign.closes_at
    event = AuditEvent.objects.about(campaign).get()
    assert (event.verb, event.actor) == ("campaign.arranged", officer)


def test_arranging_keeps_a_sooner_change_of_another_room(now, officer):
    campaign = CampaignFactory.create()
    sooner = now + timedelta(minutes=5)
    PublicGeneration.objects.update_or_create(pk=1, defaults={"next_change_at": sooner})

    seasons.arrange(campaign=campaign, actor=officer, now=now)

    assert PublicGeneration.objects.get().next_change_at == sooner


def test_turning_moves_on_at_opening_and_at_closing_once(officer):
    campaign = CampaignFactory.create()
    before = campaign.opens_at - timedelta(minutes=1)
    seasons.arrange(campaign=campaign, actor=officer, now=before)

    def turned(moment) -> tuple[bool, object]:
        done = seasons.turn(now=moment)
        return done, PublicGeneration.objects.get().next_change_at

    assert turned(campaign.opens_at - SECOND) == (False, campaign.opens_at)
    assert turned(campaign.opens_at) == (True, campaign.closes_at)
    assert turned(campaign.opens_at) == (False, campaign.closes_at)
    assert turned(campaign.closes_at - SECOND) == (False, campaign.closes_at)
    assert turned(campaign.closes_at) == (True, None)
    assert turned(campaign.closes_at) == (False, None)


def test_turning_makes_kept_pages_old(officer):
    campaign = CampaignFactory.create()
    seasons.arrange(campaign=campaign, actor=officer, now=campaign.opens_at - SECOND)
    before = PublicGeneration.objects.get().number

    seasons.turn(now=campaign.opens_at)
    seasons.turn(now=campaign.opens_at)

    assert PublicGeneration.objects.get().number == before + 1


def test_turning_catches_up_with_a_campaign_nobody_arranged(now):
    CampaignFactory.create(opens_at=now + SECOND)
    PublicGeneration.objects.filter(pk=1).update(next_change_at=None)

    assert seasons.turn(now=now)
    assert PublicGeneration.objects.get().next_change_at == now + SECOND


def test_clock_turns_the_seasons_each_minute():
    every = {job.path: job.every for job in jobs.due_jobs()}

    assert every["campaigns.guidance.tasks.turn_seasons"] == timedelta(minutes=1)


def test_saving_a_campaign_makes_pages_old(now):
    campaign = CampaignFactory.create()
    before = PublicGeneration.objects.get().number

    campaign.save()

    assert PublicGeneration.objects.get().number == before + 1


def test_campaigns_are_seen_by_people_of_their_areas(area, officer):
    elsewhere = AreaFactory.create()
    force = AreaFactory.create(kind="force")
    area.parent = force
    area.save()
    everywhere = CampaignFactory.create()
    here = CampaignFactory.create(areas=[area])
    above = CampaignFactory.create(areas=[force, elsewhere])
    CampaignFactory.create(areas=[elsewhere])
    manager = UserFactory.create(areas=[area])

    seen = Campaign.objects.visible_to(officer).order_by("pk")

    assert list(seen) == [everywhere, here, above]
    assert list(Campaign.objects.visible_to(manager)) == []


def test_shipped_campaigns_are_planned_drafts_and_loaded_once(home, now):
    made = load_campaigns(now=now)

    assert made == ["hotels-that-ask", "a-safe-lift-home", "long-evenings"]
    assert load_campaigns(now=now) == []
    assert Campaign.objects.planned(now).count() == 3
    assert CampaignPage.objects.live().count() == 0
    hotels = Campaign.objects.get(slug="hotels-that-ask")
    assert (hotels.opens_at.date().isoformat(), hotels.closes_at.year) == (
        "2027-09-14",
        2027,
    )
    assert hotels.materials.count() == 3
    assert set(hotels.routes.values_list("key", flat=True)) == {
        "999",
        "101",
        "crimestoppers",
    }
