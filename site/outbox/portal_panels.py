"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from core import panels
from core.panels import Panel
from outbox.enums import MessageState
from outbox.models import Message


def register_panels() -> None:
    panels.register(PLACE, not_delivered, order=60)


def not_delivered(request: HttpRequest, officer: User) -> Panel | None:
    failed = Message.objects.visible_to(officer).filter(state=MessageState.FAILED)
    return desk_line(
        title=_("Outbox"),
        state=str(MessageState.FAILED.label),
        count=failed.count(),
        url=reverse("outbox:message-list", query={"state": MessageState.FAILED.value}),
    )
