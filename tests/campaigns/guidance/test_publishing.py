from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from accounts.enums import Role
from campaigns.guidance import services
from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import AudiencePage, GuardDismissal, HomePage
from core.models import AuditEvent
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.images import SiteImageFactory

pytestmark = pytest.mark.django_db

BULK = "/cms/bulk/wagtailcore/page/publish/"


@pytest.fixture
def lead():
    return UserFactory.create(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def hotels(home: HomePage, lead) -> AudiencePage:
    services.grant_permissions()
    load_phrases()
    page: AudiencePage = AudiencePage.objects.get(slug="hotels")
    return page


@pytest.fixture
def due(hotels, lead) -> Revision:
    """Return a version of the page that was scheduled and whose time has come."""
    hotels.lead = "Words of tomorrow."
    hotels.go_live_at = timezone.now() - timedelta(minutes=1)
    revision: Revision = hotels.save_revision(user=lead)
    revision.approved_go_live_at = hotels.go_live_at
    revision.save()
    return revision


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def due_with_a_picture(hotels, due) -> Revision:
    """Return the same, with a picture whose licence ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    picture = SiteImageFactory.create(title="Door", licence_until=yesterday)
    shown = {"image": picture.pk, "alt_text": "A door.", "decorative": False}
    section = {"heading": "", "body": "", "caption": "", "image": shown}
    hotels.body = hotels.body.stream_block.to_python(
        [{"type": "picture", "value": section}]
    )
    revision: Revision = hotels.save_revision()
    Revision.objects.filter(pk=due.pk).update(approved_go_live_at=None)
    revision.approved_go_live_at = hotels.go_live_at
    revision.save()
    return revision


def test_a_page_in_order_is_published_when_its_time_has_come(hotels, due, lead):
    services.publish_due_pages(now=timezone.now())
    services.publish_due_pages(now=timezone.now())

    hotels.refresh_from_db()
    assert hotels.lead == "Words of tomorrow."
    assert Message.objects.count() == 0


def test_a_page_whose_picture_may_not_be_shown_is_held_back_once(
    hotels, due_with_a_picture, lead
):
    services.publish_due_pages(now=timezone.now())
    services.publish_due_pages(now=timezone.now())

    hotels.refresh_from_db()
    message = Message.objects.get()
    assert hotels.lead != "Words of tomorrow."
    assert (message.recipient, message.template) == (lead, "page_held_back")
    assert "The licence of “Door” ended on" in message.body
    assert AuditEvent.objects.filter(verb="page.held_back").count() == 1


def test_many_pages_at_once_are_published_when_all_are_in_order(
    hotels, lead, client_of
):
    hotels.lead = "Better words."
    hotels.save_revision(user=lead)

    client_of(lead).post(
        f"{BULK}?id={hotels.pk}&next=/cms/", {"include_descendants": ""}
    )

    hotels.refresh_from_db()
    assert hotels.lead == "Better words."


def test_many_pages_at_once_are_refused_while_one_needs_care(hotels, lead, client_of):
    hotels.lead = "Some children are recruited."
    hotels.save_revision(user=lead)
    client = client_of(lead)

    response = client.post(f"{BULK}?id={hotels.pk}&next=/cms/", follow=True)

    hotels.refresh_from_db()
    assert hotels.lead != "Some children are recruited."
    assert GuardDismissal.objects.count() == 0
    assert "Open “Hotel managers and owners” to publish it" in response.text
