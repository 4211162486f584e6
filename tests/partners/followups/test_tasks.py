import datetime

import pytest
from django.utils import timezone

from core.jobs import due_jobs
from outbox.models import Message
from partners.followups import tasks
from partners.followups.enums import TaskState
from partners.followups.models import FollowUpTask
from partners.register.enums import StaffRole
from tests.factories.followups import (
    GapRuleFactory,
    complete_module,
    make_training_rule,
    released,
)
from tests.factories.register import SpellFactory
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=60)


@pytest.fixture
def old_visit(premises, manager):
    return make_visit(premises=premises, planned_on=timezone.localdate(LONG_AGO))


def test_clock_knows_the_jobs():
    ours = {job.path: job.every for job in due_jobs() if "followups" in job.path}

    assert ours == {
        "partners.followups.tasks.remind_overdue_tasks": datetime.timedelta(hours=1),
        "partners.followups.tasks.settle_training_tasks": datetime.timedelta(hours=6),
    }


def test_reminding_twice_is_one_message(old_visit, officer, run_jobs):
    GapRuleFactory.create(due_days=5)
    released(old_visit, officer=officer, now=LONG_AGO, asked="no")

    for _ in range(2):
        tasks.remind_overdue_tasks.enqueue()
    run_jobs()

    assert Message.objects.filter(template="task_overdue").count() == 1


def test_settling_notices_a_last_day_gone_by(old_visit, officer, premises, run_jobs):
    _rule, module = make_training_rule(StaffRole.RECEPTION)
    stays, leaves = SpellFactory.create_batch(2, premises=premises)
    released(old_visit, officer=officer, now=LONG_AGO, asked="no")
    done_at = LONG_AGO + datetime.timedelta(hours=1)
    complete_module(stays.staff_member, module, started_at=done_at)
    leaves.ended_on = timezone.localdate() - datetime.timedelta(days=1)
    leaves.save(update_fields=["ended_on"])

    tasks.settle_training_tasks.enqueue()
    run_jobs()

    assert FollowUpTask.objects.get().state == TaskState.VERIFIED
