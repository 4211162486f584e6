"""Workers that are killed in the middle, and two that work at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from outbox.models import Message, Round
from outbox.services import deliver_message
from partners.portal.services import send_digests
from partners.training.models import PersonalLink
from partners.training.services import send_reminders
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.training import RequirementFactory
from tests.partners.register.killing import run_and_die

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 9, 5, tzinfo=UTC)
PEOPLE = 2
RUNS: dict[str, Callable[..., int]] = {
    "digest": send_digests,
    "reminders": send_reminders,
}


def make_places() -> None:
    """Make two places with a manager each and people whose training is late."""
    module = ModuleFactory.create(title="At reception")
    ModuleVersionFactory.create(module=module)
    RequirementFactory.create(module=module)
    for number in range(2):
        premises = PremisesFactory.create(name=f"Inn {number}")
        ManagerLinkFactory.create(premises=premises, started_at=LONG_AGO)
        for person in range(PEOPLE):
            SpellFactory.create(
                premises=premises,
                started_on=date(2026, 9, 1),
                staff_member__email=f"worker{number}{person}@home.example",
            )


def outcome() -> object:
    """Return all that a run leaves, but for what is drawn by lot: secrets, numbers."""
    messages = Message.objects.order_by("dedupe_key").values_list(
        "dedupe_key", "address", "subject", "state", "about", "queued_at"
    )
    current = PersonalLink.objects.current().order_by("staff_member")
    return (
        list(messages),
        list(current.values_list("staff_member", "premises", "made_at")),
        PersonalLink.objects.exclude(replaced_at=None).count(),
        list(Round.objects.order_by("key").values_list("key", "begun_at", "expected")),
    )


def forget_outcome() -> None:
    Message.objects.all().delete()
    PersonalLink.objects.all().delete()
    Round.objects.all().delete()


def calm_run(work: Callable[..., int]) -> object:
    """Return what a run leaves that nobody disturbs."""
    make_places()
    work(now=MONDAY)
    undisturbed = outcome()
    forget_outcome()
    return undisturbed


def killed_run(work: Callable[..., int], statement: int, undisturbed: object) -> bool:
    """Kill a run at its n-th statement and run again: it ends as if undisturbed.

    Return whether the first run lived to the end.
    """
    lived = run_and_die(partial(work, now=MONDAY), statement)
    work(now=MONDAY)
    assert outcome() == undisturbed, f"killed at statement {statement}"
    assert work(now=MONDAY + timedelta(minutes=10)) == 0
    forget_outcome()
    return lived


@pytest.mark.parametrize("name", sorted(RUNS))
@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_ends_as_an_undisturbed_one(name):
    undisturbed = calm_run(RUNS[name])

    lived = [killed_run(RUNS[name], at, undisturbed) for at in (2, 12, 23)]

    assert lived == [False] * 3


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(RUNS))
@pytest.mark.django_db(transaction=True)
def test_worker_killed_at_any_statement_ends_as_an_undisturbed_one(name):
    undisturbed = calm_run(RUNS[name])

    statement, lived = 0, False
    while not lived:
        statement += 1
        lived = killed_run(RUNS[name], statement, undisturbed)

    # There was something to be killed in.
    assert statement > 30


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_person_once(mailoutbox):
    make_places()
    gate = Barrier(2)

    def work(_number: int) -> int:
        try:
            gate.wait()
            written = send_digests(now=MONDAY) + send_reminders(now=MONDAY)
            for message in Message.objects.order_by("pk"):
                deliver_message(message=message, now=MONDAY)
        finally:
            connections.close_all()
        return written

    with ThreadPoolExecutor(2) as pool:
        written = sum(pool.map(work, range(2)))

    assert written == Message.objects.count() == 2 + 2 * PEOPLE
    told = sorted(address for mail in mailoutbox for address in mail.to)
    assert told == sorted(Message.objects.values_list("address", flat=True))
    assert PersonalLink.objects.count() == 2 * PEOPLE
    assert Round.objects.count() == 2
