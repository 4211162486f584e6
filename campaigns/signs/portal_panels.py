"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from campaigns.signs.models import UseFlag
from core import panels
from core.panels import Panel


def register_panels() -> None:
    panels.register(PLACE, to_look_at_again, order=50)


def to_look_at_again(request: HttpRequest, officer: User) -> Panel | None:
    """Count the places whose sign has changed. Signs are national: no area asks."""
    return desk_line(
        title=_("Signs"),
        state=_("To look at again"),
        count=UseFlag.objects.open().count(),
        url=reverse("look-again:index", query={"state": "open"}),
    )
