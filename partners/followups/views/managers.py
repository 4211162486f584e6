"""What a manager sees of follow-ups. Only released visits ever reach these pages."""

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.panels import panels_for
from partners.followups import services
from partners.followups.enums import TO_DO_STATES, TaskKind
from partners.followups.forms import DoneForm
from partners.followups.models import FollowUpTask, TaskEvidence
from partners.followups.rendering import history_of, training_progress
from partners.followups.services import FollowUpError
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.visits.models import Challenge, Observation, TestVisit
from partners.visits.services import is_open_to_challenge

PER_PAGE = 25


@login_required
@require_GET
def task_list(request: HttpRequest, premises_key: str) -> HttpResponse:
    premises = _premises(request, premises_key)
    tasks = FollowUpTask.objects.for_manager(request.user).filter(premises=premises)
    page = Paginator(tasks.by_urgency(), PER_PAGE).get_page(request.GET.get("page"))
    visits = TestVisit.objects.released().filter(premises=premises)
    context = {
        **portal_context(premises, current="tasks"),
        "page": page,
        "visits": list(visits.order_by("-released_at", "-pk")[:10]),
        "today": timezone.localdate(),
    }
    return render(request, "followups/task_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def task_detail(request: HttpRequest, premises_key: str, task_key: str) -> HttpResponse:
    premises = _premises(request, premises_key)
    task = _task(request, premises, task_key)
    form = DoneForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            services.mark_done(
                task=task,
                note=form.cleaned_data["note"],
                evidence=form.cleaned_data["evidence"],
                actor=request.user,  # type: ignore[arg-type] # signed in: login_required
                now=timezone.now(),
            )
        except FollowUpError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. An officer looks at it now."))
            return redirect("followups:task-list", premises.key)
    return _task_page(request, premises, task, form)


def _task_page(
    request: HttpRequest, premises: Premises, task: FollowUpTask, form: DoneForm
) -> HttpResponse:
    today = timezone.localdate()
    is_training = task.kind == TaskKind.COMPLETE_MODULE
    context = {
        **portal_context(premises, current="tasks"),
        "task": task,
        "form": form,
        "may_be_done": task.state in TO_DO_STATES and not is_training,
        "is_overdue": task.state in TO_DO_STATES and task.due_on < today,
        "progress": training_progress(task, today=today),
        "history": history_of(task, with_names=False),
    }
    status = 422 if form.errors else 200
    return render(request, "followups/task_detail.html", context, status=status)


@login_required
@require_GET
def evidence(
    request: HttpRequest, premises_key: str, task_key: str, evidence_key: str
) -> FileResponse:
    premises = _premises(request, premises_key)
    task = _task(request, premises, task_key)
    return attachment(get_object_or_404(TaskEvidence, task=task, key=evidence_key))


@login_required
@require_GET
def feedback(request: HttpRequest, premises_key: str, visit_key: str) -> HttpResponse:
    premises = _premises(request, premises_key)
    visits = TestVisit.objects.released().select_related("scenario", "premises")
    visit = get_object_or_404(visits, premises=premises, key=visit_key)
    tasks = FollowUpTask.objects.filter(visit=visit).order_by("due_on", "pk")
    own = tasks.for_manager(request.user)
    context = {
        **portal_context(premises, current="tasks"),
        "visit": visit,
        "strengths": list(Observation.objects.strengths_of(visit)),
        "gaps": list(Observation.objects.gaps_of(visit)),
        "tasks": list(own),
        "panels": panels_for("visits.feedback", request, visit),
        "officer_comes": tasks.for_officers().exists(),
        "challenge": Challenge.objects.filter(visit=visit).first(),
        "may_challenge": is_open_to_challenge(visit, now=timezone.now()),
    }
    return render(request, "followups/feedback.html", context)


def attachment(found: TaskEvidence) -> FileResponse:
    """Hand a file out to be kept, never to be shown as a page of ours."""
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=PurePath(str(found.file.name)).name,
        content_type=found.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _premises(request: HttpRequest, key: str) -> Premises:
    return get_object_or_404(Premises.objects.managed_by(request.user), key=key)


def _task(request: HttpRequest, premises: Premises, key: str) -> FollowUpTask:
    tasks = FollowUpTask.objects.for_manager(request.user).filter(premises=premises)
    return get_object_or_404(tasks.select_related("visit", "module"), key=key)
