import datetime

import pytest
from django.dispatch import receiver

from core.models import AuditEvent
from core.signals import completion_recorded
from partners.training.models import Attempt, Completion, Requirement
from partners.training.services import (
    TrainingError,
    answer_question,
    start_module,
    submit_attempt,
)
from tests.factories.training import ProgressFactory

TODAY = datetime.date(2026, 11, 18)


@pytest.fixture
def progress(desk):
    return ProgressFactory.create(
        staff_member=desk.person, version=desk.version, answered=True
    )


def test_passed_attempt_is_valid_from_today_for_the_months_required(progress, now):
    Requirement.objects.update(valid_months=6)

    attempt = submit_attempt(progress=progress, now=now)

    assert (attempt.score, attempt.is_passed) == (100, True)
    assert attempt.answers == progress.answers
    completion = attempt.completion
    assert completion.valid_from == TODAY
    assert completion.valid_until == datetime.date(2027, 5, 18)
    events = AuditEvent.objects.order_by("pk").values_list("verb", "facts")
    assert list(events) == [
        ("attempt.submitted", {"score": 100, "is_passed": True}),
        ("completion.recorded", {"module": attempt.version.module_id}),
    ]


def test_attempt_after_midnight_in_summer_counts_for_the_day_in_britain(progress):
    late = datetime.datetime(2027, 6, 30, 23, 30, tzinfo=datetime.UTC)

    attempt = submit_attempt(progress=progress, now=late)

    assert attempt.completion.valid_from == datetime.date(2027, 7, 1)


def test_module_that_is_required_no_more_is_valid_for_a_year(progress, now):
    Requirement.objects.update(ends_on=TODAY - datetime.timedelta(days=1))

    attempt = submit_attempt(progress=progress, now=now)

    assert attempt.completion.valid_until == datetime.date(2027, 11, 18)


def test_completion_is_told_inside_the_transaction(progress, now):
    told = []

    @receiver(completion_recorded, weak=False)
    def note(sender, completion, **kwargs):
        told.append((sender, completion.staff_member_id, kwargs["now"]))

    try:
        submit_attempt(progress=progress, now=now)
    finally:
        completion_recorded.disconnect(note)

    assert told == [(Completion, progress.staff_member_id, now)]


def test_second_submission_returns_the_first_attempt(progress, now):
    first = submit_attempt(progress=progress, now=now)

    assert submit_attempt(progress=progress, now=now) == first
    assert Attempt.objects.count() == 1


def test_unfinished_module_is_not_scored(progress, now):
    progress.answers = {"q1": "b"}
    progress.save()

    with pytest.raises(TrainingError, match="answer every question"):
        submit_attempt(progress=progress, now=now)

    assert Attempt.objects.count() == 0


def test_failed_attempt_gives_no_completion(progress, now):
    progress.answers = {**progress.answers, "q1": "a"}
    progress.save()

    attempt = submit_attempt(progress=progress, now=now)

    assert (attempt.score, attempt.is_passed) == (75, False)
    assert Completion.objects.count() == 0


def test_trying_again_asks_the_questions_anew_and_keeps_the_lessons(progress, now):
    progress.answers = {**progress.answers, "q1": "a"}
    progress.save()
    submit_attempt(progress=progress, now=now)

    again = start_module(
        staff_member=progress.staff_member, module=progress.version.module, now=now
    )

    assert (again.pk, again.started_at) == (progress.pk, now)
    assert (again.lessons_read, again.answers) == (2, {})


def test_doing_a_passed_module_again_begins_with_the_lessons(progress, now):
    submit_attempt(progress=progress, now=now)

    again = start_module(
        staff_member=progress.staff_member, module=progress.version.module, now=now
    )

    assert (again.lessons_read, again.answers) == (0, {})


def test_module_without_words_cannot_be_begun(desk, now):
    module = Requirement.objects.get().module
    module.pk, module.slug = None, "empty"
    module.save()

    with pytest.raises(TrainingError, match="not ready yet"):
        start_module(staff_member=desk.person, module=module, now=now)


def test_answer_of_another_question_is_refused(progress):
    with pytest.raises(TrainingError, match="Choose one of the answers"):
        answer_question(progress=progress, number=1, option_id="z")
