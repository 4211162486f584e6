"""7. The gaps have become tasks; they are done, verified, and a retest opens."""

from pathlib import Path

from playwright.sync_api import Page, expect

from outbox.models import Message
from partners.followups.enums import RetestState, TaskKind, TaskState
from partners.followups.models import FollowUpTask, Retest
from partners.register.models import Premises
from partners.visits.models import TestVisit


def tasks_are_there(visit: TestVisit) -> tuple[FollowUpTask, FollowUpTask]:
    """Return the briefing and the training task, which nobody typed."""
    briefing = FollowUpTask.objects.get(visit=visit, kind=TaskKind.BRIEF_TEAM)
    training = FollowUpTask.objects.get(visit=visit, kind=TaskKind.COMPLETE_MODULE)
    assert FollowUpTask.objects.filter(visit=visit).count() == 2
    return briefing, training


def manager_was_told(email: str) -> None:
    told = Message.objects.filter(address=email, state="sent")
    assert told.filter(template__contains="feedback").count() == 1


def do_the_work(desk: Page, premises: Premises, task: FollowUpTask, note: Path) -> None:
    desk.goto(f"/partners/{premises.key}/tasks/")
    desk.get_by_role("link", name=task.title).click()
    desk.get_by_role("button", name="Mark as done").click()
    expect(desk.locator("main")).to_contain_text("closed without evidence")
    desk.get_by_label("What was done?").fill(
        "Briefing before the night shift, six there."
    )
    desk.get_by_label("A file, if it helps").set_input_files(note)
    desk.get_by_role("button", name="Mark as done").click()
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def training_closed_itself(task: FollowUpTask) -> None:
    task.refresh_from_db()
    assert task.state == TaskState.VERIFIED


def verify(desk: Page, task: FollowUpTask, run_jobs) -> None:
    desk.goto(f"/cms/follow-ups/{task.key}/")
    desk.get_by_role("button", name="Verify and close").click()
    run_jobs()
    task.refresh_from_db()
    assert task.state == TaskState.VERIFIED


def retest_window_is_open(visit: TestVisit) -> None:
    retest = Retest.objects.get(gap_visit=visit)
    assert retest.state == RetestState.OPEN
    assert retest.opens_on is not None
