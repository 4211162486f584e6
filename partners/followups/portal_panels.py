"""What this room shows on pages of other rooms."""

from datetime import date

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from core import digest_lines, panels
from core.panels import Panel
from partners.followups.enums import RetestState, TaskState
from partners.followups.models import FollowUpTask, Retest
from partners.register.models import Premises
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit

SHOWN_AT_HOME = 5
SHOWN_TO_OFFICERS = 20


def register_panels() -> None:
    digest_lines.register(open_tasks, order=10)
    panels.register("premises.home", next_steps, order=20)
    panels.register("premises.officer", open_follow_ups, order=20)
    panels.register("premises.closing", open_follow_ups, order=20)
    panels.register("visits.detail", follow_up, order=10)
    panels.register(PLACE, tasks_to_verify, order=30)
    panels.register(PLACE, tasks_overdue, order=40)
    panels.register(PLACE, retests_to_plan, order=50)


def next_steps(request: HttpRequest, premises: Premises) -> Panel | None:
    """List the manager's open tasks, the most urgent first."""
    open_tasks = (
        FollowUpTask.objects.for_manager(request.user).filter(premises=premises).to_do()
    )
    return Panel(
        title=_("Next steps"),
        template="followups/next_steps_panel.html",
        context={
            "premises": premises,
            "tasks": list(open_tasks.by_urgency()[:SHOWN_AT_HOME]),
            "today": timezone.localdate(),
        },
    )


def open_tasks(premises: Premises, manager: User, today: date) -> list[str]:
    """Name the manager's open tasks in the weekly summary, the most urgent first."""
    tasks = FollowUpTask.objects.for_manager(manager).filter(premises=premises).to_do()
    return [
        _("To do by %(day)s: %(title)s")
        % {"day": date_format(task.due_on, "j E"), "title": task.title}
        for task in tasks.by_urgency()[:SHOWN_AT_HOME]
    ]


def open_follow_ups(request: HttpRequest, premises: Premises) -> Panel | None:
    """List what is not closed yet at these premises, for officers."""
    tasks = FollowUpTask.objects.visible_to(request.user).filter(premises=premises)
    return Panel(
        title=_("Follow-ups"),
        template="followups/admin/premises_panel.html",
        context={
            "premises": premises,
            "tasks": list(tasks.unfinished().by_urgency()[:SHOWN_TO_OFFICERS]),
        },
    )


def follow_up(request: HttpRequest, visit: TestVisit) -> Panel | None:
    """Show officers what followed from a released visit, and its retest."""
    if visit.state != VisitState.RELEASED:
        return None
    retest = Retest.objects.visible_to(request.user).filter(gap_visit=visit).first()
    tasks = FollowUpTask.objects.visible_to(request.user).filter(visit=visit)
    return Panel(
        title=_("What followed"),
        template="followups/admin/visit_panel.html",
        context={
            "visit": visit,
            "tasks": list(tasks.by_urgency()),
            "retest": retest,
            "may_plan": retest is not None and retest.state == RetestState.OPEN,
        },
    )


def tasks_to_verify(request: HttpRequest, officer: User) -> Panel | None:
    done = FollowUpTask.objects.visible_to(officer).filter(state=TaskState.DONE)
    return desk_line(
        title=_("Follow-ups"),
        state=str(TaskState.DONE.label),
        count=done.count(),
        url=reverse("followups_admin:list", query={"state": TaskState.DONE.value}),
    )


def tasks_overdue(request: HttpRequest, officer: User) -> Panel | None:
    tasks = FollowUpTask.objects.visible_to(officer).overdue(timezone.localdate())
    return desk_line(
        title=_("Follow-ups"),
        state=capfirst(_("overdue")),
        count=tasks.count(),
        url=reverse("followups_admin:list", query={"overdue": "on"}),
    )


def retests_to_plan(request: HttpRequest, officer: User) -> Panel | None:
    return desk_line(
        title=_("Retests to plan"),
        state=str(RetestState.OPEN.label),
        count=Retest.objects.visible_to(officer).to_plan().count(),
        url=reverse("followups_admin:retests"),
    )
