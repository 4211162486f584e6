"""What this room shows on the desk of a campaign, and on that of a lead."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import PLACE, desk_line
from accounts.models import User
from accounts.scoping import is_safeguarding_lead
from campaigns.guidance.enums import ReviewState
from campaigns.guidance.models import (
    Campaign,
    CampaignPage,
    SafeguardingTaskState,
    reviewed_pages,
)
from campaigns.guidance.panels import CAMPAIGN_DESK
from campaigns.learning.models import Module
from campaigns.routes.models import Route
from core import panels
from core.panels import Panel


def register_panels() -> None:
    panels.register(CAMPAIGN_DESK, page_panel, order=10)
    panels.register(CAMPAIGN_DESK, routes_panel, order=20)
    panels.register(CAMPAIGN_DESK, modules_panel, order=30)
    panels.register(CAMPAIGN_DESK, materials_panel, order=40)
    panels.register(PLACE, pages_waiting, order=5)
    panels.register(PLACE, pages_overdue, order=6)


def page_panel(request: HttpRequest, campaign: Campaign) -> Panel:
    page = campaign.page
    return Panel(
        title=_("Page"),
        template="guidance/desk/page.html",
        context={
            "campaign": campaign,
            "page": page,
            "page_state": _page_state(page) if page else "",
            "public_url": _public_url(campaign),
        },
    )


def _public_url(campaign: Campaign) -> str:
    """Return where the public reads the page; nowhere before it opens."""
    page = campaign.page
    if page is None or not page.live or campaign.opens_at > timezone.now():
        return ""
    return page.url or ""


def _page_state(page: CampaignPage) -> str:
    review = page.current_workflow_state
    if review is not None:
        return _("In review: %(state)s") % {"state": review.get_status_display()}
    if not page.live:
        return _("Draft: the public sees nothing of it, even when the campaign opens.")
    if page.has_unpublished_changes:
        return _("Published, with changes that are not published yet.")
    return _("Published.")


def routes_panel(request: HttpRequest, campaign: Campaign) -> Panel:
    """List what to do, and whether somebody has to check a number first."""
    routes = Route.objects.filter(campaigns=campaign).with_overview()
    return Panel(
        title=_("What to do: routes"),
        template="guidance/desk/routes.html",
        context={
            "routes": [
                {
                    "name": route.english_name or route.key,
                    "state": _check_state(route),
                    "url": reverse("reporting-routes:edit", args=[route.pk]),
                }
                for route in routes.order_by("position", "pk")
            ]
        },
    )


def _check_state(route: Route) -> str:
    to_check: int = route.to_check
    check_by = route.check_by
    if to_check:
        words = ngettext(
            "%(n)s fact to be checked", "%(n)s facts to be checked", to_check
        )
        return words % {"n": to_check}
    if check_by and check_by < timezone.localdate():
        return _("Overdue for a check")
    return _("Checked")


def modules_panel(request: HttpRequest, campaign: Campaign) -> Panel:
    modules = Module.objects.filter(campaigns=campaign).with_newest_version()
    return Panel(
        title=_("Modules for staff"),
        template="guidance/desk/modules.html",
        context={"modules": list(modules.order_by("title", "pk"))},
    )


def materials_panel(request: HttpRequest, campaign: Campaign) -> Panel:
    materials = campaign.materials.select_related("document")
    return Panel(
        title=_("Materials"),
        template="guidance/desk/materials.html",
        context={"materials": list(materials.order_by("position", "pk"))},
    )


def pages_waiting(request: HttpRequest, lead: User) -> Panel | None:
    """Count the pages that wait for a safeguarding lead, for leads only."""
    if not is_safeguarding_lead(lead):
        return None
    return desk_line(
        title=_("Pages"),
        state=_("Waiting for approval"),
        count=SafeguardingTaskState.objects.waiting().visible_to(lead).count(),
        url=reverse("guidance_admin:approvals"),
    )


def pages_overdue(request: HttpRequest, lead: User) -> Panel | None:
    """Count the pages to be read again, for safeguarding leads only."""
    if not is_safeguarding_lead(lead):
        return None
    return desk_line(
        title=_("Pages"),
        state=_("Due for review"),
        count=reviewed_pages().overdue(timezone.localdate()).count(),
        url=reverse(
            "guidance_admin:reviews", query={"state": ReviewState.OVERDUE.value}
        ),
    )
