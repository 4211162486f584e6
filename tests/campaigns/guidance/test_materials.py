"""The files of a campaign: when the public gets them, and who gets them sooner."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.enums import Role
from campaigns.guidance.models import Campaign, CampaignMaterial
from media.images.models import SiteDocument
from tests.campaigns.guidance.planned import FAR_AHEAD, FARTHER, LONG_AGO
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory

pytestmark = pytest.mark.django_db

WORDS = b"Quokka poster"


@pytest.fixture
def poster(tmp_path, settings) -> SiteDocument:
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(WORDS, name="quokka.txt")
    document: SiteDocument = SiteDocument.objects.create(title="Quokka", file=file)
    return document


@pytest.fixture
def planned(area, poster) -> Campaign:
    campaign = CampaignFactory.create(
        areas=[area], opens_at=FAR_AHEAD, closes_at=FARTHER
    )
    hand_out(campaign, poster)
    return campaign


def hand_out(campaign: Campaign, document: SiteDocument) -> None:
    CampaignMaterial.objects.create(
        campaign=campaign, title="Poster", document=document
    )


def fetched(client: Client, address: str) -> tuple[int, bool]:
    """Return the status, and whether the file came with it."""
    answer: Any = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # Not `close`: that would end the request, and with it the test's transaction.
    for close in answer._resource_closers:
        close()
    return answer.status_code, WORDS in body


def test_file_of_a_campaign_is_public_from_its_opening(client, planned, poster):
    before = fetched(client, poster.url)
    told_to_keep = client.get(poster.url).headers.get("Cache-Control", "")
    Campaign.objects.filter(pk=planned.pk).update(opens_at=LONG_AGO)
    after = fetched(client, poster.url)

    assert before == (404, False)
    assert after == (200, True)
    assert "max-age" not in told_to_keep


def test_file_stays_public_when_a_further_campaign_will_use_it(client, planned, poster):
    running = CampaignFactory.create(opens_at=LONG_AGO)
    hand_out(running, poster)

    assert fetched(client, poster.url) == (200, True)


def test_file_that_no_campaign_hands_out_is_public(client, poster):
    assert fetched(client, poster.url) == (200, True)


@pytest.mark.parametrize(
    ("role", "is_near", "told"),
    (
        (Role.OFFICER, True, (200, True)),
        (Role.EDITOR, True, (200, True)),
        (Role.OFFICER, False, (404, False)),
        (Role.SAFEGUARDING_LEAD, False, (404, False)),
        (Role.MANAGER, True, (403, False)),
        (Role.TESTER, True, (403, False)),
    ),
)
def test_people_of_its_areas_get_the_file_sooner(
    planned, poster, area, client_of, role, is_near, told
):
    own = area if is_near else AreaFactory.create()
    client = client_of(UserFactory.create(roles=[role], areas=[own]))

    answer = fetched(client, f"/cms/guidance/documents/{poster.pk}/")

    assert answer == told
    # The public address knows nobody, whoever asks.
    assert fetched(client, poster.url) == (404, False)


def test_other_areas_get_the_file_once_it_is_public(planned, poster, client_of):
    Campaign.objects.filter(pk=planned.pk).update(opens_at=LONG_AGO)
    other = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    answer = fetched(client_of(other), f"/cms/guidance/documents/{poster.pk}/")

    assert answer == (200, True)


def test_strangers_are_asked_to_sign_in(client, poster):
    path = f"/cms/guidance/documents/{poster.pk}/"

    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={path}"


def test_desk_and_library_lead_to_the_file_of_a_planned_campaign(
    planned, poster, client_of
):
    client = client_of(UserFactory.create(is_superuser=True))
    link = f'href="/cms/guidance/documents/{poster.pk}/"'

    told = {
        path: link in client.get(path).text
        for path in (
            f"/cms/campaigns/{planned.pk}/desk/",
            "/cms/documents/",
            f"/cms/documents/edit/{poster.pk}/",
        )
    }

    assert set(told.values()) == {True}, told
