"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from core import panels
from core.panels import Panel
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit


def register_panels() -> None:
    panels.register(PLACE, visits_to_release, order=20)


def visits_to_release(request: HttpRequest, officer: User) -> Panel | None:
    """Count what waits for release, of the officer's own areas and for nobody else."""
    submitted = TestVisit.objects.visible_to(officer).filter(state=VisitState.SUBMITTED)
    return desk_line(
        title=_("Test visits"),
        state=str(VisitState.SUBMITTED.label),
        count=submitted.count(),
        url=reverse("visits_admin:list", query={"state": VisitState.SUBMITTED.value}),
    )
