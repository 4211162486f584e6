import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.learning.models import Module, ModuleVersion
from core.audit import record
from partners.register.models import Spell, StaffMember
from partners.training.models import Attempt, Progress
from partners.training.rules import (
    is_option_of,
    next_place,
    result_of,
)
from partners.training.services.completions import complete_module
from partners.training.services.refusals import TrainingError

# Enough that two people at one desk are not asked the same in the same order.
SEED_BYTES = 6


@transaction.atomic
def start_module(
    *, staff_member: StaffMember, module: Module, now: datetime
) -> Progress:
    """Begin a module, go on with it, or after a failed attempt its questions again.

    Who passed reads the lessons again too: time has gone by, or a gap was found.
    Whoever is in the middle stays on the version begun, even when a newer one is out.
    """
    open_here = Progress.objects.unfinished().newest_in(
        staff_member=staff_member, slug=module.slug
    )
    if open_here is not None:
        return open_here
    version = ModuleVersion.objects.current(module, staff_member.language)
    if version is None:
        raise TrainingError(_("This module is not ready yet."))
    fresh = {
        "started_at": now,
        "seed": secrets.token_hex(SEED_BYTES),
        "roles": _roles_of(staff_member, timezone.localdate(now)),
    }
    progress, is_new = Progress.objects.get_or_create(
        staff_member=staff_member, version=version, defaults=fresh
    )
    if not is_new:
        _begin_again(progress, fresh)
    record("progress.started", progress, module=module.pk)
    return progress


def _begin_again(progress: Progress, fresh: dict[str, Any]) -> None:
    """Ask anew; the lessons count as read unless they were passed or are others now."""
    lessons = progress.course["lessons"]
    has_passed = _has_passed(progress)
    for name, value in fresh.items():
        setattr(progress, name, value)
    progress.answers = {}
    if has_passed or lessons != progress.course["lessons"]:
        progress.lessons_read = 0
        progress.skipped = []
    progress.save(update_fields=[*fresh, "answers", "lessons_read", "skipped"])


def _roles_of(staff_member: StaffMember, day: date) -> list[str]:
    spells = Spell.objects.in_post(day).filter(staff_member=staff_member)
    return sorted({*spells.values_list("role", flat=True)})


def _has_passed(progress: Progress) -> bool:
    return Attempt.objects.filter(
        staff_member=progress.staff_member_id,
        version=progress.version_id,
        started_at=progress.started_at,
        is_passed=True,
    ).exists()


@transaction.atomic
def read_lesson(*, progress: Progress, number: int) -> Progress:
    """Note that a lesson has been read. Lessons are read in order, but any again.

    Progress is working state that ends in an attempt, so it leaves no audit line.
    """
    progress = Progress.objects.select_for_update().get(pk=progress.pk)
    if number == progress.lessons_read + 1:
        progress.lessons_read = number
        progress.save(update_fields=["lessons_read"])
    return progress


@transaction.atomic
def skip_lesson(*, progress: Progress, number: int) -> Progress:
    """Note that somebody read something else in place of a lesson.

    It is kept with the attempt and told of nobody: reports count how many, not who.
    """
    progress = Progress.objects.select_for_update().get(pk=progress.pk)
    if number == progress.lessons_read + 1:
        lesson = progress.course["lessons"][number - 1]
        progress.lessons_read = number
        progress.skipped = [*progress.skipped, lesson["id"]]
        progress.save(update_fields=["lessons_read", "skipped"])
    return progress


@transaction.atomic
def answer_question(*, progress: Progress, number: int, option_id: str) -> Progress:
    """Keep the first answer to a question; a later one changes nothing.

    :raises TrainingError: when the answer is none of the question's.
    """
    progress = _locked(progress)
    question = progress.course["questions"][number - 1]
    if not is_option_of(question, option_id):
        raise TrainingError(_("Choose one of the answers."))
    if question["id"] not in progress.answers:
        progress.answers = {**progress.answers, question["id"]: option_id}
        progress.save(update_fields=["answers"])
    return progress


@transaction.atomic
def submit_attempt(*, progress: Progress, now: datetime) -> Attempt:
    """Score what was answered; a passed attempt is valid from today.

    A form sent twice is one attempt. Sends `completion_recorded` inside the
    transaction.

    :raises TrainingError: when something is not read or answered yet.
    """
    progress = _locked(progress)
    if known := _attempt_of(progress):
        return known
    course = progress.course
    place = next_place(
        course, lessons_read=progress.lessons_read, answers=progress.answers
    )
    if place.kind != "end":
        raise TrainingError(_("Please read every lesson and answer every question."))
    result = result_of(course, progress.answers)
    attempt = Attempt.objects.create(
        staff_member_id=progress.staff_member_id,
        version=progress.version,
        started_at=progress.started_at,
        submitted_at=now,
        seed=progress.seed,
        roles=progress.roles,
        skipped=progress.skipped,
        answers=progress.answers,
        score=result.score,
        is_passed=result.is_passed,
    )
    record("attempt.submitted", attempt, score=result.score, is_passed=result.is_passed)
    if result.is_passed:
        complete_module(attempt=attempt, now=now)
    return attempt


def _locked(progress: Progress) -> Progress:
    return (
        Progress.objects.select_for_update(of=("self",))
        .select_related("version__module", "staff_member")
        .get(pk=progress.pk)
    )


def _attempt_of(progress: Progress) -> Attempt | None:
    return Attempt.objects.filter(
        staff_member=progress.staff_member_id,
        version=progress.version_id,
        started_at=progress.started_at,
    ).first()
