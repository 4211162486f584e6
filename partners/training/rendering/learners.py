"""What a learner's pages show of modules, places and answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from campaigns.learning.models import Module
from partners.register.models import StaffMember
from partners.training.coverage import Need, person_needs
from partners.training.enums import TrainingState
from partners.training.models import Attempt, Completion, Progress
from partners.training.rules import is_right, next_place

TONES = {
    TrainingState.VALID: "good",
    TrainingState.IN_GRACE: "",
    TrainingState.EXPIRED: "gap",
    TrainingState.NEVER_TRAINED: "warn",
}


@dataclass(frozen=True)
class ModuleCard:
    """A module a person needs, how it stands, and where to go on in it."""

    module: Module
    need: Need
    completion: Completion | None
    progress: Progress | None
    day: date

    @property
    def tone(self) -> str:
        return TONES[self.need.state]

    @property
    def is_valid(self) -> bool:
        return self.need.state == TrainingState.VALID

    @property
    def is_late(self) -> bool:
        return self.need.due_on < self.day

    @property
    def still_has_time(self) -> bool:
        return self.need.state == TrainingState.IN_GRACE


@dataclass(frozen=True)
class Choice:
    """An answer as shown once the person has chosen."""

    id: str
    text: str
    explain: str
    is_right: bool
    is_chosen: bool


def module_cards(*, staff_member: StaffMember, day: date) -> list[ModuleCard]:
    """Return the modules a person needs, in the order they are due. Five queries."""
    needs = person_needs(staff_member=staff_member, day=day)
    modules = Module.objects.in_bulk([need.module_id for need in needs])
    completions = Completion.objects.standing().filter(staff_member=staff_member)
    newest = {
        completion.module_id: completion
        for completion in completions.order_by("valid_until", "pk")
    }
    unfinished = {
        progress.version.module_id: progress
        for progress in Progress.objects.unfinished()
        .filter(staff_member=staff_member)
        .select_related("version__module")
        .order_by("started_at", "pk")
    }
    return [
        ModuleCard(
            module=modules[need.module_id],
            need=need,
            completion=newest.get(need.module_id),
            progress=unfinished.get(need.module_id),
            day=day,
        )
        for need in needs
    ]


def url_of_place(progress: Progress) -> str:
    """Return the page on which the person goes on; at the end, the last question."""
    content = progress.course
    place = next_place(
        content, lessons_read=progress.lessons_read, answers=progress.answers
    )
    if place.kind == "lesson":
        return url_of_lesson(progress, place.number)
    return url_of_question(progress, place.number or len(content["questions"]))


def url_after_lesson(progress: Progress, number: int) -> str:
    if number < len(progress.course["lessons"]):
        return url_of_lesson(progress, number + 1)
    return url_of_place(progress)


def url_of_lesson(progress: Progress, number: int) -> str:
    slug = progress.version.module.slug
    return reverse("training:lesson", args=[slug, number])


def url_of_question(progress: Progress, number: int) -> str:
    slug = progress.version.module.slug
    return reverse("training:question", args=[slug, number])


def choices_of(question: dict[str, Any], chosen: str) -> list[Choice]:
    return [
        Choice(
            id=option["id"],
            text=option["text"],
            explain=option["explain"],
            is_right=option["correct"],
            is_chosen=option["id"] == chosen,
        )
        for option in question["options"]
    ]


def missed_questions(attempt: Attempt) -> list[dict[str, Any]]:
    """Return what was answered wrong, with the answer that helps next time."""
    return [
        {
            "text": question["text"],
            "must_get_right": question["must_get_right"],
            "right": next(part for part in question["options"] if part["correct"]),
        }
        for question in attempt.course["questions"]
        if not is_right(question, attempt.answers.get(question["id"], ""))
    ]
