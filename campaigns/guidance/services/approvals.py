"""Pages handed in: by when, how soon, who is on it, and who is told.

Wagtail moves the states; here is what we add to them.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from accounts.enums import Role
from accounts.models import User
from accounts.scoping import is_safeguarding_lead
from campaigns.guidance.enums import Priority
from campaigns.guidance.models import SafeguardingTaskState, may_work_on
from campaigns.guidance.rules.reviews import approve_by
from campaigns.guidance.services.addresses import edit_path
from core.audit import record
from outbox.services import queue_message


class ApprovalError(Exception):
    """Refuse a change to a page that waits, in words for the person who asked."""


@transaction.atomic
def open_approval(*, waiting: SafeguardingTaskState, now: datetime) -> None:
    """Give a page just handed in its day, and tell its safeguarding leads once."""
    today = timezone.localdate(now)
    waiting.due_on = approve_by(today, Priority(waiting.priority))
    waiting.save(update_fields=["due_on"])
    record("approval.opened", waiting, due=waiting.due_on.isoformat())
    page = waiting.workflow_state.content_object
    for lead in User.objects.with_role(Role.SAFEGUARDING_LEAD).filter(is_active=True):
        # The page of a campaign is no business of other areas before it opens.
        if not may_work_on(lead, page):
            continue
        _tell(lead, waiting.workflow_state, "page_waiting", waiting.pk, now)


@transaction.atomic
def plan_approval(
    *,
    waiting: SafeguardingTaskState,
    due_on: date,
    priority: Priority,
    by: User,
    now: datetime,
) -> None:
    """Change by when and how soon a page is to be approved. Audited.

    :raises ApprovalError: for one who neither reviews nor handed it in, a page that
        waits no longer, or a day that has passed.
    """
    _refuse_done(waiting)
    is_author = waiting.workflow_state.requested_by_id == by.pk
    if not (is_author or is_safeguarding_lead(by)):
        raise ApprovalError(_("Only who handed it in, or who reviews it, plans it."))
    if due_on < timezone.localdate(now):
        raise ApprovalError(_("Choose today or a later day."))
    waiting.due_on = due_on
    waiting.priority = priority
    waiting.save(update_fields=["due_on", "priority"])
    record(
        "approval.planned",
        waiting,
        actor=by,
        due=due_on.isoformat(),
        priority=priority,
    )


@transaction.atomic
def take_approval(*, waiting: SafeguardingTaskState, by: User) -> None:
    """Note who is on it; a second lead may take over. Audited.

    :raises ApprovalError: for anybody but a safeguarding lead, or one that waits no
        longer.
    """
    _refuse_done(waiting)
    if not is_safeguarding_lead(by):
        raise ApprovalError(_("Only a safeguarding lead reviews pages."))
    waiting.taken_by = by
    waiting.save(update_fields=["taken_by"])
    record("approval.taken", waiting, actor=by)


def tell_author(
    *, state: WorkflowState, template: str, by: User | None, now: datetime
) -> None:
    """Tell who handed a page in what became of it, unless they did it themselves."""
    author = state.requested_by
    if isinstance(author, User) and author.is_active and author != by:
        _tell(author, state, template, state.current_task_state_id, now)


def _tell(
    person: User, state: WorkflowState, template: str, round_id: int, now: datetime
) -> None:
    page = state.content_object
    task_state = state.current_task_state
    queue_message(
        dedupe_key=f"{template}:{state.pk}:{round_id}:user:{person.pk}",
        template=template,
        context={
            "person": person,
            "page": page,
            "comment": task_state.comment if task_state else "",
            "link": settings.WAGTAILADMIN_BASE_URL + edit_path(page),
        },
        recipient=person,
        area=person.areas.order_by("pk").first(),
        now=now,
    )


def _refuse_done(waiting: SafeguardingTaskState) -> None:
    if waiting.status != SafeguardingTaskState.STATUS_IN_PROGRESS:
        raise ApprovalError(_("This page does not wait any longer."))
