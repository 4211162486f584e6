from datetime import datetime

import pytest
from django.utils import timezone

from campaigns.guidance.models import CampaignPage, CampaignsPage
from county.content import load_content
from county.seasons import SEASONS, hold_seasons

pytestmark = pytest.mark.django_db


def test_campaigns_are_read_in_other_languages_once_they_are_published(
    area, now: datetime
):
    load_content(now=now, languages=["pl"])
    polish = CampaignPage.objects.filter(locale__language_code="pl")
    before = polish.count()

    hold_seasons(timezone.localdate(now))

    assert before == 0
    assert CampaignsPage.objects.get(locale__language_code="pl").live
    assert {page.slug for page in polish.filter(live=True)} == set(SEASONS)
    english = CampaignPage.objects.filter(locale__language_code="en")
    headings = set(english.values_list("heading", flat=True))
    assert headings.isdisjoint(polish.values_list("heading", flat=True))
