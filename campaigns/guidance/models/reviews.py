from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from accounts.models import User
from campaigns.guidance.enums import Priority
from campaigns.guidance.models.own_pages import may_work_on, worked_on_by
from core.remembering import once


class ReviewDates(NamedTuple):
    reviewed_on: date
    next_review_on: date


class PageReviewQuerySet(models.QuerySet["PageReview"]):
    def dates_by_words(self) -> dict[UUID, ReviewDates]:
        """Return when each English page was last reviewed, by its translation key.

        One short query for the whole site, so that its pages may remember the answer.
        """
        english = self.filter(page__locale__language_code=settings.LANGUAGE_CODE)
        rows = english.order_by("pk").values_list(
            "page__translation_key", "reviewed_on", "next_review_on"
        )
        return {key: ReviewDates(on, until) for key, on, until in rows}

    def last_of(self, page: models.OuterRef) -> Self:
        return self.filter(page=page).order_by("-pk")


def last_reviews() -> dict[UUID, ReviewDates]:
    return once("last_reviews", PageReview.objects.dates_by_words)


class PageReview(models.Model):
    """A safeguarding lead has read a page and stands by it. Only ever added to.

    The only place review dates come from; nobody types them. A deleted page leaves its
    reviews behind, so the database does not tie them to it.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField()
    next_review_on = models.DateField()
    note = models.TextField(blank=True)

    objects = PageReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_review_on__gt=models.F("reviewed_on")),
                name="pagereview_next_is_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.reviewed_on}"


def _about_pages_of(user: User | AnonymousUser) -> models.Q:
    # A workflow names its page as text, because it may be about other things too.
    number = Cast("pk", models.CharField())
    pages = Page.objects.filter(worked_on_by(user)).annotate(number=number)
    # A module may have the number of a page, and is of no area.
    is_page = models.Q(
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
    )
    is_own = models.Q(workflow_state__object_id__in=pages.values("number"))
    return ~is_page | is_own


class SafeguardingTaskStateQuerySet(models.QuerySet["SafeguardingTaskState"]):
    def waiting(self) -> Self:
        return self.filter(status=TaskState.STATUS_IN_PROGRESS)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(_about_pages_of(user))

    def by_urgency(self) -> Self:
        urgent_first = models.Case(
            *(models.When(priority=value, then=i) for i, value in enumerate(Priority)),
            default=len(Priority),
        )
        return self.order_by("due_on", urgent_first, "pk")


class SafeguardingTaskState(TaskState):
    """One page waiting for a safeguarding lead: by when, how soon, and who is on it."""

    due_on = models.DateField(_("approve by"), null=True, blank=True)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is on it"),
    )

    objects = SafeguardingTaskStateQuerySet.as_manager()
    # Who was on an earlier round need not be on the next.
    exclude_fields_in_copy = ["due_on", "taken_by"]

    class Meta:
        verbose_name = _("page waiting for approval")
        verbose_name_plural = _("pages waiting for approval")

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


class SafeguardingTask(AbstractGroupApprovalTask):
    """Approval by a safeguarding lead, which is also a review of the page."""

    task_state_class = SafeguardingTaskState

    class Meta:
        verbose_name = _("safeguarding review")
        verbose_name_plural = _("safeguarding reviews")

    # Wagtail asks for the group alone: a lead of other areas is in it too.
    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return bool(super().user_can_access_editor(obj, user)) and may_work_on(
            user, obj
        )

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        if not may_work_on(user, obj):
            return []
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        return actions

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> "models.QuerySet[TaskState]":
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        own: models.QuerySet[TaskState] = states.filter(_about_pages_of(user))
        return own

    def on_action(
        self,
        task_state: TaskState,
        user: AbstractBaseUser,
        action_name: str,
        **kwargs: Any,
    ) -> str | None:
        """Approve or send back; what the form would refuse leads to the form instead.

        The dashboard approves without showing the page. Wagtail tells us of no request
        here, so an address of our own says what is wrong and opens the form.
        """
        page = task_state.workflow_state.content_object.get_latest_revision_as_object()
        is_ours = hasattr(page, "refusals")
        if action_name == "approve" and is_ours and page.refusals(timezone.localdate()):
            return reverse("guidance_admin:approval-refused", args=[task_state.pk])
        super().on_action(task_state, user, action_name, **kwargs)
        return None
