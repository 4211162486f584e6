from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditEvent
from outbox.enums import MessageState
from outbox.models import Message
from outbox.services import add_message
from partners.register import services, tasks
from partners.register.enums import PremisesKind, PremisesState
from partners.register.models import Mailing, MailingRecipient
from partners.register.services import RegisterError
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory

pytestmark = pytest.mark.django_db

KEY = "abcdefghjkmn"
WORDS = {"subject": "Posters are here", "words": "Please put one up.\n\nThank you."}


@pytest.fixture
def campaign():
    """Return a campaign that is not over, whenever the views read the clock."""
    return CampaignFactory.create(closes_at=datetime(2999, 1, 1, tzinfo=UTC))


@pytest.fixture
def confirm(campaign, officer, now):
    """Return a function that confirms a mailing, with changes if any."""

    def confirm_it(**changes) -> Mailing:
        values = {"key": KEY, "campaign": campaign, "officer": officer, "now": now}
        return services.confirm_mailing(**{**values, **WORDS, "kinds": [], **changes})

    return confirm_it


def managers_of(area, number=1, **premises):
    return [
        ManagerLinkFactory.create(
            premises=PremisesFactory.create(area=area, **premises)
        )
        for _ in range(number)
    ]


def sent_to() -> list[int]:
    messages = Message.objects.filter(dedupe_key__startswith="mailing:")
    return sorted(messages.values_list("recipient", flat=True))


def test_recipients_manage_active_premises_here_each_once(area, officer, now):
    campaign = CampaignFactory.create(areas=[area, AreaFactory.create()])
    (link,) = managers_of(area)
    ManagerLinkFactory.create(
        user=link.user, premises=PremisesFactory.create(area=area)
    )
    managers_of(area, state=PremisesState.CLOSED)
    managers_of(AreaFactory.create())
    managers_of(campaign.areas.exclude(pk=area.pk).get())
    ManagerLinkFactory.create(premises=PremisesFactory.create(area=area), ended_at=now)
    ManagerLinkFactory.create(
        premises=PremisesFactory.create(area=area),
        user=UserFactory.create(is_active=False),
    )

    found = services.recipients_of(campaign=campaign, officer=officer, kinds=[])

    assert [one.user for one in found] == [link.user]


def test_recipients_are_of_the_kinds_that_were_chosen(area, officer, campaign):
    managers_of(area, kind=PremisesKind.HOTEL)
    (taxi,) = managers_of(area, kind=PremisesKind.TAXI)

    found = services.recipients_of(
        campaign=campaign, officer=officer, kinds=[PremisesKind.TAXI]
    )

    assert found == [(taxi.user, taxi.premises)]


def test_confirming_fixes_words_and_recipients_and_is_audited(area, confirm, officer):
    links = managers_of(area, 2)

    mailing = confirm()

    assert (mailing.subject, mailing.words) == tuple(WORDS.values())
    assert set(mailing.recipients.values_list("user", flat=True)) == {
        link.user_id for link in links
    }
    event = AuditEvent.objects.about(mailing).get()
    assert (event.verb, event.actor, event.facts["recipients"]) == (
        "mailing.confirmed",
        officer,
        2,
    )


def test_mailing_is_sent_once_to_each(area, confirm, run_jobs, mailoutbox):
    links = managers_of(area, 2)

    confirm()
    run_jobs()

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        link.user.email for link in links
    )
    mail = mailoutbox[0]
    assert mail.subject == "Posters are here"
    assert mail.body.startswith("Please put one up.\n\nThank you.")
    assert "You get this because you look after Lantern House" in mail.body


def test_form_sent_twice_is_one_mailing(area, confirm, run_jobs, mailoutbox):
    managers_of(area)

    assert confirm() == confirm()
    run_jobs()

    assert len(mailoutbox) == 1


def test_job_run_again_sends_no_second_message(area, confirm, run_jobs, now):
    managers_of(area, 3)
    mailing = confirm()
    run_jobs()
    before = sent_to()

    tasks.send_mailing.func(mailing.pk)
    tasks.finish_mailings.func()
    services.finish_mailings(now=now)
    run_jobs()

    assert sent_to() == before
    assert Message.objects.filter(state=MessageState.SENT).count() == 3


def test_job_killed_in_the_middle_is_taken_up_without_a_second_message(
    area, confirm, run_jobs, now, mailoutbox
):
    links = managers_of(area, 3)
    mailing = confirm()
    first = mailing.recipients.order_by("pk").first()
    # What a worker leaves that is killed after the first message.
    add_message(
        dedupe_key=first.dedupe_key,
        template="mailing",
        subject=mailing.subject,
        body=mailing.words,
        recipient=first.user,
        address="",
        is_secret=False,
        now=now,
    )

    missing = services.finish_mailings(now=now + timedelta(minutes=5))
    run_jobs()

    assert missing == 2
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        link.user.email for link in links
    )


def test_mailing_of_long_ago_is_left_alone(area, confirm, now):
    managers_of(area)
    confirm()

    assert services.finish_mailings(now=now + timedelta(days=8)) == 0


def test_who_was_deactivated_since_gets_nothing(area, confirm, run_jobs):
    first, second = managers_of(area, 2)
    confirm()
    first.user.is_active = False
    first.user.save()

    run_jobs()

    assert sent_to() == [second.user_id]


@pytest.mark.parametrize(
    ("closes_in", "has_manager", "sentence"),
    ((0, True, "This campaign is over"), (9, False, "Nobody would get this")),
)
def test_confirming_is_refused(area, confirm, now, closes_in, has_manager, sentence):
    campaign = CampaignFactory.create(closes_at=now + timedelta(days=closes_in))
    if has_manager:
        managers_of(area)

    with pytest.raises(RegisterError, match=sentence):
        confirm(campaign=campaign)

    assert Mailing.objects.count() == 0


def test_confirmed_mailing_is_never_changed(area, confirm):
    managers_of(area)
    mailing = confirm()

    for change in (
        lambda: Mailing.objects.filter(pk=mailing.pk).update(words="Other"),
        lambda: Mailing.objects.filter(pk=mailing.pk).delete(),
        lambda: MailingRecipient.objects.filter(mailing=mailing).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_words_are_sent_as_written_and_run_nothing(area, confirm, run_jobs, mailoutbox):
    managers_of(area)

    confirm(words="{{ premises_name }} {% now 'Y' %} <b>& more</b>")
    run_jobs()

    assert mailoutbox[0].body.startswith(
        "{{ premises_name }} {% now 'Y' %} <b>& more</b>"
    )


def test_officer_writes_reads_it_through_and_sends(
    client_of, officer, area, campaign, run_jobs, mailoutbox
):
    (link,) = managers_of(area)
    client = client_of(officer)
    address = f"/cms/mailings/to/{campaign.pk}/"
    key = client.get(address).context["form"].initial["key"]

    preview = client.post(address, {**WORDS, "key": key})
    page = preview.content.decode()
    changed = client.post(address, {**WORDS, "key": key, "change": "1"})
    sent = client.post(f"{address}confirm/", {**WORDS, "key": key})
    again = client.post(f"{address}confirm/", {**WORDS, "key": key})
    run_jobs()
    detail = client.get(sent.headers["Location"]).content.decode()

    assert link.user.name in page
    assert "It goes to 1 person" in " ".join(page.split())
    assert "You get this because you look after" in page
    assert WORDS["subject"] in changed.content.decode()
    assert (sent.status_code, again.headers["Location"]) == (
        302,
        sent.headers["Location"],
    )
    assert len(mailoutbox) == 1
    assert "Please put one up." in detail
    assert ">Sent</a>" in detail


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        ({"subject": ""}, "Write a subject."),
        ({"words": "  "}, "Write what you want to say."),
        ({"kinds": "castle"}, "Choose from the kinds that are listed."),
        ({"kinds": PremisesKind.SHOP}, "Nobody would get this"),
        ({"key": "../../etc"}, "This form is damaged."),
        ({"subject": "x" * 151}, "at most 150 characters"),
    ),
)
@pytest.mark.parametrize("step", ("", "confirm/"))
def test_what_cannot_be_sent_is_refused_with_a_sentence(
    client_of, officer, area, campaign, changes, sentence, step
):
    managers_of(area)

    answer = client_of(officer).post(
        f"/cms/mailings/to/{campaign.pk}/{step}", {**WORDS, "key": KEY, **changes}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Mailing.objects.count() == 0


def test_mailing_of_a_campaign_elsewhere_is_not_there(client_of, officer, confirm):
    elsewhere = AreaFactory.create()
    campaign = CampaignFactory.create(areas=[elsewhere])
    managers_of(elsewhere)
    colleague = UserFactory.create(roles=[Role.OFFICER], areas=[elsewhere])
    mailing = confirm(campaign=campaign, officer=colleague)
    client = client_of(officer)

    answers = [
        client.get(f"/cms/mailings/to/{campaign.pk}/").status_code,
        client.post(f"/cms/mailings/to/{campaign.pk}/confirm/", WORDS).status_code,
        client.get(f"/cms/mailings/{mailing.key}/").status_code,
    ]

    assert answers == [404, 404, 404]
    assert client_of(colleague).get(f"/cms/mailings/{mailing.key}/").status_code == 200


@pytest.mark.parametrize("role", (Role.EDITOR, Role.MANAGER, Role.TESTER))
def test_only_officers_write_to_partners(client_of, area, campaign, role):
    person = UserFactory.create(roles=[role], areas=[area])

    answer = client_of(person).get(f"/cms/mailings/to/{campaign.pk}/")

    assert answer.status_code in {302, 403}


def test_officer_sees_recipients_of_own_areas_only(client_of, officer, area, confirm):
    elsewhere = AreaFactory.create()
    (here,) = managers_of(area)
    (there,) = managers_of(elsewhere)
    both = UserFactory.create(roles=[Role.OFFICER], areas=[area, elsewhere])
    mailing = confirm(officer=both)

    page = client_of(officer).get(f"/cms/mailings/{mailing.key}/").content.decode()

    assert here.premises.name in page
    assert there.premises.name not in page


@pytest.mark.parametrize("recipient_count", (1, 3))
def test_mailing_page_asks_the_same_however_many_got_it(
    client_of,
    officer,
    area,
    confirm,
    run_jobs,
    recipient_count,
    django_assert_num_queries,
):
    managers_of(area, recipient_count)
    mailing = confirm()
    run_jobs()
    client = client_of(officer)
    client.get(f"/cms/mailings/{mailing.key}/")

    with django_assert_num_queries(18):
        client.get(f"/cms/mailings/{mailing.key}/")


@pytest.mark.parametrize("recipient_count", (1, 3))
def test_preview_asks_the_same_however_many_get_it(
    client_of, officer, area, campaign, recipient_count, django_assert_num_queries
):
    managers_of(area, recipient_count)
    client = client_of(officer)
    address = f"/cms/mailings/to/{campaign.pk}/"
    client.post(address, {**WORDS, "key": KEY})

    with django_assert_num_queries(16):
        client.post(address, {**WORDS, "key": KEY})
