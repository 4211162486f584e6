import datetime

import pytest

from core.models import AuditEvent
from core.signals import spell_changed
from partners.followups import services
from partners.followups.enums import RetestState, TaskKind, TaskState
from partners.followups.models import FollowUpTask, Retest, TaskEvent
from partners.followups.services import FollowUpError
from partners.register.enums import StaffRole
from partners.register.models import Spell
from partners.register.services import mark_left
from partners.training.services import close_session
from tests.factories.followups import (
    complete_module,
    make_training_rule,
    released,
)
from tests.factories.register import SpellFactory
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def spells(premises):
    return SpellFactory.create_batch(2, premises=premises)


@pytest.fixture
def task(visit, officer, spells, now):
    make_training_rule(StaffRole.RECEPTION)
    released(visit, officer=officer, now=now, asked="no")
    return FollowUpTask.objects.get()


def state_of(task):
    task.refresh_from_db()
    return task.state


def hours(now, n):
    return now + datetime.timedelta(hours=n)


def test_closes_itself_when_everyone_asked_has_done_it(task, spells, now):
    first, second = (spell.staff_member for spell in spells)

    complete_module(first, task.module, started_at=hours(now, 1))
    assert state_of(task) == TaskState.OPEN
    complete_module(second, task.module, started_at=hours(now, 2))

    assert state_of(task) == TaskState.VERIFIED
    event = TaskEvent.objects.filter(task=task).latest("pk")
    assert (event.from_state, event.to_state, event.actor) == ("open", "verified", None)
    line = AuditEvent.objects.about(task).get(verb="task.verified")
    assert line.job == "followups.training"
    assert Retest.objects.get().state == RetestState.OPEN


def test_attempt_begun_before_the_task_does_not_count(task, spells, now):
    for spell in spells:
        complete_module(spell.staff_member, task.module, started_at=hours(now, -1))

    assert state_of(task) == TaskState.OPEN


@pytest.mark.parametrize(
    ("starts", "state"), ((1, TaskState.VERIFIED), (-1, TaskState.OPEN))
)
def test_session_after_the_task_was_opened_counts(
    starts, state, task, spells, officer, now
):
    session = TrainingSessionFactory.create(
        area=task.premises.area,
        version__module=task.module,
        opened=True,
        starts_at=hours(now, starts),
    )
    for spell in spells:
        AttendanceFactory.create(session=session, spell=spell)

    close_session(session=session, actor=officer, now=hours(now, 3))

    assert state_of(task) == state


def test_leaver_no_longer_counts(task, spells, officer, now):
    stays, leaves = spells
    complete_module(stays.staff_member, task.module, started_at=hours(now, 1))

    leaves.ended_on = now.date()
    leaves.save(update_fields=["ended_on"])
    spell_changed.send(Spell, spell=leaves, now=now + datetime.timedelta(days=1))

    assert state_of(task) == TaskState.VERIFIED


def test_last_day_yet_to_come_is_noticed_by_the_clock(task, spells, now):
    stays, leaves = spells
    complete_module(stays.staff_member, task.module, started_at=hours(now, 1))
    leaves.ended_on = now.date() + datetime.timedelta(days=3)
    leaves.save(update_fields=["ended_on"])
    spell_changed.send(Spell, spell=leaves, now=now)
    assert state_of(task) == TaskState.OPEN

    services.settle_training_tasks(tasks=[task], now=now + datetime.timedelta(days=4))

    assert state_of(task) == TaskState.VERIFIED


def test_never_opens_again(task, spells, premises, now):
    for spell in spells:
        complete_module(spell.staff_member, task.module, started_at=hours(now, 1))

    newcomer = SpellFactory.create(premises=premises, started_on=now.date())
    spell_changed.send(Spell, spell=newcomer, now=now)
    services.settle_training_tasks(tasks=[task], now=hours(now, 5))

    assert state_of(task) == TaskState.VERIFIED
    assert TaskEvent.objects.filter(task=task).count() == 2


def test_becomes_a_briefing_when_everyone_asked_has_left(task, spells, manager, now):
    tomorrow = now + datetime.timedelta(days=1)
    for spell in spells:
        spell.ended_on = now.date()
        spell.save(update_fields=["ended_on"])
        spell_changed.send(Spell, spell=spell, now=tomorrow)

    assert state_of(task) == TaskState.OPEN
    assert task.kind == TaskKind.BRIEF_TEAM
    assert AuditEvent.objects.filter(verb="task.became_briefing").count() == 1
    services.mark_done(task=task, note="Briefed", actor=manager, now=tomorrow)
    assert state_of(task) == TaskState.DONE


def test_manager_cannot_close_it_by_hand(task, manager, now):
    with pytest.raises(FollowUpError, match="closes by itself"):
        services.mark_done(task=task, note="All did it", actor=manager, now=now)


def test_marking_somebody_as_left_looks_again(task, spells, manager, now):
    stays, leaves = spells
    complete_module(stays.staff_member, task.module, started_at=hours(now, 1))

    mark_left(
        spell=leaves,
        last_day=now.date() - datetime.timedelta(days=1),
        actor=manager,
        now=now,
    )

    assert state_of(task) == TaskState.VERIFIED
