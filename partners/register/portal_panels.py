"""What this room shows on pages of other rooms."""

from django.db.models import Count, Window
from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from accounts.scoping import is_officer
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.models import Campaign
from campaigns.guidance.panels import CAME_OF_IT, CAMPAIGN_DESK
from campaigns.guidance.rendering import figure
from core import panels
from core.panels import Panel
from partners.register.enums import JoinState, ManagerState, PlaceState
from partners.register.models import (
    CONTACTS_ASKED_FOR,
    AreaPlace,
    JoinRequest,
    Mailing,
    ManagerAlarm,
    Premises,
)

FIRST_SHOWN = 10


def register_panels() -> None:
    panels.register("premises.home", contacts_to_give, order=60)
    panels.register(PLACE, requests_waiting, order=10)
    panels.register(PLACE, requests_to_ring, order=11)
    panels.register(PLACE, nobody_to_reach, order=15)
    panels.register(PLACE, businesses_unanswered, order=18)
    panels.register(CAMPAIGN_DESK, premises_joined, order=50)
    panels.register(CAMPAIGN_DESK, mailings, order=60)
    panels.register(CAME_OF_IT, places_joined, order=10)


def requests_waiting(request: HttpRequest, officer: User) -> Panel | None:
    waiting = JoinRequest.objects.visible_to(officer).filter(state=JoinState.WAITING)
    return desk_line(
        title=_("Requests to join"),
        state=str(JoinState.WAITING.label),
        count=waiting.count(),
        url=reverse("join-requests:list", query={"state": JoinState.WAITING.value}),
    )


def requests_to_ring(request: HttpRequest, officer: User) -> Panel | None:
    to_ring = JoinRequest.objects.visible_to(officer).filter(state=JoinState.CALL_BACK)
    return desk_line(
        title=_("Requests to join"),
        state=str(JoinState.CALL_BACK.label),
        count=to_ring.count(),
        url=reverse("join-requests:list", query={"state": JoinState.CALL_BACK.value}),
    )


def nobody_to_reach(request: HttpRequest, officer: User) -> Panel | None:
    alarms = ManagerAlarm.objects.visible_to(officer).open()
    return desk_line(
        title=_("Premises"),
        state=_("no manager can be reached"),
        count=alarms.values("premises").distinct().count(),
        url=reverse("officer-premises:list", query={"managers": ManagerState.ALARM}),
    )


def businesses_unanswered(request: HttpRequest, officer: User) -> Panel | None:
    unanswered = AreaPlace.objects.in_areas_of(officer).unanswered()
    return desk_line(
        title=_("Premises in the area"),
        state=str(PlaceState.INVITED.label),
        count=unanswered.count(),
        url=reverse("area-places:list", query={"state": PlaceState.INVITED.value}),
    )


def contacts_to_give(request: HttpRequest, premises: Premises) -> Panel | None:
    """Ask the manager for two contacts until we have them."""
    contacts = list(premises.contacts.order_by("pk")[:CONTACTS_ASKED_FOR])
    if len(contacts) == CONTACTS_ASKED_FOR:
        return None
    return Panel(
        title=_("Whom to ask"),
        template="register/contacts_panel.html",
        context={
            "premises": premises,
            "first": contacts[0] if contacts else None,
            "missing": CONTACTS_ASKED_FOR - len(contacts),
        },
    )


def premises_joined(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Count who joined since it opened, in the officer's own areas, and name some."""
    if not is_officer(request.user):
        return None
    joined = (
        Premises.objects.in_areas_of(request.user)
        .filter(area__in=campaign.reached_areas())
        .joined_between(*campaign.days(timezone.now()))
        .select_related("area")
        .order_by("-joined_on", "name", "pk")
    )
    # Counted beside the rows that are shown: a part of a desk has two queries.
    counted = joined.annotate(total=Window(Count("pk")))
    premises = list(counted[:FIRST_SHOWN])
    return Panel(
        title=_("Premises that joined"),
        template="register/campaign_premises.html",
        context={
            "number": premises[0].total if premises else 0,  # type: ignore[attr-defined] # counted above
            "premises": premises,
        },
    )


def mailings(request: HttpRequest, campaign: Campaign) -> Panel | None:
    if not is_officer(request.user):
        return None
    sent = Mailing.objects.visible_to(request.user).filter(campaign=campaign)
    return Panel(
        title=_("Mailings to partners"),
        template="register/campaign_mailings.html",
        context={
            "campaign": campaign,
            "mailings": list(sent.order_by("-confirmed_at", "-pk")[:FIRST_SHOWN]),
            "may_write": campaign.state_at(timezone.now()) != CampaignState.OVER,
        },
    )


def places_joined(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Tell everybody how many places joined while it ran."""
    joined = Premises.objects.filter(area__in=campaign.reached_areas())
    days = campaign.days(campaign.closes_at)
    return figure(number=joined.joined_between(*days).count(), words=_("places joined"))
