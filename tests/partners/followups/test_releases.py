import datetime

import pytest

from core.models import AuditEvent
from core.signals import visit_released
from outbox.models import Message
from partners.followups.enums import RetestState, TaskKind, TaskOwner
from partners.followups.models import (
    FollowUpTask,
    GapRule,
    Retest,
    TaskEvent,
    TaskLearner,
)
from partners.register.enums import Shift, StaffRole
from partners.visits.enums import Step
from partners.visits.models import TestVisit
from tests.factories.core import AreaFactory
from tests.factories.followups import (
    GapRuleFactory,
    make_training_rule,
    released,
    require,
)
from tests.factories.register import SpellFactory

pytestmark = pytest.mark.django_db


def test_release_opens_one_task_per_gap_and_rule(visit, officer, manager, now):
    brief = GapRuleFactory.create(step=Step.ASKED, due_days=10)
    meet = GapRuleFactory.create(step=Step.ASKED, owner=TaskOwner.OFFICER, due_days=3)
    GapRuleFactory.create(step=Step.ASKED_ID)
    GapRuleFactory.create(step=Step.ASKED, is_active=False)

    released(visit, officer=officer, now=now, asked="no")

    tasks = FollowUpTask.objects.order_by("rule_id")
    assert [task.rule for task in tasks] == [brief, meet]
    assert [task.due_on for task in tasks] == [
        # Working days: two weekends and one lie between.
        datetime.date(2026, 12, 2),
        datetime.date(2026, 11, 23),
    ]
    assert [task.owner for task in tasks] == ["manager", "officer"]
    assert list(TaskEvent.objects.values_list("from_state", "to_state")) == [
        ("", "open"),
        ("", "open"),
    ]
    assert AuditEvent.objects.filter(verb="task.opened").count() == 2
    assert Retest.objects.get().state == RetestState.WAITING


def test_second_signal_changes_nothing(visit, officer, manager, now):
    GapRuleFactory.create()
    released(visit, officer=officer, now=now, asked="no")
    events = AuditEvent.objects.count()

    visit_released.send(TestVisit, visit=visit, now=now + datetime.timedelta(days=1))

    assert FollowUpTask.objects.count() == 1
    assert TaskEvent.objects.count() == 1
    assert Retest.objects.count() == 1
    assert Message.objects.count() == 1
    assert AuditEvent.objects.count() == events


def test_managers_are_told_once_and_nothing_covert(visit, officer, manager, now):
    GapRuleFactory.create()
    GapRuleFactory.create(owner=TaskOwner.OFFICER)

    released(visit, officer=officer, now=now, asked="no")

    message = Message.objects.get()
    assert message.recipient == manager
    assert message.dedupe_key == f"feedback-ready:{visit.key}:user:{manager.pk}"
    assert message.subject == f"Feedback for {visit.premises.name} is ready"
    assert "There is one next step for you" in message.body
    address = f"/partners/{visit.premises.key}/feedback/{visit.key}/"
    assert address in message.body
    for covert in (visit.tester.name, "AUTH-1", "Superintendent", "retest"):
        assert covert not in message.body


def test_good_visit_has_no_task_and_no_retest(visit, officer, manager, now):
    GapRuleFactory.create()

    released(visit, officer=officer, now=now)

    assert not FollowUpTask.objects.exists()
    assert not Retest.objects.exists()
    assert "nothing you need to do" in Message.objects.get().body


def test_gap_without_a_rule_opens_the_window_at_once(visit, officer, now):
    released(visit, officer=officer, now=now, asked="no")

    retest = Retest.objects.get()
    assert retest.state == RetestState.OPEN
    assert retest.opens_on == datetime.date(2026, 12, 2)
    assert retest.closes_on == datetime.date(2027, 1, 17)


def test_training_asks_those_on_duty_who_are_still_here(visit, officer, premises, now):
    make_training_rule(StaffRole.RECEPTION)
    night = SpellFactory.create(premises=premises)
    mixed = SpellFactory.create(premises=premises, shift=Shift.MIXED)
    SpellFactory.create(premises=premises, shift=Shift.DAY)
    SpellFactory.create(premises=premises, role=StaffRole.BAR)
    SpellFactory.create(premises=premises, ended_on=datetime.date(2026, 11, 17))
    SpellFactory.create(premises=premises, started_on=datetime.date(2026, 11, 18))
    SpellFactory.create(premises=premises, voided_at=now)
    SpellFactory.create()

    released(visit, officer=officer, now=now, asked="no")

    task = FollowUpTask.objects.get()
    asked = TaskLearner.objects.filter(task=task).order_by("staff_member_id")
    assert task.kind == TaskKind.COMPLETE_MODULE
    assert [learner.staff_member for learner in asked] == [
        night.staff_member,
        mixed.staff_member,
    ]


def test_requirement_of_another_area_or_kind_asks_nobody(visit, officer, premises, now):
    _rule, module = make_training_rule()
    elsewhere = require(module, StaffRole.RECEPTION)
    elsewhere.area = AreaFactory.create()
    elsewhere.save()
    other_kind = require(module, StaffRole.RECEPTION)
    other_kind.premises_kind = "taxi"
    other_kind.save()
    ended = require(module, StaffRole.RECEPTION)
    ended.ends_on = datetime.date(2026, 11, 16)
    ended.save()
    SpellFactory.create(premises=premises)

    released(visit, officer=officer, now=now, asked="no")

    assert not TaskLearner.objects.exists()


def test_training_with_nobody_to_ask_becomes_a_briefing(visit, officer, now):
    rule, _module = make_training_rule()

    released(visit, officer=officer, now=now, asked="no")

    task = FollowUpTask.objects.get()
    assert (task.kind, task.module) == (TaskKind.BRIEF_TEAM, rule.module)
    assert task.evidence_wanted.startswith("A short note")


def test_own_rules_of_an_area_or_its_force_come_first(area):
    force = AreaFactory.create(kind="force")
    area.parent = force
    area.save(update_fields=["parent"])
    for_all = GapRuleFactory.create()

    assert list(GapRule.objects.for_area(area)) == [for_all]
    of_force = GapRuleFactory.create(area=force)
    assert list(GapRule.objects.for_area(area)) == [of_force]
    own = GapRuleFactory.create(area=area)
    assert list(GapRule.objects.for_area(area)) == [own]
