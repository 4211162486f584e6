"""What this room shows on pages of other rooms."""

from django.db.models import Count
from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from accounts.scoping import is_officer
from campaigns.guidance.models import Campaign
from campaigns.guidance.panels import CAME_OF_IT, CAMPAIGN_DESK
from campaigns.guidance.rendering import figure
from core import panels
from core.panels import Panel
from partners.register.enums import Shift, StaffRole
from partners.register.models import Premises
from partners.training.coverage import Part, lines_of_parts
from partners.training.models import Completion, TrainingSession

# On the home of a premises; the list has all of them.
SESSIONS_SHOWN = 3


def register_panels() -> None:
    panels.register(CAMPAIGN_DESK, completions, order=70)
    panels.register(CAME_OF_IT, lessons_finished, order=20)
    panels.register("premises.officer", coverage_in_parts, order=10)
    panels.register("premises.home", sessions_ahead, order=36)
    panels.register(PLACE, sessions_to_close, order=25)


def sessions_to_close(request: HttpRequest, officer: User) -> Panel | None:
    """Remind of sessions that are over: until one is closed, nobody has done it."""
    seen = TrainingSession.objects.visible_to(officer)
    return desk_line(
        title=_("Sessions"),
        state=_("Over, not closed"),
        count=seen.to_close(timezone.now()).count(),
        url=reverse("officer-sessions:list", query={"to_close": "on"}),
    )


def sessions_ahead(request: HttpRequest, premises: Premises) -> Panel:
    """Show a manager the next sessions that people from here may come to."""
    ahead = TrainingSession.objects.for_premises(premises).ahead(timezone.now())
    nearest = ahead.with_place().order_by("starts_at", "pk")[:SESSIONS_SHOWN]
    return Panel(
        title=_("Sessions face to face"),
        template="training/panels/sessions.html",
        context={"premises": premises, "sessions": list(nearest)},
    )


def coverage_in_parts(request: HttpRequest, premises: Premises) -> Panel:
    """Show how the people of each role and of each shift stand today."""
    today = timezone.localdate()
    return Panel(
        title=_("Coverage today"),
        template="training/admin/coverage_panel.html",
        context={
            "parts": [
                (
                    heading,
                    lines_of_parts(day=today, premises=premises, by=by, labels=labels),
                )
                for heading, by, labels in (
                    (_("Role"), Part.ROLE, StaffRole),
                    (_("Shift"), Part.SHIFT, Shift),
                )
            ]
        },
    )


def completions(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Count, by module, what people of the officer's own areas finished in its time."""
    if not is_officer(request.user):
        return None
    counted = (
        Completion.objects.standing()
        .for_campaign(campaign)
        .made_between(*campaign.days(timezone.now()))
        .by_people_of(campaign.areas_seen_by(request.user))
        .values("module__title")
        .annotate(number=Count("pk"))
    )
    rows = list(counted.order_by("module__title"))
    return Panel(
        title=_("Training finished"),
        template="training/campaign_completions.html",
        context={"rows": rows, "number": sum(row["number"] for row in rows)},
    )


def lessons_finished(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Tell everybody how many lessons people finished while it ran."""
    finished = (
        Completion.objects.standing()
        .for_campaign(campaign)
        .made_between(*campaign.days(campaign.closes_at))
        .by_people_of(campaign.reached_areas())
    )
    return figure(number=finished.count(), words=_("lessons finished by staff"))
