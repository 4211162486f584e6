"""What an evidence pack says of premises: the figures of a day, and them in tables.

Others than the manager read it. It names nobody, and holds no group of fewer than five
people but the premises as a whole.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from media.print.models import EvidencePack
from partners.followups.enums import TaskOwner, TaskState
from partners.followups.models import FollowUpTask
from partners.portal.line_chart import share_words
from partners.register.enums import StaffRole
from partners.register.models import Ownership, Premises
from partners.scrutiny.rules import SMALLEST_GROUP
from partners.training.coverage import (
    Coverage,
    LinePoint,
    Part,
    Step,
    coverage_by_premises,
    coverage_line,
    coverage_parts,
    people_states,
    starters_trained,
)
from partners.training.enums import TrainingState
from partners.training.models import Completion
from partners.training.rules import add_months
from partners.visits.models import TestVisit

STARTERS_WITHIN = 30

type Cell = str | int | date


@dataclass(frozen=True)
class Table:
    """A title, what the columns hold, the rows, and how they were counted."""

    title: str
    headings: list[str]
    rows: list[list[Cell]]
    note: str = ""


@dataclass
class _Module:
    needed: int = 0
    valid: int = 0
    passed: int = 0


def gather(premises: Premises, *, today: date) -> dict[str, Any]:
    """Count what a pack says of today and the twelve months before."""
    counted = coverage_by_premises(day=today, premises=[premises])
    coverage = counted.get(premises.pk, Coverage())
    roles = coverage_parts(day=today, premises=[premises], by=Part.ROLE)
    starters = starters_trained(
        day=today, premises=[premises], within_days=STARTERS_WITHIN
    )
    return {
        "coverage": {
            "in_post": coverage.in_post,
            "required": coverage.required,
            "covered": coverage.covered,
        },
        "roles": fold_small(roles.get(premises.pk, {})),
        "line": _line(premises, coverage, today),
        "modules": _modules(premises, today),
        "starters": {"asked": starters.asked, "trained": starters.trained}
        if starters.asked >= SMALLEST_GROUP
        else None,
        "posters": premises.codes.on_walls().count(),
        "tasks": _tasks(premises, today),
    }


def fold_small(roles: Mapping[str, Coverage]) -> list[dict[str, Any]]:
    """Put roles of few people together until nobody can be told from the rest.

    A single small role would give itself away as the difference to the whole, so that
    the smallest of the others goes with it.
    """
    asked = {role: one for role, one in roles.items() if one.required}
    large = sorted(asked, key=lambda role: (-asked[role].required, role))
    together: list[str] = []
    while large and (
        asked[large[-1]].required < SMALLEST_GROUP
        or 0 < sum(asked[role].required for role in together) < SMALLEST_GROUP
    ):
        together.append(large.pop())
    groups = [[role] for role in large]
    if sum(asked[role].required for role in together) >= SMALLEST_GROUP:
        groups.append(sorted(together))
    return [
        {
            "roles": group,
            "required": sum(asked[role].required for role in group),
            "covered": sum(asked[role].covered for role in group),
        }
        for group in groups
    ]


def coverage_of(figures: Mapping[str, Any]) -> Coverage:
    """Return the coverage a pack was issued with."""
    return Coverage(**figures["coverage"])


def line_of(figures: Mapping[str, Any]) -> list[LinePoint]:
    return [
        LinePoint(
            date.fromisoformat(point["day"]),
            None
            if point["required"] is None
            else Coverage(required=point["required"], covered=point["covered"]),
        )
        for point in figures["line"]
    ]


def tables_of(figures: Mapping[str, Any]) -> list[Table]:
    """Return everything a pack says, in the language that is active."""
    tables = [
        _people_table(coverage_of(figures)),
        _roles_table(figures["roles"]),
        _modules_table(figures["modules"]),
        _measures_table(figures),
        _months_table(line_of(figures)),
    ]
    return [table for table in tables if table.rows]


def pack_address(pack: EvidencePack) -> str:
    """Return where anybody can check the pack."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return base + reverse("verify-pack:check", args=[pack.code])


def definition() -> str:
    return _(
        "Coverage: of the people in post on the day with at least one requirement, "
        "those with a valid completion of every required module. Each counts once. "
        "People within their days of grace count as not covered."
    )


def _line(
    premises: Premises, now: Coverage, today: date
) -> list[dict[str, str | int | None]]:
    """Return 13 months; days of another owner are as unknown as days not kept."""
    owner = Ownership.objects.filter(premises=premises).on(today).first()
    since = owner.from_on if owner else date.min
    points = coverage_line(premises, today=today, step=Step.MONTH, now=now)
    return [
        {
            "day": point.day.isoformat(),
            "required": known.required if known else None,
            "covered": known.covered if known else None,
        }
        for point in points
        for known in [point.coverage if point.day >= since else None]
    ]


def _modules(premises: Premises, today: date) -> list[dict[str, Any]]:
    """Count, of people in post who need a module, who holds it and who passed it."""
    modules: dict[str, _Module] = {}
    states = people_states(premises=premises, day=today)
    standing = Completion.objects.standing().filter(staff_member__in=states)
    passes = standing.made_between(add_months(today, -12), today)
    passed = Counter(
        module
        for module, _person in passes.values_list("module", "staff_member").distinct()
    )
    for state in states.values():
        for need in state.needs:
            module = modules.setdefault(
                need.title, _Module(passed=passed[need.module_id])
            )
            module.needed += 1
            module.valid += need.state == TrainingState.VALID
    return [
        {"title": title, **asdict(module)}
        for title, module in sorted(modules.items())
        if module.needed >= SMALLEST_GROUP
    ]


def _tasks(premises: Premises, today: date) -> dict[str, int]:
    """Count the manager's tasks of a year. They follow from visits that count only."""
    tasks = FollowUpTask.objects.filter(
        premises=premises,
        owner=TaskOwner.MANAGER,
        visit__in=TestVisit.objects.counted(),
        opened_at__date__gte=add_months(today, -12),
    )
    return {
        "opened": tasks.count(),
        "closed": tasks.filter(state=TaskState.VERIFIED).count(),
        "overdue": tasks.overdue(today).count(),
    }


def _people_table(coverage: Coverage) -> Table:
    return Table(
        title=_("People in post"),
        headings=[_("Figure"), _("People")],
        rows=[
            [_("In post"), coverage.in_post],
            [_("Of them with training required"), coverage.required],
            [_("In date with all of it"), coverage.covered],
            [_("Not in date"), coverage.required - coverage.covered],
        ],
        note=definition(),
    )


def _roles_table(groups: list[dict[str, Any]]) -> Table:
    labels = dict(StaffRole.choices)
    return Table(
        title=_("By role"),
        headings=[_("Role"), _("In date"), _("Training required"), _("Share")],
        rows=[
            [
                ", ".join(str(labels.get(role, role)) for role in group["roles"]),
                group["covered"],
                group["required"],
                share_words(
                    Coverage(required=group["required"], covered=group["covered"])
                ),
            ]
            for group in groups
        ],
        note=_(
            "Roles of fewer than five people stand together, so that nobody is singled "
            "out. Who has two roles counts in both."
        ),
    )


def _modules_table(modules: list[dict[str, Any]]) -> Table:
    return Table(
        title=_("By module"),
        headings=[
            _("Module"),
            _("In date"),
            _("Required of"),
            _("Passed within 12 months"),
        ],
        rows=[
            [one["title"], one["valid"], one["needed"], one["passed"]]
            for one in modules
        ],
        note=_(
            "People in post on the day. Modules that fewer than five people need are "
            "left out."
        ),
    )


def _measures_table(figures: Mapping[str, Any]) -> Table:
    tasks, starters = figures["tasks"], figures["starters"]
    trained = (
        _("%(trained)s of %(asked)s") % starters if starters else _("too few to tell")
    )
    return Table(
        title=_("What keeps it so"),
        headings=[_("Measure"), _("Figure")],
        rows=[
            [_("Starters covered within 30 days, in a year"), trained],
            [_("Posters on the walls"), figures["posters"]],
            [_("Follow-up tasks opened within 12 months"), tasks["opened"]],
            [_("Of them closed and verified by an officer"), tasks["closed"]],
            [_("Of them past their day"), tasks["overdue"]],
        ],
    )


def _months_table(points: list[LinePoint]) -> Table:
    return Table(
        title=_("Through twelve months"),
        headings=[_("Day"), _("In date"), _("Training required"), _("Share")],
        rows=[
            [
                point.day,
                point.coverage.covered if point.coverage else "",
                point.coverage.required if point.coverage else "",
                share_words(point.coverage),
            ]
            for point in reversed(points)
        ],
        note=_(
            "As each day ended, late corrections included; the newest is the day of "
            "issue. “Not counted”: nothing is known of the day."
        ),
    )
