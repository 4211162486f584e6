"""Lists in the admin's reports: reviews, reading ages, and pages that wait."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from accounts.scoping import is_safeguarding_lead
from campaigns.guidance.enums import Priority, ReviewState
from campaigns.guidance.models import (
    PublicPage,
    ReviewedPageQuerySet,
    SafeguardingTaskState,
    review_state,
    reviewed_pages,
    seen_by,
)
from core.exports import NEUTRAL_CELLS


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def kind_of(page: Page) -> str:
    return str(page.specific_class._meta.verbose_name)


class OwnReport(PageReportView):
    """A report drawn from its columns, whose cells no spreadsheet runs."""

    results_template_name = "wagtailadmin/reports/base_report_results.html"
    any_permission_required = ["add", "change", "publish"]
    custom_value_preprocess = PageReportView.custom_value_preprocess | NEUTRAL_CELLS


class ReviewFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ReviewState.choices, method="in_state"
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def in_state(
        self, pages: ReviewedPageQuerySet, name: str, value: str
    ) -> ReviewedPageQuerySet:
        return pages.in_review_state(ReviewState(value), timezone.localdate())


def state_of_review(page: Any) -> str:
    return str(review_state(page.next_review_on, timezone.localdate()).label)


class ReviewsView(OwnReport):
    page_title = _("Pages due for review")
    header_icon = "history"
    index_url_name = "guidance_admin:reviews"
    index_results_url_name = "guidance_admin:reviews-results"
    filterset_class = ReviewFilterSet
    export_filename = "page-reviews"
    list_export = ["title", "reviewed_on", "reviewer", "next_review_on"]
    export_headings = {
        "title": _("Page"),
        "reviewed_on": _("Last reviewed"),
        "reviewer": _("By"),
        "next_review_on": _("Next review by"),
    }
    no_results_message = _("No page here.")

    def get_queryset(self) -> ReviewedPageQuerySet:
        pages: ReviewedPageQuerySet = reviewed_pages().select_related("content_type")
        return pages

    @property
    def columns(self) -> list[Column]:
        columns = [
            TitleColumn("title", label=_("Page"), get_url=edit_url),
            Column("kind", label=_("Kind"), accessor=kind_of),
            Column("state", label=_("State"), accessor=state_of_review),
            Column("reviewed_on", label=_("Last reviewed")),
            Column("reviewer", label=_("By")),
            Column("next_review_on", label=_("Next review by")),
        ]
        if is_safeguarding_lead(self.request.user):
            columns.append(ConfirmColumn("confirm", label=_("Read again")))
        return columns


class ConfirmColumn(Column):
    """A link to say that a page was read again and nothing has to change."""

    cell_template_name = "guidance/admin/confirm_cell.html"


class ReadingAgesView(OwnReport):
    page_title = _("Reading ages")
    header_icon = "glasses"
    index_url_name = "guidance_admin:reading-ages"
    index_results_url_name = "guidance_admin:reading-ages-results"
    export_filename = "reading-ages"
    list_export = ["title", "get_readers_display", "reading_age", "target_age"]
    export_headings = {
        "title": _("Page"),
        "get_readers_display": _("Who reads it"),
        "reading_age": _("Reading age"),
        "target_age": _("We aim for"),
    }
    columns = [
        TitleColumn("title", label=_("Page"), get_url=edit_url),
        Column("get_readers_display", label=_("Who reads it")),
        Column("reading_age", label=_("Reading age")),
        Column("target_age", label=_("We aim for")),
        Column("reading_verdict", label=_("Is it easy enough?")),
    ]

    def get_queryset(self) -> "QuerySet[Page]":
        pages: QuerySet[Page] = (
            Page.objects.type(PublicPage)
            .live()
            .filter(seen_by(self.request.user), locale__language_code="en")
            .order_by("title", "pk")
            .specific()
        )
        return pages


class ApprovalFilterSet(WagtailFilterSet):
    priority = django_filters.ChoiceFilter(
        label=_("Priority"), choices=Priority.choices
    )

    class Meta:
        model = SafeguardingTaskState
        fields: list[str] = []


class ApprovalsView(OwnReport):
    """Pages that were handed in, the first due on top."""

    model = SafeguardingTaskState
    page_title = _("Pages waiting for approval")
    header_icon = "tasks"
    index_url_name = "guidance_admin:approvals"
    index_results_url_name = "guidance_admin:approvals-results"
    filterset_class = ApprovalFilterSet
    export_filename = "pages-waiting"
    list_export = ["revision.object_str", "due_on", "get_priority_display", "taken_by"]
    export_headings = {
        "revision.object_str": _("Page"),
        "due_on": _("Approve by"),
        "get_priority_display": _("Priority"),
        "taken_by": _("Who is on it"),
    }
    columns = [
        TitleColumn(
            "page",
            label=_("Page"),
            accessor="revision.object_str",
            get_url=lambda waiting: reverse(
                "guidance_admin:approval-plan", args=[waiting.pk]
            ),
        ),
        Column("author", label=_("From"), accessor="workflow_state.requested_by"),
        Column("due_on", label=_("Approve by")),
        Column("get_priority_display", label=_("Priority")),
        Column("taken_by", label=_("Who is on it")),
    ]
    no_results_message = _("No page waits for approval.")

    @property
    def permission_policy(self) -> Any:
        """Let in whoever works on pages, not on the rows of this list."""
        return ReviewsView().permission_policy

    def get_queryset(self) -> "QuerySet[SafeguardingTaskState]":
        return (
            SafeguardingTaskState.objects.waiting()
            .visible_to(self.request.user)
            .by_urgency()
            .select_related("revision", "taken_by", "workflow_state__requested_by")
        )


class OwnPageTypesView(PageTypesUsageReportView):
    """Wagtail's page types, without naming the last page of a type to others."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        types = super().decorate_paginated_queryset(page_types)
        last = [kind.last_edited_page_id for kind in types if kind.last_edited_page_id]
        pages = Page.objects.filter(seen_by(self.request.user), pk__in=last)
        seen = set(pages.values_list("pk", flat=True))
        for kind in types:
            if kind.last_edited_page_id not in seen:
                kind.last_edited_page = None
        return types
