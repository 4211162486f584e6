"""Pages that wait for approval, and pages read again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.models import Page

from accounts.models import User
from accounts.scoping import is_safeguarding_lead, may_enter_admin
from campaigns.guidance import services
from campaigns.guidance.enums import Priority
from campaigns.guidance.forms import ConfirmForm, PlanForm
from campaigns.guidance.models import SafeguardingTaskState, worked_on_by


@require_http_methods(["GET", "POST"])
def page_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a safeguarding lead say that a page was read and nothing has to change."""
    if not isinstance(request.user, User) or not is_safeguarding_lead(request.user):
        raise PermissionDenied
    page = get_object_or_404(Page.objects.filter(worked_on_by(request.user)), pk=pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review = services.confirm_page(
                page=page,
                by=request.user,
                note=form.cleaned_data["note"],
                now=timezone.now(),
            )
        except services.ReviewError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Reviewed. The next review of “%(title)s” is due by %(day)s.")
            day = date_format(review.next_review_on)
            messages.success(request, told % {"title": page.title, "day": day})
            return redirect("guidance_admin:reviews")
    return render(
        request,
        "guidance/admin/page_confirm.html",
        {
            "page_title": _("I have read this page again"),
            "page_subtitle": page.title,
            "header_icon": "history",
            "subject": page,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def approval_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page that waits, and let its author or a reviewer plan it."""
    waiting = _waiting(request, pk)
    planned = {"due_on": waiting.due_on, "priority": waiting.priority}
    form = PlanForm(request.POST or None, initial=planned)
    if form.is_valid() and isinstance(request.user, User):
        try:
            services.plan_approval(
                waiting=waiting,
                due_on=form.cleaned_data["due_on"],
                priority=Priority(form.cleaned_data["priority"]),
                by=request.user,
                now=timezone.now(),
            )
        except services.ApprovalError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Planned."))
            return redirect("guidance_admin:approvals")
    return render(
        request,
        "guidance/admin/approval_plan.html",
        {
            "page_title": _("Page waiting for approval"),
            "page_subtitle": waiting.revision.object_str,
            "header_icon": "tasks",
            "waiting": waiting,
            "edit_url": services.edit_path(waiting.workflow_state.content_object),
            "form": form,
            "may_take": is_safeguarding_lead(request.user),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def approval_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a safeguarding lead say: I am on it."""
    waiting = _waiting(request, pk)
    try:
        if isinstance(request.user, User):
            services.take_approval(waiting=waiting, by=request.user)
    except services.ApprovalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are on it."))
    return redirect("guidance_admin:approval-plan", pk=pk)


@require_safe
def approval_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a page was not approved, and open it where that is put right."""
    waiting = _waiting(request, pk)
    page = waiting.workflow_state.content_object.get_latest_revision_as_object()
    for refusal in page.refusals(timezone.localdate()):
        told = _("“%(title)s” was not approved. %(reason)s")
        messages.error(request, told % {"title": page.title, "reason": refusal})
    return redirect(services.edit_path(page))


def _waiting(request: HttpRequest, pk: int) -> SafeguardingTaskState:
    if not may_enter_admin(request.user):
        raise PermissionDenied
    own = SafeguardingTaskState.objects.visible_to(request.user)
    waiting = own.select_related("revision", "taken_by", "workflow_state__requested_by")
    return get_object_or_404(waiting, pk=pk)
