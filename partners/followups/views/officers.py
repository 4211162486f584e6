"""Follow-ups in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from partners.followups import services
from partners.followups.enums import TO_DO_STATES, TaskOwner, TaskState
from partners.followups.forms import DoneForm, QuestionForm, TaskFilterForm
from partners.followups.models import FollowUpTask, Retest, TaskEvidence
from partners.followups.rendering import history_of, training_progress
from partners.followups.services import FollowUpError
from partners.followups.views.managers import attachment
from partners.visits.views.guards import for_officers

PER_PAGE = 25
HEADER: dict[str, Any] = {"header_icon": "tasks"}


@require_GET
@for_officers
def task_list(request: HttpRequest, officer: User) -> HttpResponse:
    filters = TaskFilterForm(request.GET)
    today = timezone.localdate()
    tasks = FollowUpTask.objects.visible_to(officer).select_related("premises")
    if filters.is_valid():
        if filters.cleaned_data["state"]:
            tasks = tasks.filter(state=filters.cleaned_data["state"])
        if filters.cleaned_data["overdue"]:
            tasks = tasks.overdue(today)
    page = Paginator(tasks.by_urgency(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": _("Follow-ups"),
        "page": page,
        "filters": filters,
        "today": today,
    }
    return render(request, "followups/admin/task_list.html", context | HEADER)


@require_GET
@for_officers
def retest_list(request: HttpRequest, officer: User) -> HttpResponse:
    retests = (
        Retest.objects.visible_to(officer)
        .to_plan()
        .select_related("gap_visit__premises")
        .order_by("closes_on", "pk")
    )
    page = Paginator(retests, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_title": _("Retests to plan"), "page": page}
    return render(request, "followups/admin/retest_list.html", context | HEADER)


@require_GET
@for_officers
def task_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    task = _visible(officer, key)
    return _task_page(request, task, QuestionForm(), DoneForm())


def _task_page(
    request: HttpRequest, task: FollowUpTask, question: QuestionForm, done: DoneForm
) -> HttpResponse:
    today = timezone.localdate()
    is_mine = task.owner == TaskOwner.OFFICER
    context = {
        "page_title": task.title,
        "page_subtitle": task.premises.name,
        "task": task,
        "question_form": question,
        "done_form": done,
        "may_be_done": is_mine and task.state in TO_DO_STATES,
        "may_be_judged": task.state == TaskState.DONE,
        "progress": training_progress(task, today=today),
        "history": history_of(task, with_names=True),
    }
    status = 422 if question.errors or done.errors else 200
    return render(
        request, "followups/admin/task_detail.html", context | HEADER, status=status
    )


@require_POST
@for_officers
def task_verify(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    task = _visible(officer, key)
    try:
        services.verify_task(task=task, actor=officer, now=timezone.now())
    except FollowUpError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Closed."))
    return redirect("followups_admin:detail", key)


@require_POST
@for_officers
def task_return(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    task = _visible(officer, key)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            services.return_task(
                task=task,
                question=form.cleaned_data["question"],
                actor=officer,
                now=timezone.now(),
            )
        except FollowUpError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Returned. The managers are told."))
            return redirect("followups_admin:detail", key)
    return _task_page(request, task, form, DoneForm())


@require_POST
@for_officers
def task_done(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    task = _visible(officer, key)
    form = DoneForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.mark_done(
                task=task,
                note=form.cleaned_data["note"],
                evidence=form.cleaned_data["evidence"],
                actor=officer,
                now=timezone.now(),
            )
        except FollowUpError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Marked as done."))
            return redirect("followups_admin:detail", key)
    return _task_page(request, task, QuestionForm(), form)


@require_GET
@for_officers
def evidence(
    request: HttpRequest, officer: User, key: str, evidence_key: str
) -> FileResponse:
    task = _visible(officer, key)
    return attachment(get_object_or_404(TaskEvidence, task=task, key=evidence_key))


def _visible(officer: User, key: str) -> FollowUpTask:
    tasks = FollowUpTask.objects.visible_to(officer).select_related(
        "premises", "visit", "module"
    )
    return get_object_or_404(tasks, key=key)
