"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from accounts.scoping import is_officer
from campaigns.guidance.models import Campaign
from campaigns.guidance.panels import CAMPAIGN_DESK
from core import panels
from core.panels import Panel
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit


def register_panels() -> None:
    panels.register(PLACE, visits_to_release, order=20)
    panels.register(CAMPAIGN_DESK, visits_released, order=80)


def visits_to_release(request: HttpRequest, officer: User) -> Panel | None:
    """Count what waits for release, of the officer's own areas and for nobody else."""
    submitted = TestVisit.objects.visible_to(officer).filter(state=VisitState.SUBMITTED)
    return desk_line(
        title=_("Test visits"),
        state=str(VisitState.SUBMITTED.label),
        count=submitted.count(),
        url=reverse("visits_admin:list", query={"state": VisitState.SUBMITTED.value}),
    )


def visits_released(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Count what was visited in its time and has been told to the premises.

    A desk may be open on a screen that others see: a visit that is not released is in
    no number here, whoever looks.
    """
    if not is_officer(request.user):
        return None
    released = TestVisit.objects.released().filter(
        premises__area__in=campaign.areas_seen_by(request.user),
        visited_on__range=campaign.days(timezone.now()),
    )
    return Panel(
        title=_("Test visits released"),
        template="visits/admin/campaign_panel.html",
        context={"number": released.count()},
    )
