"""What Wagtail tells this room. Connected by the app when it is ready.

What moves a page through approval stands under the ids of Wagtail's own mailer,
which Wagtail connects later and which is then left out: its mail would pass by the
outbox. Django keeps the first of one id and sender.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_approved,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.models import User
from accounts.scoping import is_safeguarding_lead
from campaigns.guidance import services
from campaigns.guidance.models import HomePage, PublicPage, SafeguardingTaskState
from campaigns.guidance.services.reindexing import ask_to_reindex
from campaigns.guidance.translating import (
    delete_translations,
    follow_english,
    follow_translation,
    is_english,
)
from campaigns.routes.models import Route, RouteWording
from campaigns.signs.models import Sign, SignWording

# What a page shows of these is among the words by which search finds it.
PLACED_MODELS = (Sign, SignWording, Route, RouteWording)


@receiver(page_published)
def keep_translations_true(instance: Page, revision: Revision, **kwargs: Any) -> None:
    if not isinstance(instance, PublicPage) or hasattr(revision, "is_our_own"):
        return
    if is_english(instance):
        follow_english(page=instance, now=timezone.now())
    else:
        follow_translation(page=instance, now=timezone.now())


@receiver(post_delete)
def take_translations_away(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PublicPage) and is_english(instance):
        delete_translations(page=instance)


@receiver(post_save, sender=HomePage)
def approve_pages_below(
    instance: HomePage, *, created: bool, raw: bool = False, **_signal: Any
) -> None:
    if created and not raw:
        services.attach_workflow(home=instance)


def placed_words_changed(*, raw: bool = False, **_signal: Any) -> None:
    if not raw:
        ask_to_reindex()


def connect_receivers() -> None:
    for model in PLACED_MODELS:
        for signal in (post_save, post_delete):
            signal.connect(placed_words_changed, sender=model)


def connect_approvals() -> None:
    task_submitted.connect(open_approval, sender=SafeguardingTaskState)
    task_approved.connect(note_review, sender=SafeguardingTaskState)
    workflow_approved.connect(
        tell_of_approval,
        sender=WorkflowState,
        dispatch_uid="workflow_state_approved_email_notification",
    )
    workflow_rejected.connect(
        tell_of_changes_wanted,
        sender=WorkflowState,
        dispatch_uid="workflow_state_rejected_email_notification",
    )
    workflow_submitted.connect(
        tell_nobody_more,
        sender=WorkflowState,
        dispatch_uid="workflow_state_submitted_email_notification",
    )
    task_submitted.connect(
        tell_nobody_more,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )


def open_approval(instance: SafeguardingTaskState, **signal: Any) -> None:
    services.open_approval(waiting=instance, now=timezone.now())


def note_review(
    instance: SafeguardingTaskState, user: User | None = None, **signal: Any
) -> None:
    """Take approving for reviewing when a safeguarding lead does it."""
    page = instance.workflow_state.content_object
    page = page.specific if isinstance(page, Page) else None
    if user and is_safeguarding_lead(user) and isinstance(page, PublicPage):
        services.note_approval(
            page=page, by=user, note=instance.comment, now=timezone.now()
        )


def tell_of_approval(
    instance: WorkflowState, user: User | None = None, **signal: Any
) -> None:
    services.tell_author(
        state=instance, template="page_approved", by=user, now=timezone.now()
    )


def tell_of_changes_wanted(
    instance: WorkflowState, user: User | None = None, **signal: Any
) -> None:
    services.tell_author(
        state=instance, template="page_returned", by=user, now=timezone.now()
    )


def tell_nobody_more(**signal: Any) -> None:
    """Leave it at what `open_approval` has told the safeguarding leads."""
