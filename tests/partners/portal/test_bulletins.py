from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.guidance.models import BulletinPage
from core.models import AuditEvent
from partners.portal import services
from partners.portal.models import BulletinReading
from partners.portal.services import PortalError
from tests.factories.register import ManagerLinkFactory, PremisesFactory


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


def issue(index, number=1, **fields):
    today = timezone.localdate()
    return index.add_child(
        instance=BulletinPage(
            **{
                "title": f"Note {number}",
                "heading": f"Note {number}",
                "slug": f"note-{number}",
                "for_whom": "reception",
                "issued_on": today - timedelta(days=30 - number),
            }
            | fields
        )
    )


def read(client, premises, bulletin):
    return client.post(
        reverse("portal:bulletin-read", args=[premises.key]),
        {"bulletin": bulletin},
        follow=True,
    )


def panel_of(client, premises):
    page = client.get(reverse("portal:premises", args=[premises.key]))
    panels = [one for one in page.context["panels"] if one.title == "Bulletins"]
    return panels[0] if panels else None


def test_home_shows_the_newest_three_with_their_addresses(link, index, client_of):
    for number in range(1, 5):
        issue(index, number)
    issue(index, 9, issued_on=timezone.localdate() + timedelta(days=1))
    issue(index, 8, live=False)

    panel = panel_of(client_of(link.user), link.premises)

    assert [
        (line["heading"], line["url"], line["read_at"])
        for line in panel.context["bulletins"]
    ] == [
        ("Note 4", "/bulletins/note-4/", None),
        ("Note 3", "/bulletins/note-3/", None),
        ("Note 2", "/bulletins/note-2/", None),
    ]


def test_home_without_bulletins_has_no_such_part(link, client_of):
    assert panel_of(client_of(link.user), link.premises) is None


def test_reading_is_noted_once_for_manager_and_premises(link, index, client_of):
    bulletin = issue(index)
    client = client_of(link.user)
    key = bulletin.translation_key

    first = read(client, link.premises, key)
    read(client, link.premises, key)

    reading = BulletinReading.objects.get()
    assert (reading.premises, reading.reader) == (link.premises, link.user)
    assert "Noted: you have read it." in first.text
    assert "I have read it" not in first.text
    assert AuditEvent.objects.filter(verb="bulletin.read").count() == 1


def test_reading_counts_for_nobody_and_nowhere_else(link, index, client_of):
    bulletin = issue(index)
    second = ManagerLinkFactory.create(premises=link.premises)
    elsewhere = ManagerLinkFactory.create(user=link.user)
    client = client_of(link.user)

    read(client, link.premises, bulletin.translation_key)

    for user, premises, is_read in (
        (link.user, link.premises, True),
        (second.user, link.premises, False),
        (link.user, elsewhere.premises, False),
    ):
        (line,) = panel_of(client_of(user), premises).context["bulletins"]
        assert (line["read_at"] is not None) == is_read


def test_a_bulletin_issued_anew_is_to_be_read_anew(link, index, client_of):
    bulletin = issue(index)
    client = client_of(link.user)
    read(client, link.premises, bulletin.translation_key)

    BulletinPage.objects.filter(pk=bulletin.pk).update(issued_on=timezone.localdate())

    (line,) = panel_of(client, link.premises).context["bulletins"]
    assert line["read_at"] is None


def test_what_is_not_published_cannot_be_read(link, index, now):
    draft = issue(index, live=False)

    for key in (draft.translation_key, uuid4()):
        with pytest.raises(PortalError, match="no longer published"):
            services.note_bulletin_read(
                bulletin=key, premises=link.premises, reader=link.user, now=now
            )
    assert not BulletinReading.objects.exists()


def test_only_managers_of_the_place_may_say_so(link, index, client_of, client, officer):
    bulletin = issue(index)
    other = PremisesFactory.create()
    stranger = client_of(ManagerLinkFactory.create().user)

    answers = [
        read(client_of(link.user), other, bulletin.translation_key),
        read(stranger, link.premises, bulletin.translation_key),
        read(client_of(officer), link.premises, bulletin.translation_key),
    ]
    link.ended_at = timezone.now()
    link.save()
    answers.append(read(client_of(link.user), link.premises, bulletin.translation_key))

    assert [answer.status_code for answer in answers] == [404] * 4
    assert read(client, link.premises, "x").redirect_chain
    assert not BulletinReading.objects.exists()


def test_nonsense_is_not_found(link, client_of):
    assert read(client_of(link.user), link.premises, "x").status_code == 404


def test_officers_see_who_has_read_what(link, index, client_of, officer):
    bulletin = issue(index)
    read(client_of(link.user), link.premises, bulletin.translation_key)

    page = client_of(officer).get(
        reverse("officer-premises:detail", args=[link.premises.key])
    )

    assert f"{link.user} (" in page.text
    assert "read by nobody here yet" not in page.text
