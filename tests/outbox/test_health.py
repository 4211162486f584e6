from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import standstill
from outbox.clock import start_due_jobs
from outbox.enums import MessageState
from outbox.models import Heartbeat
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db


def test_clock_is_alive_while_it_beats(client, now):
    never = client.get("/health/clock/")
    Heartbeat.objects.create(name="clock", beat_at=timezone.now())
    beats = client.get("/health/clock/")
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=11))
    stands = client.get("/health/clock/")

    assert (never.status_code, never.text) == (
        503,
        "The clock has never been started.",
    )
    assert (beats.status_code, beats.text) == (200, "ok")
    assert stands.status_code == 503
    assert stands.text.startswith("The clock has stood still since ")
    assert stands.cookies == {}


def test_messages_move_while_none_waits_for_long(client, now):
    assert client.get("/health/messages/").text == "ok"
    MessageFactory.create(queued_at=timezone.now() - timedelta(minutes=29))
    assert client.get("/health/messages/").text == "ok"
    MessageFactory.create(
        queued_at=timezone.now() - timedelta(days=1), state=MessageState.FAILED
    )
    assert client.get("/health/messages/").text == "ok"

    MessageFactory.create(queued_at=timezone.now() - timedelta(minutes=31))

    assert client.get("/health/messages/").status_code == 503


def test_worker_that_takes_no_job_is_noticed(now):
    start_due_jobs(now=now)
    queued = timezone.now()

    assert standstill.of_messages(now=queued + timedelta(minutes=29)) == ""
    assert standstill.of_messages(now=queued + timedelta(minutes=31)).startswith(
        "The worker has stood still since "
    )


def test_desk_tells_officers_that_the_clock_stands_still(officer, client_of):
    client = client_of(officer)
    Heartbeat.objects.create(name="clock", beat_at=timezone.now())
    assert "stood still" not in client.get("/cms/").text

    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(hours=2))

    assert "The clock has stood still since" in client.get("/cms/").text
