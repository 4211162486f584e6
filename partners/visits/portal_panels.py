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
from partners.visits.enums import ChallengeState, VisitState
from partners.visits.models import Challenge, TestVisit


def register_panels() -> None:
    panels.register(PLACE, visits_to_check, order=20)
    panels.register(PLACE, visits_to_release, order=21)
    panels.register(PLACE, challenges_to_decide, order=22)
    panels.register(CAMPAIGN_DESK, visits_released, order=80)


def visits_to_check(request: HttpRequest, officer: User) -> Panel | None:
    """Count what this officer may check: not what they planned or made themselves."""
    to_check = TestVisit.objects.to_check_by(officer)
    return _visits_line(VisitState.SUBMITTED, to_check.count())


def visits_to_release(request: HttpRequest, officer: User) -> Panel | None:
    """Count what waits for release, of the officer's own areas and for nobody else."""
    checked = TestVisit.objects.visible_to(officer).filter(state=VisitState.CHECKED)
    return _visits_line(VisitState.CHECKED, checked.count())


def challenges_to_decide(request: HttpRequest, officer: User) -> Panel | None:
    """Count what this officer may decide: nothing they had a part in."""
    return desk_line(
        title=_("Challenged results"),
        state=str(ChallengeState.OPEN.label),
        count=Challenge.objects.to_decide_by(officer).count(),
        url=reverse("visits_admin:challenges"),
    )


def _visits_line(state: VisitState, count: int) -> Panel | None:
    return desk_line(
        title=_("Test visits"),
        state=str(state.label),
        count=count,
        url=reverse("visits_admin:list", query={"state": state.value}),
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
