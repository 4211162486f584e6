from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from accounts.enums import Role
from core.models import AuditEvent
from outbox.enums import MessageState
from outbox.models import CLOCK_STARTED, Heartbeat, Message, Round
from outbox.services import raise_alarms, troubles
from partners.portal import services
from partners.portal.services import digests
from partners.register.enums import PremisesState
from tests.factories.accounts import UserFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.outbox import MessageFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.training import CompletionFactory, RequirementFactory
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 7, 5, tzinfo=UTC)
KEY = "digests:2026-11-16"
TODAY = date(2026, 11, 16)


def manager_of(premises):
    return ManagerLinkFactory.create(premises=premises, started_at=LONG_AGO).user


@pytest.fixture
def module():
    module = ModuleFactory.create(title="At reception")
    ModuleVersionFactory.create(module=module)
    RequirementFactory.create(module=module)
    return module


@pytest.fixture
def place(area):
    return PremisesFactory.create(area=area, name="Lantern House")


@pytest.fixture
def manager(place):
    return manager_of(place)


def summary_to(user):
    return Message.objects.get(recipient=user, template="weekly_digest")


def test_summary_goes_once_a_week_to_each_manager(manager):
    assert services.send_digests(now=MONDAY) == 1
    assert services.send_digests(now=MONDAY) == 0
    assert services.send_digests(now=MONDAY + timedelta(days=6)) == 0
    assert services.send_digests(now=MONDAY + timedelta(days=7)) == 1

    first, second = Message.objects.order_by("pk")
    assert first.dedupe_key == f"{KEY}:user:{manager.pk}"
    assert second.dedupe_key == f"digests:2026-11-23:user:{manager.pk}"


def test_summary_says_how_the_place_stands(place, manager, module, officer):
    def person(name, started_on, **fields):
        return SpellFactory.create(
            premises=place,
            staff_member__name=name,
            started_on=started_on,
            **fields,
        ).staff_member

    trained = person("Ana Trained", date(2026, 1, 5), ended_on=date(2026, 11, 30))
    late = person("Bo Late", date(2026, 9, 1))
    person("Cy Starter", date(2026, 11, 2))
    late.email = "bo@home.example"
    late.save()
    CompletionFactory.create(staff_member=trained, module=module)
    MessageFactory.create(
        about=place.key,
        reader=late.key,
        state=MessageState.FAILED,
        queued_at=MONDAY - timedelta(days=1),
    )

    services.send_digests(now=MONDAY)

    body = summary_to(manager).body
    assert "1 of 3 people who need training are in date today (33 per cent)." in body
    assert "- Bo Late: At reception (since 1 October)" in body
    assert "Started in the last 30 days and not trained yet:\n- Cy Starter" in body
    assert "- Ana Trained, last day 30 November" in body
    assert "add an address:\n- Cy Starter\n" in body
    assert "came back. Ask them for the right address:\n- Bo Late" in body
    assert f"/partners/{place.key}/\n" in body


def test_summary_asks_who_may_have_left(place, manager, module):
    for name, started_on in (
        ("Di Silent", date(2026, 1, 5)),
        ("Ed Recent", date(2026, 9, 1)),
    ):
        SpellFactory.create(
            premises=place, staff_member__name=name, started_on=started_on
        )

    services.send_digests(now=MONDAY)

    body = summary_to(manager).body
    assert "Have they left? One tap on your page answers it:\n- Di Silent\n\n" in body


def test_summary_names_open_tasks(place, manager, officer):
    GapRuleFactory.create()
    visit = make_visit(premises=place, planned_on=TODAY - timedelta(days=9))
    released(visit, officer=officer, now=MONDAY, asked="no")

    services.send_digests(now=MONDAY)

    assert "Next steps:\n- To do by " in summary_to(manager).body


def test_summary_of_an_empty_place_says_what_to_do(manager):
    services.send_digests(now=MONDAY)

    assert "Nobody is on your staff list yet." in summary_to(manager).body


def test_manager_of_several_places_gets_one_summary(place, manager, area):
    ManagerLinkFactory.create(
        user=manager,
        premises=PremisesFactory.create(area=area, name="Quay Inn"),
        started_at=LONG_AGO,
    )

    assert services.send_digests(now=MONDAY) == 1

    message = summary_to(manager)
    assert "\nLantern House\n" in message.body
    assert "\nQuay Inn\n" in message.body
    assert message.about == ""


def test_manager_of_many_places_gets_a_line_of_each(place, manager, area):
    for number in range(5):
        ManagerLinkFactory.create(
            user=manager,
            premises=PremisesFactory.create(area=area, name=f"Inn {number}"),
            started_at=LONG_AGO,
        )

    services.send_digests(now=MONDAY)

    body = summary_to(manager).body
    assert "- Lantern House: 0 of 0 people in date\n" in body
    assert "Nobody is on your staff list yet." not in body


def test_words_with_names_are_nobodys_and_blanked_once_sent(
    place, manager, officer, client_of, run_jobs, mailoutbox
):
    services.send_digests(now=MONDAY)
    run_jobs()

    message = summary_to(manager)
    assert (message.area, message.body) == (place.area, "")
    page = client_of(officer).get(f"/cms/outbox/{message.pk}/")
    assert "Its words are not shown" in page.text
    assert [mail.to for mail in mailoutbox] == [[manager.email]]


def test_summary_is_in_the_managers_language(confirmed_languages, manager):
    services.wish(user=manager, is_wanted=True, language="pl", now=MONDAY)

    services.send_digests(now=MONDAY)

    assert "16 listopada" in summary_to(manager).subject


def test_who_declined_gets_no_summary_and_is_not_missed(place, manager):
    other = manager_of(place)
    services.wish(user=manager, is_wanted=False, language="en", now=MONDAY)

    assert services.send_digests(now=MONDAY) == 1
    assert services.count_readers(MONDAY) == 1
    assert Message.objects.get().recipient == other

    services.wish(user=manager, is_wanted=True, language="en", now=MONDAY)
    assert services.count_readers(MONDAY) == 2
    [event, _again] = AuditEvent.objects.filter(verb="digest.wished").order_by("pk")
    assert (event.actor, event.facts) == (
        manager,
        {"is_wanted": False, "language": "en"},
    )


def test_who_is_no_manager_any_more_or_only_since_gets_none(place, area):
    ManagerLinkFactory.create(premises=place, started_at=LONG_AGO, ended_at=MONDAY)
    ManagerLinkFactory.create(premises=place, started_at=MONDAY)
    ManagerLinkFactory.create(
        premises=place, started_at=LONG_AGO, user=UserFactory.create(is_active=False)
    )
    manager_of(PremisesFactory.create(area=area, state=PremisesState.CLOSED))

    assert services.count_readers(MONDAY - timedelta(minutes=5)) == 0
    assert services.send_digests(now=MONDAY) == 0


@pytest.fixture
def beating():
    Heartbeat.objects.create(name=CLOCK_STARTED, beat_at=LONG_AGO)


def troubles_of_digests(now):
    return {key: words for key, words in troubles(now=now).items() if "digest" in key}


def test_summary_that_finds_no_reader_raises_an_alarm(
    monkeypatch, manager, area, beating
):
    """A search for readers broke, as it did elsewhere for years unnoticed."""
    lead = UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])
    nobody = UserFactory._meta.model.objects.none()
    monkeypatch.setattr(digests, "_readers", lambda _: nobody)
    services.wish(user=lead, is_wanted=False, language="en", now=MONDAY)

    assert services.send_digests(now=MONDAY) == 0
    later = MONDAY + timedelta(hours=2)

    assert troubles_of_digests(later) == {
        KEY: "The weekly summaries for managers: due on 16.11.2026 07:00, "
        "told 0 of 1 people."
    }
    assert raise_alarms(now=later) >= 1
    assert Message.objects.filter(recipient=lead, template="alarm").exists()


def test_summary_that_told_everybody_raises_none(manager, beating, run_jobs):
    services.send_digests(now=MONDAY)
    run_jobs()

    assert troubles_of_digests(MONDAY + timedelta(hours=2)) == {}


class Killed(BaseException):
    """What SIGKILL is to a worker: nothing catches it."""


def killed_at(statement):
    """Return a wrapper that ends the run at the n-th statement to the database."""
    left = [statement]

    def run(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    return run


def state_of_everything():
    return (
        list(
            Message.objects.order_by("dedupe_key").values_list(
                "dedupe_key", "address", "subject", "body", "state"
            )
        ),
        list(Round.objects.values_list("key", "begun_at", "expected")),
    )


@pytest.mark.parametrize("statement", (2, 12, 30, 55))
def test_run_killed_anywhere_ends_as_an_undisturbed_one(
    place, manager, module, statement
):
    SpellFactory.create_batch(2, premises=place)
    manager_of(place)
    manager_of(place)
    with connection.execute_wrapper(killed_at(statement)), pytest.raises(Killed):
        services.send_digests(now=MONDAY)
    begun = Round.objects.exists()

    services.send_digests(now=MONDAY if not begun else MONDAY + timedelta(hours=1))
    after_the_kill = state_of_everything()
    assert services.send_digests(now=MONDAY + timedelta(hours=2)) == 0
    Message.objects.all().delete()
    Round.objects.all().delete()
    services.send_digests(now=MONDAY)

    assert after_the_kill == state_of_everything()
    assert len(after_the_kill[0]) == 3
