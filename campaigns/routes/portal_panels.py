"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from campaigns.routes.enums import DueState
from campaigns.routes.models import Route
from core import panels
from core.panels import Panel


def register_panels() -> None:
    panels.register(PLACE, routes_to_ring, order=15)


def routes_to_ring(request: HttpRequest, officer: User) -> Panel | None:
    to_ring = Route.objects.visible_to(officer).to_ring(timezone.localdate())
    return desk_line(
        title=_("Route checks"),
        state=str(DueState.TO_RING.label),
        count=to_ring.count(),
        url=reverse("route_checks:list", query={"state": DueState.TO_RING.value}),
    )
