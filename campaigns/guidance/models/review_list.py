from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from wagtail.models import Page
from wagtail.query import PageQuerySet

from campaigns.guidance.enums import ReviewState
from campaigns.guidance.models.own_pages import NO_CAMPAIGN
from campaigns.guidance.models.pages import PublicPage
from campaigns.guidance.models.reviews import PageReview

SOON = timedelta(days=30)


class ReviewedPageQuerySet(PageQuerySet):
    """Pages the public reads, in English: a translation has its source's dates."""

    def with_last_review(self) -> Self:
        """Add `reviewed_on`, `next_review_on` and `reviewer` of the last review."""
        last = PageReview.objects.last_of(models.OuterRef("pk"))
        annotated: Self = self.annotate(
            reviewed_on=models.Subquery(last.values("reviewed_on")[:1]),
            next_review_on=models.Subquery(last.values("next_review_on")[:1]),
            reviewer=models.Subquery(last.values("reviewed_by__name")[:1]),
        )
        return annotated

    def in_review_state(self, state: ReviewState, today: date) -> Self:
        conditions = {
            ReviewState.NEVER: models.Q(next_review_on__isnull=True),
            ReviewState.OVERDUE: models.Q(next_review_on__lt=today),
            ReviewState.SOON: models.Q(
                next_review_on__gte=today, next_review_on__lt=today + SOON
            ),
            ReviewState.CURRENT: models.Q(next_review_on__gte=today + SOON),
        }
        chosen: Self = self.filter(conditions[state])
        return chosen

    def overdue(self, today: date) -> Self:
        return self.in_review_state(ReviewState.OVERDUE, today)


def reviewed_pages() -> ReviewedPageQuerySet:
    """Return the public's English pages with their reviews, the longest due first.

    Without those of campaigns: a season has closed before a review of it is due.
    """
    pages: ReviewedPageQuerySet = (
        ReviewedPageQuerySet(Page)
        .type(PublicPage)
        .live()
        .filter(NO_CAMPAIGN, locale__language_code=settings.LANGUAGE_CODE)
        .with_last_review()
        .order_by(models.F("next_review_on").asc(nulls_first=True), "title", "pk")
    )
    return pages


def review_state(next_review_on: date | None, today: date) -> ReviewState:
    if next_review_on is None:
        return ReviewState.NEVER
    if next_review_on < today:
        return ReviewState.OVERDUE
    return ReviewState.SOON if next_review_on < today + SOON else ReviewState.CURRENT
