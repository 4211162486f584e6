from datetime import UTC, datetime, timedelta

import pytest

from accounts.enums import Role
from core.models import AuditEvent
from outbox import rounds, services, tasks
from outbox.clock import start_due_jobs
from outbox.enums import MessageState
from outbox.models import CLOCK_STARTED, Heartbeat, Message, Round
from outbox.rounds import Schedule, each_day_at, each_week_at
from tests.factories.accounts import UserFactory
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
KEY = "letters:2026-11-16"
AT = "16.11.2026 07:00"


@pytest.fixture
def readers(monkeypatch):
    """Let one schedule be all there is; the list says how many should be told."""
    count = [3]
    entry = Schedule("letters", "The letters", each_week_at(7), lambda _: count[0])
    monkeypatch.setattr(rounds, "_schedules", {"letters": entry})
    Heartbeat.objects.create(name=CLOCK_STARTED, beat_at=DUE - timedelta(days=1))
    return count


@pytest.fixture
def lead(area):
    return UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "week"),
    (
        ("2026-11-18 12:00", "2026-11-18 07:00", "2026-11-16 07:00"),
        ("2026-11-18 06:59", "2026-11-17 07:00", "2026-11-16 07:00"),
        ("2026-11-16 07:00", "2026-11-16 07:00", "2026-11-16 07:00"),
        ("2026-11-16 06:59", "2026-11-15 07:00", "2026-11-09 07:00"),
        # In summer the clock on the wall is an hour ahead.
        ("2026-07-06 06:00", "2026-07-06 06:00", "2026-07-06 06:00"),
        ("2026-07-06 05:59", "2026-07-05 06:00", "2026-06-29 06:00"),
    ),
)
def test_round_is_due_by_the_clock_on_the_wall(now, day, week):
    assert each_day_at(7)(at(now)) == at(day)
    assert each_week_at(7)(at(now)) == at(week)


def begin(now) -> Round:
    round_ = services.begin_round(name="letters", now=now)
    assert round_ is not None
    return round_


def run(*, now, keys=(), state=MessageState.SENT):
    round_ = begin(now)
    for key in keys:
        MessageFactory.create(
            dedupe_key=f"{KEY}:{key}", state=state, sent_at=now, area=None
        )
    return services.end_round(round_=round_, name="letters", now=now)


def test_round_begins_once_goes_on_and_ends_once(readers, now):
    first = begin(now)
    again = begin(now + timedelta(hours=1))
    ended = services.end_round(round_=first, name="letters", now=now)

    assert (again, again.begun_at) == (first, now)
    assert (ended.key, ended.expected) == (KEY, 3)
    assert services.begin_round(name="letters", now=now) is None
    verbs = [event.verb for event in AuditEvent.objects.about(first)]
    assert verbs == ["round.begun", "round.ended"]


def test_all_is_well_when_everybody_was_told(readers, now):
    run(now=now, keys="abc")

    assert services.troubles(now=now) == {}


def test_summary_that_told_nobody_is_an_alarm(readers, lead, settings, now):
    settings.OPERATORS = ["machine@force.example"]
    run(now=now)

    assert services.raise_alarms(now=now) == 2
    assert services.raise_alarms(now=now + timedelta(hours=1)) == 0

    alarms = Message.objects.order_by("address")
    assert {alarm.address for alarm in alarms} == {lead.email, "machine@force.example"}
    assert f"The letters: due on {AT}, told 0 of 3 people." in alarms[0].body


def test_week_with_nobody_to_tell_is_no_alarm(readers, now):
    readers[0] = 0
    run(now=now)

    assert services.troubles(now=now) == {}


def test_summary_that_told_too_few_is_an_alarm(readers, now):
    run(now=now, keys="ab")

    assert services.troubles(now=now) == {
        KEY: f"The letters: due on {AT}, told 2 of 3 people."
    }


@pytest.mark.parametrize("state", (MessageState.QUEUED, MessageState.FAILED))
def test_summary_that_never_left_is_an_alarm(readers, now, state):
    run(now=now, keys="abc", state=state)

    assert services.troubles(now=now) == {
        KEY: f"The letters: due on {AT}; of 3 messages none has left."
    }


def test_summary_that_never_began_is_an_alarm_unless_nobody_was_to_be_told(
    readers, now
):
    assert services.troubles(now=now) == {KEY: f"The letters: due on {AT}, not begun."}
    readers[0] = 0
    assert services.troubles(now=now) == {}


def test_summary_that_stopped_halfway_is_an_alarm(readers, now):
    begin(now)

    assert services.troubles(now=now) == {
        KEY: f"The letters: due on {AT}, begun, and not come to an end."
    }


def test_nothing_is_wrong_before_there_was_time(readers):
    assert services.troubles(now=DUE + timedelta(minutes=119)) == {}
    assert KEY in services.troubles(now=DUE + timedelta(hours=2))


def test_what_was_due_before_the_first_start_is_not_made_up_for(readers, now):
    Heartbeat.objects.update(beat_at=DUE + timedelta(minutes=1))

    assert services.begin_round(name="letters", now=now) is None
    assert services.troubles(now=now) == {}
    assert begin(now + timedelta(days=7)).key == "letters:2026-11-23"


def test_clock_just_started_has_time_to_catch_up(readers, now):
    Round.objects.create(key="letters:2026-11-09", due_at=DUE, begun_at=DUE)
    Heartbeat.objects.update(beat_at=now)

    assert services.troubles(now=now + timedelta(minutes=119)) == {}
    assert KEY in services.troubles(now=now + timedelta(hours=2))


def test_desk_shows_the_alarm_to_officers(readers, officer, client_of):
    assert "not begun" in client_of(officer).get("/cms/").text


def test_clock_that_stood_still_says_so_when_it_beats_again(lead, now, run_jobs):
    start_due_jobs(now=now)
    start_due_jobs(now=now + timedelta(minutes=10))
    run_jobs()
    assert not Message.objects.filter(template="alarm", body__contains="stood still")

    start_due_jobs(now=now + timedelta(hours=5))
    run_jobs()

    [alarm] = Message.objects.filter(body__contains="stood still")
    assert alarm.recipient == lead
    assert (
        "The clock stood still from 18.11.2026 12:10 to 18.11.2026 17:00." in alarm.body
    )


def test_alarm_of_a_standstill_is_raised_once(lead, now):
    facts = {"since": now.isoformat(), "until": now.isoformat()}
    tasks.tell_of_standstill.call(**facts)
    tasks.tell_of_standstill.call(**facts)

    assert Message.objects.count() == 1


def test_message_to_a_user_is_in_the_users_language(confirmed_languages, lead, now):
    lead.language = "pl"
    lead.save()

    message = services.queue_message(
        dedupe_key="one",
        template="task_overdue",
        context={},
        recipient=lead,
        area=None,
        now=now,
    )

    assert message is not None
    assert message.subject.startswith("Minął termin kolejnego kroku")
