"""The safeguarding lead of the invented county has read its pages."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.guidance.models import reviewed_pages
from campaigns.guidance.services import confirm_page

# Days since the review of one page after another: one is overdue, one soon due, and
# the last was never reviewed, so that each list has something to show.
DAYS_AGO = (190, 170, 90, 60, 45, 30, 21, 14, 7, 3)


def review_pages(*, lead: User, today: date) -> None:
    """Have the lead review each page, some longer ago than others; all but the last."""
    # Pages of advice come first: they are due sooner, so that some are due by now.
    pages = sorted(
        reviewed_pages().order_by("path"),
        key=lambda page: page.specific_class.months_between_reviews,
    )
    for number, page in enumerate(pages[:-1]):
        day = today - timedelta(days=DAYS_AGO[number % len(DAYS_AGO)])
        at = timezone.make_aware(datetime.combine(day, time(10)))
        confirm_page(page=page, by=lead, note="", now=at)
