from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.services import deactivate_person, reactivate_person
from core.models import AuditEvent
from outbox.enums import MessageState
from outbox.models import Message
from partners.register.enums import AlarmCause, PremisesState
from partners.register.models import ManagerAlarm
from partners.register.services import (
    alarms,
    end_link,
    invite_manager,
    manager_bounced,
    watch_over_premises,
)
from tests.factories.accounts import UserFactory
from tests.factories.outbox import MessageFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


def told() -> list[tuple[int | None, str]]:
    alarms = Message.objects.filter(template="manager_alarm")
    return list(alarms.order_by("pk").values_list("recipient", "dedupe_key"))


def causes() -> list[tuple[str, bool]]:
    alarms = ManagerAlarm.objects.order_by("pk")
    return [(alarm.cause, alarm.settled_at is None) for alarm in alarms]


def test_the_last_manager_leaving_tells_the_officers_once(link, officer, now):
    UserFactory.create(roles=[Role.OFFICER])
    end_link(link=link, actor=link.user, now=now)

    again = watch_over_premises(now=now + timedelta(hours=1))

    alarm = ManagerAlarm.objects.get()
    message = Message.objects.get()
    assert (alarm.premises, alarm.cause) == (link.premises, AlarmCause.NOBODY)
    assert told() == [(officer.pk, f"manager-alarm:{alarm.pk}:user:{officer.pk}")]
    assert link.premises.name in message.body
    assert link.user.email in message.body
    assert again == 0
    assert "premises.without_manager" in AuditEvent.objects.values_list(
        "verb", flat=True
    )


@pytest.mark.parametrize("over", ("premises", "region", "organisation"))
def test_no_alarm_while_somebody_else_looks_after_it(chain, officer, now, over):
    house = chain.houses[0]
    link = ManagerLinkFactory.create(premises=house)
    others = {
        "premises": {"premises": house},
        "region": {"over": chain.north},
        "organisation": {"over": chain.organisation},
    }
    ManagerLinkFactory.create(**others[over])

    end_link(link=link, actor=link.user, now=now)

    assert causes() == []


def test_the_manager_of_a_chain_leaving_is_one_message_about_all(chain, officer, now):
    head = ManagerLinkFactory.create(over=chain.organisation)
    ManagerLinkFactory.create(premises=chain.houses[3])

    end_link(link=head, actor=head.user, now=now)

    assert causes() == [("nobody", True)] * 3
    assert len(told()) == 1
    assert "3 premises" in Message.objects.get().subject


def test_a_new_manager_settles_the_alarm_and_the_next_loss_is_a_new_event(
    link, officer, now
):
    end_link(link=link, actor=link.user, now=now)

    invited = invite_manager(
        whole=link.premises, email="a@b.example", name="A", actor=officer, now=now
    )
    assert causes() == [("nobody", False)]
    end_link(link=invited, actor=officer, now=now)

    assert causes() == [("nobody", False), ("nobody", True)]
    assert len(told()) == 2


def test_closed_account_raises_the_alarm_and_an_opened_one_settles_it(
    link, area, officer, now
):
    lead = UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])
    link.user.groups.add(officer.groups.get())
    link.user.areas.add(area)

    deactivate_person(user=link.user, actor=lead)
    assert causes() == [("nobody", True)]

    link.user.refresh_from_db()
    reactivate_person(user=link.user, actor=lead)
    assert causes() == [("nobody", False)]


def test_the_watch_finds_an_account_that_was_closed_elsewhere(link, officer, now):
    link.user.is_active = False
    link.user.save(update_fields=["is_active"])

    assert watch_over_premises(now=now) == 1
    assert watch_over_premises(now=now) == 0


def test_premises_nobody_was_ever_invited_to_raise_no_alarm(area, officer, now):
    PremisesFactory.create(area=area)

    assert watch_over_premises(now=now) == 0


def test_closed_premises_raise_no_alarm(link, officer, now):
    link.premises.state = PremisesState.CLOSED
    link.premises.save(update_fields=["state"])

    end_link(link=link, actor=link.user, now=now)

    assert causes() == []


def failed(user, now, **values):
    values = {"state": MessageState.FAILED, "queued_at": now} | values
    return MessageFactory.create(recipient=user, **values)


def test_mail_that_came_back_raises_the_alarm_when_nobody_else_gets_any(
    link, officer, now
):
    second = ManagerLinkFactory.create(premises=link.premises)
    failed(link.user, now)
    manager_bounced(user=link.user, now=now)
    assert causes() == []

    failed(second.user, now)
    manager_bounced(user=second.user, now=now)
    manager_bounced(user=second.user, now=now)

    assert causes() == [("no-mail", True)]
    assert [person for person, _key in told()] == [officer.pk]


def test_mail_that_arrives_again_settles_the_alarm(link, officer, now):
    failed(link.user, now)
    watch_over_premises(now=now)

    later = now + timedelta(hours=1)
    failed(link.user, later, state=MessageState.QUEUED)
    assert watch_over_premises(now=later) == 0
    assert causes() == [("no-mail", True)]
    failed(link.user, later, state=MessageState.SENT, sent_at=later)
    watch_over_premises(now=later)

    assert causes() == [("no-mail", False)]


def test_a_killed_watch_runs_again_to_the_same_end(link, officer, now, monkeypatch):
    end_link(link=link, actor=link.user, now=now)
    ManagerAlarm.objects.all().delete()
    Message.objects.all().delete()

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alarms, "queue_message", killed)
        with pytest.raises(KeyboardInterrupt):
            watch_over_premises(now=now)

    assert causes() == []
    assert watch_over_premises(now=now) == 1
    assert len(told()) == 1
