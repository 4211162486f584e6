"""What followed from gaps: tasks, how far they got, training done again, retests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.models import Area
from core.working_days import after_working_days
from county.drawing import Lot
from county.learning import Course, Outcomes, add_completion
from county.places import Span
from county.visiting import LEARNED_SINCE, Planned, Taken
from partners.followups.enums import RetestState, TaskKind, TaskState
from partners.followups.models import (
    FollowUpTask,
    GapRule,
    Retest,
    TaskEvent,
    TaskLearner,
)
from partners.followups.services.training import briefing_evidence, people_on_duty
from partners.register.models import StaffMember
from partners.visits.enums import Outcome
from partners.visits.models import Observation, TestVisit

DONE_NOTE = "Done with the team on the rota day. Notes are on the board in the office."
RETURNED_NOTE = "Thank you. On which day was it, and how many people were there?"


@dataclass
class Followed:
    """Everything that followed from some visits, still unsaved."""

    tasks: list[FollowUpTask] = field(default_factory=list)
    events: list[TaskEvent] = field(default_factory=list)
    learners: list[TaskLearner] = field(default_factory=list)
    retests: list[Retest] = field(default_factory=list)
    outcomes: Outcomes = field(default_factory=lambda: Outcomes([], []))

    def save(self) -> None:
        FollowUpTask.objects.bulk_create(self.tasks, batch_size=500)
        for event in self.events:
            event.task_id = event.task.pk
        for learner in self.learners:
            learner.task_id = learner.task.pk
        TaskEvent.objects.bulk_create(self.events, batch_size=1000)
        TaskLearner.objects.bulk_create(self.learners, batch_size=1000)
        Retest.objects.bulk_create(self.retests, batch_size=500)
        self.outcomes.save()


class Officers:
    """Follows visits up as the follow-ups room would, with the past filled in."""

    def __init__(
        self,
        lot: Lot,
        span: Span,
        people: dict[Role, User],
        courses: dict[int, Course],
    ) -> None:
        self.lot = lot
        self.span = span
        self.people = people
        self.courses = courses
        self.rules: dict[int, list[GapRule]] = {}

    def follow(self, taken: Sequence[Taken], *, finished: float) -> Followed:
        """Open tasks for each gap; `finished` is how likely one is closed by today."""
        followed = Followed()
        for one in taken:
            if one.gaps:
                tasks = [
                    self._task(one, gap, rule, followed, finished)
                    for gap, rule in self._fired(one)
                ]
                followed.tasks += tasks
                followed.retests.append(self._retest(one, tasks))
        followed.save()
        return followed

    def _fired(self, taken: Taken) -> Iterator[tuple[Observation, GapRule]]:
        for gap in taken.gaps:
            for rule in self._rules(taken.visit.premises.area):
                if rule.step == gap.item.step:
                    yield gap, rule

    def _rules(self, area: Area) -> list[GapRule]:
        if area.pk not in self.rules:
            rules = GapRule.objects.for_area(area).order_by("pk")
            self.rules[area.pk] = list(rules.select_related("module"))
        return self.rules[area.pk]

    def _task(
        self,
        taken: Taken,
        gap: Observation,
        rule: GapRule,
        followed: Followed,
        finished: float,
    ) -> FollowUpTask:
        opened_at = released_at(taken.visit)
        today = timezone.localdate(opened_at)
        is_training = rule.kind == TaskKind.COMPLETE_MODULE
        learners = self._learners(taken.visit, rule) if is_training else []
        is_briefing = is_training and not learners
        task = FollowUpTask(
            key=self.lot.key(),
            premises=taken.visit.premises,
            visit=taken.visit,
            observation=gap,
            rule=rule,
            kind=TaskKind.BRIEF_TEAM if is_briefing else rule.kind,
            owner=rule.owner,
            module=rule.module,
            title=rule.title,
            why=rule.why,
            evidence_wanted=briefing_evidence() if is_briefing else rule.evidence,
            due_on=after_working_days(today, rule.due_days),
            opened_at=opened_at,
        )
        followed.events.append(TaskEvent(task=task, at=opened_at, to_state="open"))
        followed.learners += [
            TaskLearner(task=task, staff_member_id=pk) for pk in learners
        ]
        self._work_on(task, learners, followed, finished)
        return task

    def _learners(self, visit: TestVisit, rule: GapRule) -> list[int]:
        today = timezone.localdate(released_at(visit))
        return sorted(people_on_duty(visit=visit, rule=rule, today=today))

    def _work_on(
        self,
        task: FollowUpTask,
        learners: list[int],
        followed: Followed,
        finished: float,
    ) -> None:
        """Draw how far a task got by today: closed, done, returned, or not begun."""
        taken_days = max(2, (task.due_on - task.opened_at.date()).days)
        done_on = task.opened_at.date() + timedelta(
            days=1 + int(taken_days * self.lot.triangular(0.2, 1.6, 0.7))
        )
        closed_on = done_on + timedelta(days=self.lot.randint(1, 6))
        if closed_on >= self.span.today:
            return
        fate = self.lot.random()
        if fate < finished:
            self._close(task, learners, followed, done_on, closed_on)
        elif task.kind != TaskKind.COMPLETE_MODULE and fate < finished + 0.2:
            self._do(task, followed, self.lot.moment(done_on))
        elif task.kind != TaskKind.COMPLETE_MODULE and fate < finished + 0.3:
            self._do(task, followed, self.lot.moment(done_on))
            officer = self.people[Role.OFFICER]
            at = self.lot.moment(closed_on)
            self._move(task, followed, TaskState.RETURNED, at, officer, RETURNED_NOTE)

    def _close(
        self,
        task: FollowUpTask,
        learners: list[int],
        followed: Followed,
        done_on: date,
        closed_on: date,
    ) -> None:
        closed_at = self.lot.moment(closed_on)
        if task.kind == TaskKind.COMPLETE_MODULE:
            self._train(task, learners, followed, done_on)
            self._move(task, followed, TaskState.VERIFIED, closed_at, None)
        else:
            self._do(task, followed, self.lot.moment(done_on))
            officer = self.people[Role.OFFICER]
            self._move(task, followed, TaskState.VERIFIED, closed_at, officer)
        task.closed_at = closed_at

    def _train(
        self,
        task: FollowUpTask,
        learners: list[int],
        followed: Followed,
        last: date,
    ) -> None:
        course = self.courses.get(task.module_id or 0)
        if course is None:
            return
        for pk in learners:
            day = self.lot.day_between(task.opened_at.date() + timedelta(days=1), last)
            member = StaffMember(pk=pk)
            add_completion(self.lot, followed.outcomes, member, course, day)

    def _do(self, task: FollowUpTask, followed: Followed, at: datetime) -> None:
        manager = self.people[Role.MANAGER]
        self._move(task, followed, TaskState.DONE, at, manager, DONE_NOTE)

    def _move(
        self,
        task: FollowUpTask,
        followed: Followed,
        to: TaskState,
        at: datetime,
        actor: User | None,
        note: str = "",
    ) -> None:
        followed.events.append(
            TaskEvent(
                task=task,
                at=at,
                from_state=task.state,
                to_state=to,
                actor=actor,
                note=note,
            )
        )
        task.state = to

    def _retest(self, taken: Taken, tasks: Sequence[FollowUpTask]) -> Retest:
        retest = Retest(gap_visit=taken.visit)
        closings = [task.closed_at for task in tasks if task.closed_at is not None]
        if tasks and len(closings) == len(tasks):
            last = timezone.localdate(max(closings))
            opens = max(task.rule.retest_from_days for task in tasks)
            closes = max(task.rule.retest_to_days for task in tasks)
            retest.state = RetestState.OPEN
            retest.opens_on = last + timedelta(days=opens)
            retest.closes_on = last + timedelta(days=closes)
        return retest

    def plan_retests(self, taken: Sequence[Taken], followed: Followed) -> list[Planned]:
        """Choose, of the retests whose window opened, those taken by today."""
        places = {one.visit.pk: one.place for one in taken}
        planned = []
        for retest in followed.retests:
            if retest.opens_on is None:
                continue
            day = retest.opens_on + timedelta(days=self.lot.randint(0, 45))
            if day < self.span.today - timedelta(days=12) and self.lot.chance(0.85):
                place = places[retest.gap_visit.pk]
                planned.append(
                    Planned(place, day, LEARNED_SINCE, retest_of=retest.gap_visit)
                )
        return planned

    def decide(self, taken: Sequence[Taken], followed: Followed) -> None:
        """Note in each retest what its visit showed."""
        by_gap = {retest.gap_visit.pk: retest for retest in followed.retests}
        decided = []
        for one in taken:
            gap = one.visit.retest_of
            if gap is None:
                continue
            retest = by_gap[gap.pk]
            is_passed = one.visit.outcome == Outcome.GOOD
            retest.state = RetestState.PASSED if is_passed else RetestState.GAP_AGAIN
            retest.decided_by_visit = one.visit
            retest.closed_on = one.visit.visited_on if is_passed else None
            decided.append(retest)
        fields = ["state", "decided_by_visit", "closed_on"]
        Retest.objects.bulk_update(decided, fields, batch_size=200)


def released_at(visit: TestVisit) -> datetime:
    """Return the moment of release, which every visit that is followed up has."""
    return cast("datetime", visit.released_at)
