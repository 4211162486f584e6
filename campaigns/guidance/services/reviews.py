from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.enums import Role
from accounts.models import User
from accounts.scoping import is_safeguarding_lead
from campaigns.guidance.models import PageReview, PublicPage, reviewed_pages
from campaigns.guidance.rules.reviews import months_later
from campaigns.guidance.services.addresses import admin_address
from core.audit import record
from outbox.services import queue_message


class ReviewError(Exception):
    """Refuse a review, in words for the person who asked."""


@transaction.atomic
def confirm_page(*, page: Page, by: User, note: str, now: datetime) -> PageReview:
    """Note that a page was read again and nothing has to change. Audited.

    :raises ReviewError: for anybody but a safeguarding lead, for a page the public
        does not read, for one whose change waits, and for a second time on one day.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live:
        raise ReviewError(_("The public does not read this page now."))
    if page.has_unpublished_changes:
        raise ReviewError(_("A change of this page waits. Approve or undo it first."))
    today = timezone.localdate(now)
    if PageReview.objects.filter(page=page, reviewed_on=today).exists():
        raise ReviewError(_("This page was reviewed today already."))
    return _write(page=page, by=by, note=note, now=now)


def note_approval(*, page: Page, by: User, note: str, now: datetime) -> PageReview:
    """Note that a page was read and approved before it was published. Audited."""
    return _write(page=page, by=by, note=note, now=now)


def _write(*, page: Page, by: User, note: str, now: datetime) -> PageReview:
    if not is_safeguarding_lead(by):
        raise ReviewError(_("Only a safeguarding lead reviews pages."))
    if not isinstance(page, PublicPage):
        raise ReviewError(_("This page holds no words to review."))
    today = timezone.localdate(now)
    review = PageReview.objects.create(
        page_id=page.pk,
        reviewed_by=by,
        reviewed_on=today,
        next_review_on=months_later(today, page.months_between_reviews),
        note=note,
    )
    record("page.reviewed", page, actor=by, next=review.next_review_on.isoformat())
    return review


def tell_of_overdue_pages(*, now: datetime) -> int:
    """Tell each safeguarding lead once a day which pages are overdue, in one message.

    Returns how many messages are new.
    """
    today = timezone.localdate(now)
    pages = list(reviewed_pages().overdue(today))
    if not pages:
        return 0
    lines = [
        (
            page.title,
            page.next_review_on,
            admin_address("guidance_admin:page-confirm", page.pk),
        )
        for page in pages
    ]
    told = 0
    for lead in User.objects.with_role(Role.SAFEGUARDING_LEAD).filter(is_active=True):
        message = queue_message(
            dedupe_key=f"pages-overdue:{today}:user:{lead.pk}",
            template="pages_overdue",
            context={"person": lead, "lines": lines},
            recipient=lead,
            area=lead.areas.order_by("pk").first(),
            now=now,
        )
        told += message is not None
    return told
