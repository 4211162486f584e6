"""A worker that is killed in the middle, at any statement, and what is left of it."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from core.models import AuditEvent
from partners.register.enums import ImportState
from partners.register.models import Spell, StaffMember, StagedImport, StagedRow
from partners.register.services import (
    confirm_columns,
    finish_imports,
    stage_import,
    start_import,
)
from tests.factories.register import ManagerLinkFactory, PremisesFactory
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
