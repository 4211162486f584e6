from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.models import PublicPage
from campaigns.guidance.rules.permitted import media_faults
from campaigns.guidance.services.addresses import admin_address
from core.audit import record
from outbox.services import queue_message


def publish_due_pages(*, now: datetime) -> None:
    """Publish the pages whose time has come, but those that may no longer be read.

    What was in order when it was scheduled may not be now: consent to a picture ends.
    Such a page is taken off the schedule and its leads are told. Wagtail then publishes
    the rest and takes back what has expired; a second run finds nothing.
    """
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now):
        page = revision.as_object()
        if isinstance(page, PublicPage):
            faults = media_faults(page.body, timezone.localdate(now))
            if faults:
                _hold_back(revision, page, faults, now)
    call_command("publish_scheduled")


@transaction.atomic
def _hold_back(
    revision: Revision, page: PublicPage, faults: list[str], now: datetime
) -> None:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    record("page.held_back", page, job=__name__, revision=revision.pk)
    for lead in User.objects.with_role(Role.SAFEGUARDING_LEAD).filter(is_active=True):
        queue_message(
            dedupe_key=f"page-held-back:{revision.pk}:user:{lead.pk}",
            template="page_held_back",
            context={
                "person": lead,
                "page": page,
                "faults": faults,
                "link": admin_address("wagtailadmin_pages:edit", page.pk),
            },
            recipient=lead,
            area=lead.areas.order_by("pk").first(),
            now=now,
        )
