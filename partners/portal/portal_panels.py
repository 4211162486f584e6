"""What this room shows on the manager's home beside its own."""

from datetime import timedelta

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.utils import timezone
from django.utils.translation import gettext as _

from core import panels
from core.panels import Panel
from partners.portal.ledger import undelivered_of
from partners.register.models import Premises

LATELY = timedelta(days=30)


def register_panels() -> None:
    panels.register("premises.home", came_back, order=5)


def came_back(request: HttpRequest, premises: Premises) -> Panel | None:
    """Say that people were not reached; nothing when everything arrived."""
    lost = undelivered_of(premises, since=timezone.now() - LATELY).count()
    if not lost:
        return None
    return Panel(
        title=_("Messages that did not arrive"),
        template="portal/undelivered_panel.html",
        context={"premises": premises, "number": lost},
    )
