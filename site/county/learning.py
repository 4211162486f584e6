"""Who learned what and when: attempts and completions of the real module versions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from campaigns.learning.models import ModuleVersion
from campaigns.learning.rules.course import course_of
from county.drawing import Lot
from county.places import Place, Span
from county.workforce import Person
from partners.register.models import Spell, StaffMember
from partners.training.models import (
    CERTIFICATE_CODE_LENGTH,
    Attempt,
    Completion,
    Requirement,
)
from partners.training.rules import Content, Result, add_months, is_right, result_of

FIRST_TRIES_FAILED = 0.10
MEAN_DAYS_TO_LEARN = 14
# Drawn once for each role and module; people draw one of them.
WAYS_TO_ANSWER = 60


class Answered(NamedTuple):
    """One way to answer a module, scored once for all who answer so."""

    seed: str
    roles: list[str]
    answers: dict[str, str]
    result: Result


@dataclass(frozen=True)
class Course:
    """A required module in its frozen words, with ways to answer it."""

    version: ModuleVersion
    valid_months: int
    passing: tuple[Answered, ...]
    failing: tuple[Answered, ...]


@dataclass
class Outcomes:
    """Attempts and the completions of those that were passed, still unsaved."""

    attempts: list[Attempt]
    completions: list[Completion]

    def save(self) -> None:
        # A completion knows its attempt by key, so attempts come first.
        Attempt.objects.bulk_create(self.attempts, batch_size=1000)
        for completion in self.completions:
            if completion.attempt is not None:
                completion.attempt_id = completion.attempt.pk
        Completion.objects.bulk_create(self.completions, batch_size=1000)


def courses_by_role(lot: Lot) -> dict[str, list[Course]]:
    """Return what each role must learn, as the requirements say."""
    courses: dict[str, list[Course]] = {}
    requirements = Requirement.objects.filter(area__isnull=True, premises_kind="")
    for requirement in requirements.order_by("pk").prefetch_related("required_roles"):
        version = ModuleVersion.objects.current(requirement.module, "en")
        if version is None:
            continue
        for required in requirement.required_roles.all():
            course = _course(lot, version, required.role, requirement.valid_months)
            courses.setdefault(required.role, []).append(course)
    return courses


def _course(lot: Lot, version: ModuleVersion, role: str, valid_months: int) -> Course:
    answered = [
        _answered(lot, version, role, mistakes=mistakes)
        for mistakes in (0, *(lot.randint(0, 3) for _ in range(WAYS_TO_ANSWER)))
    ]
    return Course(
        version,
        valid_months,
        passing=tuple(one for one in answered if one.result.is_passed),
        failing=tuple(one for one in answered if not one.result.is_passed),
    )


def _answered(
    lot: Lot, version: ModuleVersion, role: str, *, mistakes: int
) -> Answered:
    seed = f"{lot.randint(0, 2**32):08x}"
    course = course_of(version.words, roles=[role], seed=seed)
    missed = lot.sample(course["questions"], k=mistakes)
    answers = {
        question["id"]: _option(question, right=question not in missed)
        for question in course["questions"]
    }
    return Answered(seed, [role], answers, result_of(course, answers))


def _option(question: Content, *, right: bool) -> str:
    ids: list[str] = [option["id"] for option in question["options"]]
    return next(one for one in ids if is_right(question, one) is right)


def outcomes_of(
    lot: Lot,
    span: Span,
    place: Place,
    people: list[Person],
    courses: dict[str, list[Course]],
) -> Outcomes:
    """Draw what the people of a place learned since it joined."""
    outcomes = Outcomes([], [])
    for person in people:
        held: dict[int, date] = {}
        for spell in person.spells:
            for course in courses.get(spell.role, ()):
                _learn(lot, span, place, spell, course, held, outcomes)
    return outcomes


def _learn(
    lot: Lot,
    span: Span,
    place: Place,
    spell: Spell,
    course: Course,
    held: dict[int, date],
    outcomes: Outcomes,
) -> None:
    """Add what one person did about one module during one spell."""
    begins = max(spell.started_on, place.premises.joined_on)
    until = min(spell.ended_on or span.today, span.today - timedelta(days=1))
    module = course.version.module_id
    day = _first_day(lot, place, begins)
    if held.get(module, begins) > begins:
        day = _renewal_day(lot, place, held[module])
    while day is not None and day <= until:
        valid_until = add_months(day, course.valid_months)
        held[module] = valid_until
        add_completion(lot, outcomes, spell.staff_member, course, day)
        day = _renewal_day(lot, place, valid_until)


def _first_day(lot: Lot, place: Place, begins: date) -> date | None:
    if lot.chance(place.diligence):
        return begins + timedelta(days=lot.days(MEAN_DAYS_TO_LEARN))
    if lot.chance(0.3):
        return begins + timedelta(days=lot.randint(40, 150))
    return None


def _renewal_day(lot: Lot, place: Place, valid_until: date) -> date | None:
    if not lot.chance(place.diligence):
        return None
    return valid_until + timedelta(days=lot.randint(-28, 14))


def add_completion(
    lot: Lot, outcomes: Outcomes, member: StaffMember, course: Course, day: date
) -> None:
    """Add a passed attempt on a day, now and then after one that was not passed."""
    begun = lot.moment(day)
    if course.failing and lot.chance(FIRST_TRIES_FAILED):
        earlier = begun - timedelta(minutes=lot.randint(20, 90))
        failed = lot.choice(course.failing)
        outcomes.attempts.append(_attempt(lot, member, course, earlier, failed))
    attempt = _attempt(lot, member, course, begun, lot.choice(course.passing))
    outcomes.attempts.append(attempt)
    outcomes.completions.append(
        Completion(
            staff_member=member,
            module_id=course.version.module_id,
            attempt=attempt,
            valid_from=day,
            valid_until=add_months(day, course.valid_months),
            certificate_code=lot.code(CERTIFICATE_CODE_LENGTH),
        )
    )


def _attempt(
    lot: Lot,
    member: StaffMember,
    course: Course,
    begun: datetime,
    answered: Answered,
) -> Attempt:
    return Attempt(
        staff_member=member,
        version=course.version,
        started_at=begun,
        submitted_at=begun + timedelta(minutes=lot.randint(5, 14)),
        seed=answered.seed,
        roles=answered.roles,
        answers=answered.answers,
        score=answered.result.score,
        is_passed=answered.result.is_passed,
    )
