"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from core import panels
from core.panels import Panel
from partners.register.enums import JoinState
from partners.register.models import JoinRequest


def register_panels() -> None:
    panels.register(PLACE, requests_waiting, order=10)


def requests_waiting(request: HttpRequest, officer: User) -> Panel | None:
    waiting = JoinRequest.objects.visible_to(officer).filter(state=JoinState.WAITING)
    return desk_line(
        title=_("Requests to join"),
        state=str(JoinState.WAITING.label),
        count=waiting.count(),
        url=reverse("join-requests:list", query={"state": JoinState.WAITING.value}),
    )
