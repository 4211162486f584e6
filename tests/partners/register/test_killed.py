"""A worker that is killed in the middle, at any statement, and what is left of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from core.audit import record
from core.models import AuditEvent
from outbox.models import Message
from partners.register.enums import ImportState
from partners.register.models import Spell, StaffMember, StagedImport, StagedRow
from partners.register.services import (
    anonymise_leavers,
    confirm_columns,
    finish_imports,
    stage_import,
    start_import,
)
from tests.factories.outbox import MessageFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.partners.register.killing import run_and_die
from tests.partners.register.spreadsheets.files import as_csv

pytestmark = pytest.mark.django_db(transaction=True)

APPLY = "partners.register.tasks.apply_import"
ROWS = [
    *([f"Worker {n}", "Bar", "2/11/2026"] for n in range(12)),
    ["Worker 3", "Bar", "2/11/2026"],
    ["Wrong", "Astronaut", "2/11/2026"],
]


def run_and_kill(steps: list[list[Any]]) -> list[str]:
    """Run jobs on this test's database in processes that die at a statement."""
    done = subprocess.run(  # noqa: S603 -- our own script
        [
            *(sys.executable, "-m", "tests.partners.register.killing"),
            str(connection.settings_dict["NAME"]),
            json.dumps(steps),
        ],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": f"{settings.BASE_DIR}:{settings.SITE_DIR}",
        },
        check=True,
        stdout=subprocess.PIPE,
    )
    answer: list[str] = json.loads(done.stdout)
    return answer


def state(staged: StagedImport) -> dict[str, Any]:
    """Return all that an import leaves, without ids and times."""
    staged.refresh_from_db()
    people = StaffMember.objects.filter(spells__premises=staged.premises)
    about = AuditEvent.objects.about(staged).order_by("pk")
    return {
        "import": (staged.state, staged.added, staged.known, staged.wrong),
        "people": sorted(people.values_list("name", "language")),
        "spells": sorted(
            Spell.objects.filter(premises=staged.premises).values_list(
                "staff_member__name", "role", "started_on", "ended_on", "voided_at"
            )
        ),
        "rows": list(
            StagedRow.objects.filter(staged_import=staged).values_list(
                "number", "outcome"
            )
        ),
        "audit": [(event.verb, event.facts) for event in about],
    }


def without_ids(found: dict[str, Any]) -> dict[str, Any]:
    for _verb, facts in found["audit"]:
        facts.pop("premises", None)
    return found


def a_started_import(now) -> StagedImport:
    premises = PremisesFactory.create()
    link = ManagerLinkFactory.create(premises=premises)
    staged = stage_import(
        premises=premises,
        filename="staff.csv",
        content=as_csv([["Name", "Role", "Start date"], *ROWS]),
        actor=link.user,
        now=now,
    )
    confirm_columns(
        staged=staged,
        fields=["name", "role", "started_on"],
        is_day_first=True,
        actor=link.user,
        now=now,
    )
    return start_import(staged=staged, actor=link.user, now=now)


def kill_at(points: list[int], now) -> list[str]:
    """Kill one worker for each point, and compare what comes of it in the end."""
    calm = a_started_import(now)
    killed = [a_started_import(now) for _point in points]
    steps = [[APPLY, {"import_id": calm.pk}, 0]]
    pairs = zip(killed, points, strict=True)
    steps += [[APPLY, {"import_id": one.pk}, point] for one, point in pairs]

    ends = run_and_kill(steps)

    wanted = without_ids(state(calm))
    assert wanted["import"] == (ImportState.APPLIED, 12, 1, 1)
    for one, end in zip(killed, ends[1:], strict=True):
        left = state(one)
        is_whole = without_ids(left) == wanted
        assert is_whole or (left["import"][0], left["spells"]) == ("applying", [])
        assert is_whole or end == "killed"
    finish_imports(now=now + timedelta(minutes=5))
    finish_imports(now=now + timedelta(minutes=9))
    for one in killed:
        assert without_ids(state(one)) == wanted
    return ends


def test_an_import_that_was_killed_ends_as_an_undisturbed_one(now):
    ends = kill_at([2, 7, 10, 13], now)

    assert ends == ["done", *["killed"] * 4]


@pytest.mark.proof
def test_an_import_that_was_killed_anywhere_ends_as_an_undisturbed_one(now):
    ends = kill_at(list(range(1, 41)), now)

    assert ends[1] == "killed"
    assert ends[-1] == "done"


def make_leavers() -> None:
    """Make two people whose time is up, each written to, and one who works."""
    for number in range(2):
        address = f"worker{number}@home.example"
        SpellFactory.create(
            staff_member__name=f"Worker {number}",
            staff_member__email=address,
            staff_member__phone=f"+44770090012{number}",
            started_on=date(2019, 1, 1),
            ended_on=date(2020, 1, 1),
        )
        MessageFactory.create(address=address, subject="Hello", body="Words")
    SpellFactory.create(staff_member__name="At work")


def names_left(after: int) -> object:
    """Return all that forgetting leaves, and what was written of it since."""
    people = StaffMember.objects.order_by("pk")
    events = AuditEvent.objects.filter(pk__gt=after).order_by("subject_id")
    return (
        list(people.values_list("name", "email", "phone", "anonymised_at")),
        list(Message.objects.order_by("pk").values_list("address", "subject", "body")),
        list(events.values_list("verb", "subject_id")),
    )


def left_by(work: Callable[[], object]) -> Any:
    """Return what some work leaves, and put names and messages back."""
    people, messages = (
        list(StaffMember.objects.values()),
        list(Message.objects.values()),
    )
    mark = AuditEvent.objects.latest("pk").pk
    work()
    left = names_left(mark)
    for person in people:
        StaffMember.objects.filter(pk=person["id"]).update(**person)
    for message in messages:
        Message.objects.filter(pk=message["id"]).update(**message)
    return left


def kill_forgetting(last: int, now) -> bool:
    """Forget leavers in a worker that dies and in another, and compare with a calm one.

    Return whether the first lived to the end.
    """
    forget = partial(anonymise_leavers, now=now)
    lived = False

    def die_and_forget() -> None:
        nonlocal lived
        lived = run_and_die(forget, last)
        forget()

    calm, disturbed = left_by(forget), left_by(die_and_forget)

    assert disturbed == calm, f"killed at statement {last}"
    assert len(calm[2]) == 2
    return lived


@pytest.fixture
def _leavers() -> None:
    make_leavers()
    record("tests.began", StaffMember.objects.earliest("pk"))


@pytest.mark.usefixtures("_leavers")
def test_forgetting_that_was_killed_ends_as_an_undisturbed_one(now):
    lived = [kill_forgetting(last, now) for last in (4, 10, 16)]

    assert lived == [False] * 3


@pytest.mark.proof
@pytest.mark.usefixtures("_leavers")
def test_forgetting_that_was_killed_anywhere_ends_as_an_undisturbed_one(now):
    last, lived = 0, False
    while not lived:
        last += 1
        lived = kill_forgetting(last, now)

    # There was something to be killed in.
    assert last > 15
