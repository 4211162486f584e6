"""A staff list from XLSX to people in post, beside django-import-export.

Each measurement is a process of its own, so that its peak of memory is its own too.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.benchmarks.harness import RESULTS, ROOT, Case

NAME = "import"
ROUNDS = 3
SMALL, LARGE = 10_000, 50_000
PEAK_MB = 300
HEADINGS = ["Name", "Role", "Shift", "Start date", "Staff number", "E-mail address"]
ROLES = ("reception", "housekeeping", "bar", "security", "maintenance", "other")
SHIFTS = ("day", "evening", "night", "mixed")
GIVEN = ("Ana", "Ben", "Chloe", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ivo", "Jana")
FAMILY = ("Nowak", "Okafor", "Varga", "Hughes", "Begum", "Reid", "Popescu", "Ali")


def cases() -> Iterator[Case]:
    small, large = _spreadsheet(SMALL), _spreadsheet(LARGE)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_measured("ours", small))
        theirs.append(_measured("theirs", small))
    yield _beside_the_other(ours, theirs)
    yield _growth(ours, _measured("ours", large))


def _beside_the_other(
    ours: list[dict[str, float]], theirs: list[dict[str, float]]
) -> Case:
    peak = max(one["peak_mb"] for one in ours)
    if peak >= PEAK_MB:
        raise RuntimeError(f"{peak:.0f} MB at the peak are more than {PEAK_MB}.")
    seconds = statistics.median(one["seconds"] for one in ours)
    other = statistics.median(one["seconds"] for one in theirs)
    parts = ("read_s", "check_s", "preview_s", "apply_s")
    return Case(
        case="xlsx-10000",
        ratio=other / seconds,
        baseline="django-import-export: dry run, then save",
        figures={
            "rows": SMALL,
            "seconds": seconds,
            "other_seconds": other,
            "peak_mb": peak,
            "other_peak_mb": max(one["peak_mb"] for one in theirs),
            **{part: statistics.median(one[part] for one in ours) for part in parts},
        },
    )


def _growth(small: list[dict[str, float]], large: dict[str, float]) -> Case:
    per_row = statistics.median(one["seconds"] for one in small) / SMALL
    return Case(
        case="growth",
        ratio=per_row / (large["seconds"] / LARGE),
        baseline=f"the cost of one row among {SMALL} instead of {LARGE}",
        figures={
            "rows": LARGE,
            "seconds": large["seconds"],
            "peak_mb": large["peak_mb"],
        },
    )


def _spreadsheet(rows: int) -> Path:
    """Write a list of invented people; the same each time."""
    chance = random.Random(rows)  # noqa: S311 -- test data, nothing to guess
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Staff")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(
            [
                f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {number}",
                chance.choice(ROLES),
                chance.choice(SHIFTS),
                date(2020, 1, 1) + timedelta(days=chance.randrange(2000)),
                f"S{number}",
                f"worker{number}@hotel.example",
            ]
        )
    path = RESULTS / "work" / f"staff-{rows}.xlsx"
    book.save(path)
    return path


def _measured(which: str, path: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 -- this module
        [sys.executable, "-m", "tests.benchmarks.importing", which, str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        check=True,
        stdout=subprocess.PIPE,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def ours(path: Path) -> dict[str, float]:
    """Go the way of a manager: read, check, look, and let the worker add."""
    from django.test import Client  # noqa: PLC0415 -- Django is set up by main
    from django.urls import reverse  # noqa: PLC0415 -- as above
    from django.utils import timezone  # noqa: PLC0415 -- as above

    from partners.register import services  # noqa: PLC0415 -- as above
    from partners.register.models import Spell  # noqa: PLC0415 -- as above
    from tests.benchmarks.harness import HOST  # noqa: PLC0415 -- as above
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 -- as above
    from tests.factories.register import (  # noqa: PLC0415 -- as above
        ManagerLinkFactory,
        PremisesFactory,
    )

    # Each process counts from one: what must be once is told apart by its number.
    premises = PremisesFactory.create(area__slug=f"area-{os.getpid()}")
    manager = UserFactory.create(email=f"manager{os.getpid()}@hotel.example")
    ManagerLinkFactory.create(user=manager, premises=premises)
    now = timezone.now()
    client = Client(headers={"host": HOST})
    client.force_login(
        manager, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    clock = Laps()
    staged = services.stage_import(
        premises=premises,
        filename=path.name,
        content=path.read_bytes(),
        actor=manager,
        now=now,
    )
    clock.lap("read_s")
    services.confirm_columns(
        staged=staged,
        fields=[column["field"] for column in staged.columns],
        is_day_first=True,
        actor=manager,
        now=now,
    )
    clock.lap("check_s")
    page = reverse("register:import-detail", args=[premises.key, staged.key])
    shown = client.get(page, secure=True)
    clock.lap("preview_s")
    started = services.start_import(staged=staged, actor=manager, now=now)
    applied = services.apply_import(staged=started, now=now)
    clock.lap("apply_s")
    added = Spell.objects.filter(premises=premises).count()
    if shown.status_code != 200 or not added == applied.added == rows_in(path):
        raise RuntimeError(f"{shown.status_code}: {added} people were added.")
    return clock.laps


def theirs(path: Path) -> dict[str, float]:
    """Do as its manual says under “Importing data”, with a resource for these rows."""
    from import_export import fields, resources, widgets  # noqa: PLC0415 -- as above
    from tablib import Dataset  # noqa: PLC0415 -- as above

    from partners.register.models import Spell, StaffMember  # noqa: PLC0415 -- as above
    from tests.factories.register import PremisesFactory  # noqa: PLC0415 -- as above

    premises = PremisesFactory.create(area__slug=f"area-{os.getpid()}")

    class StaffWidget(widgets.ForeignKeyWidget):
        def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
            return StaffMember.objects.filter(organisation=premises.organisation)

    class SpellResource(resources.ModelResource):
        staff_member = fields.Field(
            attribute="staff_member",
            column_name="Staff number",
            widget=StaffWidget(StaffMember, "staff_number"),
        )
        role = fields.Field(attribute="role", column_name="Role")
        shift = fields.Field(attribute="shift", column_name="Shift")
        started_on = fields.Field(
            attribute="started_on",
            column_name="Start date",
            widget=widgets.DateWidget(),
        )

        class Meta:
            model = Spell
            fields = ("staff_member", "role", "shift", "started_on")
            import_id_fields = ("staff_member", "role", "started_on")

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            StaffMember.objects.get_or_create(
                organisation=premises.organisation,
                staff_number=row["Staff number"],
                defaults={"name": row["Name"], "email": row["E-mail address"]},
            )

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.premises = premises

    clock = Laps()
    with path.open("rb") as file:
        dataset = Dataset().load(file, format="xlsx")
    clock.lap("read_s")
    spells = SpellResource()
    tried = spells.import_data(dataset, dry_run=True)
    clock.lap("check_s")
    if not tried.has_errors():
        spells.import_data(dataset, dry_run=False)
    clock.lap("apply_s")
    if (added := Spell.objects.filter(premises=premises).count()) != rows_in(path):
        raise RuntimeError(f"{added} people were added: {tried.row_errors()[:1]}")
    return clock.laps


class Laps:
    """Seconds since the lap before, by name."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._at = time.perf_counter()

    def lap(self, name: str) -> None:
        at = time.perf_counter()
        self.laps[name] = at - self._at
        self._at = at


def rows_in(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def peak_mb() -> float:
    """Return the most this process or one of its children held, in megabytes."""
    each = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in each) / 1024


WAYS: dict[str, Callable[[Path], dict[str, float]]] = {"ours": ours, "theirs": theirs}


def main(which: str, path: str) -> None:
    import django  # noqa: PLC0415 -- the settings are named in the environment

    django.setup()
    laps = WAYS[which](Path(path))
    figures = {"seconds": sum(laps.values()), "peak_mb": peak_mb(), **laps}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
