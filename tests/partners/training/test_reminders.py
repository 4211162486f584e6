from datetime import date, timedelta

import pytest
from django.utils import timezone

from outbox.enums import Channel, MessageState
from outbox.models import Message, Round
from partners.training import services, tasks
from partners.training.coverage import people_states
from partners.training.models import PersonalLink
from partners.training.nudges import nudge_for
from partners.training.rules import may_write_at
from tests.factories.outbox import MessageFactory
from tests.factories.register import SpellFactory
from tests.factories.training import CompletionFactory
from tests.partners.training.test_journey import MODULE, answer_all, read_all

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
STARTED = date(2026, 10, 1)


@pytest.fixture
def person(desk):
    """Return somebody who must have finished by 31 October, and can be written to."""
    desk.spell.started_on = STARTED
    desk.spell.save()
    desk.person.email = "ana@home.example"
    desk.person.save()
    return desk.person


def nudge_on(desk, day):
    state = people_states(premises=desk.premises, day=day)[desk.person.pk]
    found = nudge_for(state, started_on=desk.spell.started_on, today=day)
    return found and (found.template, found.day, found.stage)


@pytest.mark.parametrize(
    ("day", "nudge"),
    (
        (STARTED, ("training_invitation", STARTED, 0)),
        (date(2026, 10, 23), ("training_invitation", STARTED, 0)),
        (date(2026, 10, 24), ("training_due", date(2026, 10, 31), 0)),
        (date(2026, 10, 31), ("training_due", date(2026, 10, 31), 0)),
        (date(2026, 11, 1), ("training_overdue", date(2026, 10, 31), 1)),
        (date(2026, 11, 13), ("training_overdue", date(2026, 10, 31), 1)),
        (date(2026, 11, 14), ("training_overdue", date(2026, 10, 31), 14)),
        (date(2027, 3, 1), ("training_overdue", date(2026, 10, 31), 14)),
    ),
)
def test_person_who_never_trained_is_asked_reminded_and_reminded(
    desk, person, day, nudge
):
    assert nudge_on(desk, day) == nudge


@pytest.mark.parametrize(
    ("day", "nudge"),
    (
        (date(2026, 11, 1), None),
        (date(2027, 6, 1), None),
        (date(2027, 9, 23), None),
        (date(2027, 9, 24), ("training_due", date(2027, 10, 1), 0)),
        (date(2027, 10, 2), ("training_overdue", date(2027, 10, 1), 1)),
    ),
)
def test_person_in_date_is_reminded_before_it_runs_out(desk, person, day, nudge):
    CompletionFactory.create(
        staff_member=person,
        module=desk.version.module,
        valid_from=date(2026, 10, 1),
        valid_until=date(2027, 10, 1),
    )

    assert nudge_on(desk, day) == nudge


@pytest.mark.parametrize(
    ("hour", "may"), ((7, False), (8, True), (19, True), (20, False))
)
def test_no_phone_rings_at_night(now, hour, may):
    assert may_write_at(now.replace(hour=hour)) is may


def told():
    return list(
        Message.objects.order_by("pk").values_list("template", "address", "channel")
    )


def test_reminder_goes_once_a_day_and_once_for_each_reason(desk, person, now):
    assert services.send_reminders(now=now) == 1
    assert services.send_reminders(now=now + timedelta(minutes=10)) == 0
    assert services.send_reminders(now=now + timedelta(days=1)) == 0

    assert told() == [("training_overdue", "ana@home.example", "email")]
    [round_] = Round.objects.filter(key="reminders:2026-11-18")
    assert (round_.begun_at, round_.ended_at) == (now, now)


def test_reminder_brings_a_link_and_names_the_module(desk, person, now):
    services.send_reminders(now=now)

    message = Message.objects.get()
    link = PersonalLink.objects.get()
    assert message.subject == "Your training was due on 31 October"
    assert "- At reception" in message.body
    assert "/train/go/" in message.body
    assert "Hello Ana Kowalska" in message.body
    assert (message.area, message.about) == (None, desk.premises.key)
    assert (link.staff_member, link.premises) == (person, desk.premises)


def test_who_works_at_two_places_hears_of_one_day_once(desk, person, now):
    SpellFactory.create(staff_member=person, premises__organisation=person.organisation)

    assert services.send_reminders(now=now) == 1


def test_who_left_or_has_no_address_gets_none(desk, person, now):
    SpellFactory.create(premises=desk.premises, started_on=STARTED)
    desk.spell.ended_on = TODAY - timedelta(days=1)
    desk.spell.save()

    assert services.send_reminders(now=now) == 0


def test_text_message_is_short(settings, desk, person, now):
    settings.SMS_BY = "file"
    person.email, person.phone = "", "+447700900123"
    person.save()

    services.send_reminders(now=now)

    message = Message.objects.get()
    assert message.channel == Channel.SMS
    assert len(message.body) <= 306
    assert "was due on 31 Oct" in message.body


def test_reminder_is_in_the_persons_language(confirmed_languages, desk, person, now):
    person.language = "pl"
    person.save()

    services.send_reminders(now=now)

    assert "31 października 2026" in Message.objects.get().body


def test_job_of_the_night_writes_nothing(monkeypatch, desk, person, now):
    night = now.replace(hour=3)
    monkeypatch.setattr(timezone, "now", lambda: night)

    tasks.send_reminders.call()
    tasks.send_leaver_notices.call()

    assert not Message.objects.exists()


def leave(desk, day):
    desk.spell.ended_on = day
    desk.spell.save()


def notices(now):
    return services.send_leaver_notices(now=now, keep_months=24)


def test_leaver_is_told_once_what_stays_and_for_how_long(desk, person, now):
    leave(desk, TODAY - timedelta(days=1))

    assert (notices(now), notices(now)) == (1, 0)

    message = Message.objects.get()
    assert "your last day at" in message.body
    assert "until 17 November 2028" in message.body
    assert message.is_secret


@pytest.mark.parametrize(
    ("last_day", "number"),
    ((TODAY, 0), (TODAY - timedelta(days=14), 1), (TODAY - timedelta(days=15), 0)),
)
def test_leaver_is_told_when_the_last_day_is_over_and_not_much_later(
    desk, person, now, last_day, number
):
    leave(desk, last_day)

    assert notices(now) == number


def test_who_works_elsewhere_in_the_organisation_is_no_leaver(desk, person, now):
    leave(desk, TODAY - timedelta(days=1))
    SpellFactory.create(staff_member=person, premises__organisation=person.organisation)

    assert notices(now) == 0


def test_certificate_is_sent_once_to_whoever_can_be_written_to(
    desk, person, now, learner, run_jobs
):
    completion = CompletionFactory.create(
        staff_member=person, module=desk.version.module
    )
    silent = CompletionFactory.create(
        staff_member=SpellFactory.create().staff_member, module=desk.version.module
    )

    first = services.send_certificate(completion=completion, now=now)
    second = services.send_certificate(completion=completion, now=now)
    none = services.send_certificate(completion=silent, now=now)

    assert first is not None
    assert (second, none) == (None, None)
    assert f"/verify/{completion.certificate_code}/" in first.body


def test_certificate_follows_a_passed_module(desk, person, learner, run_jobs):
    learner.post(f"{MODULE}start/")
    read_all(learner)
    answer_all(learner, "bbbb")
    learner.post(f"{MODULE}finish/")
    run_jobs()

    assert Message.objects.get(template="certificate").state == MessageState.SENT


def test_address_that_came_back_is_left_alone(desk, person, now):
    MessageFactory.create(address=person.email, state=MessageState.BOUNCED)

    assert services.send_reminders(now=now) == 0
