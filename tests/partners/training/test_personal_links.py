from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent
from outbox.enums import Channel, MessageState
from outbox.models import Message
from partners.training import services
from partners.training.models import PersonalLink
from partners.training.services import (
    LinkEndedError,
    LinkExpiredError,
    LinkReplacedError,
    LinkUnknownError,
    LinkUsedUpError,
    NoAddressError,
    NotOnTheListError,
    TrainingError,
)
from tests.factories.outbox import MessageFactory
from tests.factories.register import SpellFactory
from tests.partners.training.test_journey import text_of

pytestmark = pytest.mark.django_db

PHONE = "+447700900123"


def make(desk, now):
    return services.make_personal_link(
        staff_member=desk.person, premises=desk.premises, actor=desk.manager, now=now
    )


def token_of(issued):
    return issued.address.rstrip("/").rpartition("/")[2]


def sign_in(issued, now, *, is_shared=False):
    return services.sign_in_by_link(
        token=token_of(issued), is_shared=is_shared, now=now
    )


def test_link_signs_one_person_in_and_is_kept_as_a_hash_only(desk, now):
    issued = make(desk, now)

    link = sign_in(issued, now)

    assert link.staff_member == desk.person
    assert issued.address.startswith("http://localhost:8000/train/go/")
    assert token_of(issued) not in str(PersonalLink.objects.values().get())
    verbs = [event.verb for event in AuditEvent.objects.about(link)]
    assert verbs == ["personallink.made", "personallink.used"]


def test_link_works_again_and_again_until_it_runs_out(desk, now):
    issued = make(desk, now)

    assert sign_in(issued, now) == sign_in(issued, now + timedelta(days=29))
    with pytest.raises(LinkExpiredError):
        sign_in(issued, now + timedelta(days=30))


def test_newer_link_replaces_the_one_before(desk, now):
    old = make(desk, now)
    new = make(desk, now)

    with pytest.raises(LinkReplacedError):
        sign_in(old, now)
    assert sign_in(new, now) == new.link


def test_manager_ends_a_link_once(desk, now):
    issued = make(desk, now)
    end = {
        "staff_member": desk.person,
        "premises": desk.premises,
        "actor": desk.manager,
        "now": now,
    }

    assert services.end_personal_links(**end) == 1
    assert services.end_personal_links(**end) == 0

    with pytest.raises(LinkEndedError):
        sign_in(issued, now)
    [event] = AuditEvent.objects.filter(verb="personallinks.ended")
    assert event.facts["links"] == [issued.link.pk]


def test_link_ends_with_the_spell(desk, now):
    issued = make(desk, now)
    desk.spell.ended_on = timezone.localdate(now)
    desk.spell.save()

    assert sign_in(issued, now) == issued.link
    with pytest.raises(NotOnTheListError):
        sign_in(issued, now + timedelta(days=1))


def test_link_opened_on_a_shared_device_is_used_up(desk, now):
    issued = make(desk, now)

    sign_in(issued, now, is_shared=True)

    with pytest.raises(LinkUsedUpError):
        sign_in(issued, now)


def test_unknown_link_is_refused(desk, now):
    make(desk, now)

    with pytest.raises(LinkUnknownError):
        services.link_of(token="guessed", now=now)


def test_nobody_without_a_post_there_gets_a_link(desk, now):
    elsewhere = SpellFactory.create().premises

    with pytest.raises(NotOnTheListError):
        services.make_personal_link(
            staff_member=desk.person, premises=elsewhere, now=now
        )


def test_database_holds_one_current_link(desk, now):
    issued = make(desk, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalLink.objects.create(
            staff_member=desk.person,
            premises=desk.premises,
            token_hmac="other",
            made_at=now,
            expires_at=issued.link.expires_at,
        )


@pytest.fixture
def address(desk):
    return make(desk, timezone.now()).address.removeprefix("http://localhost:8000")


def test_opening_shows_whose_it_is_and_signs_nobody_in(desk, address):
    """Programs that look at mail open links: only a person presses the button."""
    client = Client()

    page = client.get(address)

    assert "Hello Ana Kowalska" in text_of(page)
    assert "learner" not in client.session
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.get("/train/modules/").headers["Location"] == "/train/"


def test_button_signs_in_and_the_link_opens_again_on_another_phone(desk, address):
    first, second = Client(), Client()

    assert (
        first.post(address, {"device": "own"}).headers["Location"] == "/train/modules/"
    )
    assert (
        second.post(address, {"device": "own"}).headers["Location"] == "/train/modules/"
    )

    assert "Hello Ana Kowalska" in text_of(first.get("/train/modules/"))
    assert "Hello Ana Kowalska" in text_of(second.get("/train/modules/"))


def test_next_person_at_the_tablet_cannot_open_it_from_its_history(desk, address):
    tablet = Client()
    tablet.post(address, {"device": "shared"})
    assert "Hello Ana Kowalska" in text_of(tablet.get("/train/modules/"))
    tablet.post("/train/sign-out/")

    again = tablet.get(address)

    assert again.status_code == 410
    assert "opened on a device that others use" in text_of(again)
    assert "Ana" not in again.text
    assert tablet.post(address, {"device": "own"}).status_code == 410
    assert tablet.get("/train/modules/").headers["Location"] == "/train/"


def test_link_takes_the_place_of_whoever_was_learning(desk, learner, now):
    other = SpellFactory.create(premises=desk.premises, staff_member__name="Bo Ito")
    issued = services.make_personal_link(
        staff_member=other.staff_member, premises=desk.premises, now=timezone.now()
    )

    learner.post(issued.address.removeprefix("http://localhost:8000"))

    assert "Hello Bo Ito" in text_of(learner.get("/train/modules/"))


def test_newer_link_leaves_a_learner_at_work_and_an_ended_one_does_not(desk, address):
    client = Client()
    client.post(address)
    make(desk, timezone.now())
    assert client.get("/train/modules/").status_code == 200

    services.end_personal_links(
        staff_member=desk.person,
        premises=desk.premises,
        actor=desk.manager,
        now=timezone.now(),
    )

    assert client.get("/train/modules/").headers["Location"] == "/train/"


def test_page_of_a_link_speaks_the_persons_language(desk, address, confirmed_languages):
    desk.person.language = "ur"
    desk.person.save()

    page = " ".join(Client().get(address).text.split())

    assert '<html lang="ur" dir="rtl"' in page


def test_unknown_address_is_not_there_and_says_what_to_do():
    page = Client().get("/train/go/guessed/")

    assert page.status_code == 404
    assert "This link does not lead anywhere" in text_of(page)


def send(desk, now):
    return services.send_personal_link(
        staff_member=desk.person, premises=desk.premises, actor=desk.manager, now=now
    )


def test_link_is_sent_by_mail_and_its_words_are_kept_from_everybody(
    desk, now, run_jobs, mailoutbox
):
    desk.person.email = "ana@home.example"
    desk.person.save()

    message = send(desk, now)
    run_jobs()

    [mail] = mailoutbox
    assert mail.to == ["ana@home.example"]
    assert f"Your training for {desk.premises}" == mail.subject
    assert "/train/go/" in mail.body
    message.refresh_from_db()
    assert (message.area, message.about) == (None, desk.premises.key)
    assert (message.reader, message.body) == (desk.person.key, "")


def test_link_is_sent_by_text_message_where_there_is_no_mail(settings, desk, now):
    settings.SMS_BY = "file"
    desk.person.phone = PHONE
    desk.person.save()

    message = send(desk, now)

    assert (message.channel, message.address) == (Channel.SMS, PHONE)
    assert "/train/go/" in message.body
    assert "\n" not in message.body.strip()


def test_address_that_came_back_gives_way_to_the_number(settings, desk, now):
    settings.SMS_BY = "file"
    desk.person.email, desk.person.phone = "ana@home.example", PHONE
    desk.person.save()
    MessageFactory.create(address="ana@home.example", state=MessageState.BOUNCED)

    assert send(desk, now).channel == Channel.SMS


def test_person_without_an_address_gets_a_slip_instead(desk, now):
    desk.person.phone = PHONE
    desk.person.save()

    with pytest.raises(NoAddressError):
        send(desk, now)

    assert not PersonalLink.objects.exists()


def test_button_pressed_twice_sends_one_link_that_works(desk, now):
    desk.person.email = "ana@home.example"
    desk.person.save()
    send(desk, now)

    with pytest.raises(TrainingError):
        send(desk, now + timedelta(seconds=5))

    assert Message.objects.count() == 1
    [link] = PersonalLink.objects.all()
    assert link.replaced_at is None
