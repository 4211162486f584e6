from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outbox.enums import Channel, MessageState
from outbox.models import Message
from partners.portal.models import DigestWish
from partners.training.models import PersonalLink
from partners.training.services import make_personal_link
from tests.factories.outbox import MessageFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)

pytestmark = pytest.mark.django_db

NAMES = ("messages", "message-wishes", "send-links", "end-link")


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


@pytest.fixture
def spell(link):
    return SpellFactory.create(
        premises=link.premises,
        staff_member__name="Ana Kowalska",
        staff_member__email="ana@home.example",
    )


@pytest.fixture
def manager_client(link, client_of):
    return client_of(link.user)


@pytest.fixture
def path(link):
    def path_of(name):
        return reverse(f"portal:{name}", args=[link.premises.key])

    return path_of


def told(spell, **fields):
    return MessageFactory.create(
        about=spell.premises.key,
        reader=spell.staff_member.key,
        template="training_due",
        address="ana@home.example",
        sent_at=timezone.now(),
        is_secret=True,
        body="https://force.example/train/go/secret/",
        **fields,
    )


@pytest.mark.parametrize("item_count", (1, 3))
def test_message_list_query_count(
    item_count, link, manager_client, path, django_assert_num_queries
):
    for _number in range(item_count):
        spell = SpellFactory.create(premises=link.premises)
        told(spell)
        make_personal_link(
            staff_member=spell.staff_member,
            premises=link.premises,
            now=timezone.now(),
        )
    manager_client.get(path("messages"))

    with django_assert_num_queries(10):
        page = manager_client.get(path("messages"))

    assert len(page.context["rows"]) == item_count
    assert len(page.context["links"]) == item_count


def test_manager_reads_who_was_told_what_and_never_the_words(
    spell, manager_client, path
):
    told(spell, state=MessageState.BOUNCED, failure="550 5.1.1 secret words")
    told(spell, state=MessageState.DELIVERED, channel=Channel.SMS)

    page = manager_client.get(path("messages"))

    words = " ".join(page.text.split())
    assert "Ana Kowalska" in words
    assert "Reminder before training is due" in words
    assert "Address does not work" in words
    assert "There is no such address. Ask for the right one." in words
    assert "Text message" in words
    assert "Delivered" in words
    assert "secret" not in words


def test_message_list_shows_what_did_not_arrive(spell, manager_client, path):
    lost = told(spell, state=MessageState.FAILED)
    told(spell, state=MessageState.SENT)

    page = manager_client.get(path("messages"), {"show": "undelivered"})

    assert [row.message for row in page.context["rows"]] == [lost]


def test_summary_of_several_places_is_seen_at_each_of_them_only(
    link, manager_client, path, client_of
):
    other = ManagerLinkFactory.create()
    for user in (link.user, other.user):
        MessageFactory.create(recipient=user, template="weekly_digest")

    page = manager_client.get(path("messages"))

    assert [row.message.recipient for row in page.context["rows"]] == [link.user]


def test_place_without_messages_says_what_will_come(manager_client, path):
    page = manager_client.get(path("messages"))
    filtered = manager_client.get(path("messages"), {"show": "undelivered"})

    assert "Nobody has been written to yet" in page.text
    assert "Everything arrived, as far as we know." in filtered.text


def test_home_surfaces_what_did_not_arrive(spell, manager_client, path):
    home = path("premises")
    told(spell, state=MessageState.BOUNCED, queued_at=timezone.now())
    old = timezone.now() - timedelta(days=31)
    told(spell, state=MessageState.BOUNCED, queued_at=old)

    page = " ".join(manager_client.get(home).text.split())

    assert "1 message of the last 30 days did not arrive." in page
    assert f'href="{path("messages")}?show=undelivered"' in page
    Message.objects.all().delete()
    assert "Messages that did not arrive" not in manager_client.get(home).text


def test_manager_declines_the_summary_and_chooses_a_language(
    link, manager_client, path
):
    saved = manager_client.post(path("message-wishes"), {"language": "ro"}, follow=True)

    assert "Saved." in saved.text
    assert DigestWish.objects.get().is_wanted is False
    link.user.refresh_from_db()
    assert link.user.language == "ro"
    assert saved.context["wishes_form"].initial == {
        "is_wanted": False,
        "language": "ro",
    }


def test_language_that_is_none_is_refused(manager_client, path):
    saved = manager_client.post(path("message-wishes"), {"language": "xx"}, follow=True)

    assert "Choose a language from the list." in saved.text
    assert not DigestWish.objects.exists()


def test_link_is_sent_to_those_ticked_and_the_rest_are_named(
    link, spell, manager_client, path
):
    silent = SpellFactory.create(
        premises=link.premises, staff_member__name="Bo Ito"
    ).staff_member
    keys = [spell.staff_member.key, silent.key]

    page = manager_client.post(path("send-links"), {"staff": keys}, follow=True)

    assert "A link is on its way to 1 person." in page.text
    assert "Bo Ito: There is no e-mail address or mobile number" in page.text
    assert [m.address for m in Message.objects.all()] == ["ana@home.example"]
    assert [one.staff_member for one in page.context["links"]] == [spell.staff_member]


def test_nobody_ticked_sends_nothing_and_says_so(spell, manager_client, path):
    page = manager_client.post(path("send-links"), follow=True)

    assert "Tick the people first whom we shall send a link." in page.text
    assert not Message.objects.exists()


def test_people_of_other_places_get_no_link(manager_client, path):
    stranger = SpellFactory.create(staff_member__email="x@home.example").staff_member

    manager_client.post(path("send-links"), {"staff": [stranger.key]})
    answer = manager_client.post(path("end-link"), {"staff": stranger.key})

    assert not Message.objects.exists()
    assert answer.status_code == 404


def test_manager_ends_a_link(link, spell, manager_client, path):
    make_personal_link(
        staff_member=spell.staff_member, premises=link.premises, now=timezone.now()
    )

    page = manager_client.post(
        path("end-link"), {"staff": spell.staff_member.key}, follow=True
    )

    assert "The link of Ana Kowalska no longer works." in page.text
    assert PersonalLink.objects.get().ended_at is not None
    assert page.context["links"] == []


@pytest.mark.parametrize("name", NAMES)
def test_messages_are_for_the_managers_of_the_place(name, link, path, client_of):
    address = path(name)
    other = ManagerLinkFactory.create().user
    former = ManagerLinkFactory.create(
        premises=link.premises, ended_at=timezone.now()
    ).user

    for user in (other, former):
        client = client_of(user)
        assert client.get(address).status_code in {404, 405}
        assert client.post(address).status_code in {404, 405}
    assert Client().post(address).status_code in {302, 405}
    assert Client().get(address).status_code in {302, 405}
    assert not DigestWish.objects.exists()


def test_unknown_place_has_no_messages(manager_client):
    PremisesFactory.create(key="abcdefghjkmn")

    assert manager_client.get("/partners/abcdefghjkmn/messages/").status_code == 404
