from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from campaigns.learning.models import ModuleVersion
from campaigns.learning.rendering import placed_routes, shown_parts
from campaigns.learning.rules.course import course_of, instead_of_lesson
from partners.training import services
from partners.training.models import Attempt, Completion, Progress
from partners.training.rendering import (
    ModuleCard,
    choices_of,
    missed_questions,
    module_cards,
    url_after_lesson,
    url_of_place,
    url_of_question,
)
from partners.training.rules import is_right, may_see_lesson, may_see_question
from partners.training.services import TrainingError
from partners.training.sessions import Learner, learner_required

# Before anybody begins it matters how much is asked, not what.
ANY_SEED = "0"


@require_GET
@learner_required
def module_list(request: HttpRequest, learner: Learner) -> HttpResponse:
    cards = module_cards(staff_member=learner.staff_member, day=timezone.localdate())
    context = {"learner": learner, "cards": cards}
    return render(request, "training/module_list.html", context)


@require_GET
@learner_required
def module_detail(request: HttpRequest, learner: Learner, slug: str) -> HttpResponse:
    card = _card_or_404(learner, slug)
    version = (
        card.progress.version
        if card.progress
        else ModuleVersion.objects.current(card.module, learner.language)
    )
    if version is None:
        raise Http404
    context = {
        "learner": learner,
        "card": card,
        "version": version,
        "words": version.words,
        "course": card.progress.course
        if card.progress
        else course_of(version.words, seed=ANY_SEED),
        "routes": placed_routes(
            version.words["support_routes"],
            language=learner.language,
            today=timezone.localdate(),
            area=learner.premises.area,
        ),
    }
    return render(request, "training/module_detail.html", context)


@require_POST
@learner_required
def module_start(request: HttpRequest, learner: Learner, slug: str) -> HttpResponse:
    card = _card_or_404(learner, slug)
    progress = services.start_module(
        staff_member=learner.staff_member, module=card.module, now=timezone.now()
    )
    return redirect(url_of_place(progress))


@require_http_methods(["GET", "POST"])
@learner_required
def lesson(
    request: HttpRequest, learner: Learner, slug: str, number: int
) -> HttpResponse:
    progress = _progress_or_404(learner, slug)
    course = progress.course
    if not 1 <= number <= len(course["lessons"]):
        raise Http404
    if not may_see_lesson(lessons_read=progress.lessons_read, number=number):
        return redirect(url_of_place(progress))
    if request.method == "POST":
        progress = services.read_lesson(progress=progress, number=number)
        return redirect(url_after_lesson(progress, number))
    page = course["lessons"][number - 1]
    context = {
        "learner": learner,
        "version": progress.version,
        "lesson": page,
        "number": number,
        "total": len(course["lessons"]),
        "can_skip": bool(instead_of_lesson(course, number)),
        "parts": shown_parts(
            page,
            roles=progress.roles or course["roles"],
            language=learner.language,
            today=timezone.localdate(),
            area=learner.premises.area,
        ),
    }
    return render(request, "training/lesson.html", context)


@require_http_methods(["GET", "POST"])
@learner_required
def skip_lesson(
    request: HttpRequest, learner: Learner, slug: str, number: int
) -> HttpResponse:
    """Offer what may be read in place of a lesson, without asking why."""
    progress = _progress_or_404(learner, slug)
    course = progress.course
    if not 1 <= number <= len(course["lessons"]):
        raise Http404
    instead = instead_of_lesson(course, number)
    is_open = may_see_lesson(lessons_read=progress.lessons_read, number=number)
    if not instead or not is_open:
        return redirect(url_of_place(progress))
    if request.method == "POST":
        progress = services.skip_lesson(progress=progress, number=number)
        return redirect(url_after_lesson(progress, number))
    context = {
        "learner": learner,
        "version": progress.version,
        "lesson": course["lessons"][number - 1],
        "instead": instead,
        "number": number,
        "routes": placed_routes(
            course["support_routes"],
            language=learner.language,
            today=timezone.localdate(),
            area=learner.premises.area,
        ),
    }
    return render(request, "training/lesson_skipped.html", context)


@require_http_methods(["GET", "POST"])
@learner_required
def question(
    request: HttpRequest, learner: Learner, slug: str, number: int
) -> HttpResponse:
    progress = _progress_or_404(learner, slug)
    if not 1 <= number <= len(progress.course["questions"]):
        raise Http404
    if not _may_see_question(progress, number):
        return redirect(url_of_place(progress))
    if request.method == "GET":
        return _question_page(request, learner, progress, number)
    try:
        services.answer_question(
            progress=progress, number=number, option_id=request.POST.get("option", "")
        )
    except TrainingError as error:
        return _question_page(request, learner, progress, number, problem=str(error))
    return redirect(url_of_question(progress, number))


@require_POST
@learner_required
def finish(request: HttpRequest, learner: Learner, slug: str) -> HttpResponse:
    progress = _progress_or_404(learner, slug)
    try:
        attempt = services.submit_attempt(progress=progress, now=timezone.now())
    except TrainingError:
        return redirect(url_of_place(progress))
    return redirect("training:result", attempt.pk)


@require_GET
@learner_required
def result(request: HttpRequest, learner: Learner, attempt_id: int) -> HttpResponse:
    attempt = get_object_or_404(
        Attempt.objects.select_related("version__module", "completion"),
        pk=attempt_id,
        staff_member=learner.staff_member,
    )
    if attempt.is_passed:
        return redirect("training:certificate", attempt.completion.certificate_code)
    missed = missed_questions(attempt)
    context = {
        "learner": learner,
        "attempt": attempt,
        "version": attempt.version,
        "missed": missed,
        "has_missed_the_one": any(question["must_get_right"] for question in missed),
    }
    return render(request, "training/result.html", context)


@require_GET
@learner_required
def certificate(request: HttpRequest, learner: Learner, code: str) -> HttpResponse:
    completion = get_object_or_404(
        Completion.objects.standing().select_related("module", "staff_member"),
        certificate_code=code,
        staff_member=learner.staff_member,
    )
    check_path = reverse("verify:certificate", args=[completion.certificate_code])
    context = {
        "learner": learner,
        "completion": completion,
        "check_path": check_path,
        "check_url": request.build_absolute_uri(check_path),
    }
    return render(request, "training/certificate.html", context)


def _card_or_404(learner: Learner, slug: str) -> ModuleCard:
    cards = module_cards(staff_member=learner.staff_member, day=timezone.localdate())
    for card in cards:
        if card.module.slug == slug:
            return card
    raise Http404


def _progress_or_404(learner: Learner, slug: str) -> Progress:
    progress = Progress.objects.newest_in(staff_member=learner.staff_member, slug=slug)
    if progress is None:
        raise Http404
    return progress


def _may_see_question(progress: Progress, number: int) -> bool:
    return may_see_question(
        progress.course,
        lessons_read=progress.lessons_read,
        answers=progress.answers,
        number=number,
    )


def _question_page(
    request: HttpRequest,
    learner: Learner,
    progress: Progress,
    number: int,
    problem: str = "",
) -> HttpResponse:
    questions = progress.course["questions"]
    asked = questions[number - 1]
    chosen = progress.answers.get(asked["id"], "")
    context = {
        "learner": learner,
        "version": progress.version,
        "question": asked,
        "number": number,
        "total": len(questions),
        "choices": choices_of(asked, chosen),
        "chosen": chosen,
        "is_right": is_right(asked, chosen),
        "is_last": number == len(questions),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "training/question.html", context, status=status)
