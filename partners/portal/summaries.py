"""What a manager reads once a week: how each place stands, and what is to be done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.digest_lines import lines_for
from outbox.enums import UNDELIVERED_STATES
from outbox.models import Message
from partners.portal.week import (
    Due,
    Movements,
    due_of,
    moved_around,
    movements_of,
    pressing,
    questions_of,
)
from partners.register.models import Premises, StaffMember
from partners.training.coverage import (
    Coverage,
    coverage_by_premises,
    people_states,
)
from partners.training.nudges import BEFORE
from partners.training.services import ways_to

# Whoever looks after more places gets a line of each.
TOLD_IN_FULL = 5
NAMED_AT_MOST = 20
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class PlaceSummary:
    premises: Premises
    url: str
    coverage: Coverage
    due: list[Due]
    due_unnamed: int
    movements: Movements
    may_have_left: list[str]
    without_address: list[str]
    came_back: list[str]
    lines: list[str]


@dataclass(frozen=True)
class Summary:
    """Places told in full, or, of many, a line of each with its coverage."""

    today: date
    places: list[PlaceSummary]
    brief: list[tuple[Premises, Coverage, str]]


def summary_of(places: list[Premises], manager: User, *, today: date) -> Summary:
    """Gather what a manager should read of these places."""
    coverage = coverage_by_premises(day=today, premises=places)
    if len(places) > TOLD_IN_FULL:
        brief = [
            (place, coverage.get(place.pk, Coverage()), _url(place)) for place in places
        ]
        return Summary(today, [], brief)
    told = [
        _place(place, manager, coverage.get(place.pk, Coverage()), today)
        for place in places
    ]
    return Summary(today, told, [])


def _place(
    premises: Premises, manager: User, coverage: Coverage, today: date
) -> PlaceSummary:
    states = people_states(premises=premises, day=today)
    people = StaffMember.objects.in_bulk(list(states))
    missing = [people[pk] for pk, state in states.items() if state.missing]
    reached = ways_to(missing)
    due = sorted(
        (
            due_of(str(people[pk]), needs)
            for pk, state in states.items()
            if (needs := pressing(state.needs, until=today + BEFORE))
        ),
        key=lambda one: (one.day, one.name),
    )
    spells = premises.spells.of_controller(premises).standing()
    moving = spells.filter(moved_around(today)).select_related("staff_member")
    asked = questions_of(premises, today=today, states=states)
    return PlaceSummary(
        premises=premises,
        url=_url(premises),
        coverage=coverage,
        due=due[:NAMED_AT_MOST],
        due_unnamed=max(0, len(due) - NAMED_AT_MOST),
        movements=movements_of(
            moving.order_by("started_on", "pk"), states, today=today
        ),
        may_have_left=[str(one.spell.staff_member) for one in asked[:NAMED_AT_MOST]],
        without_address=sorted(str(one) for one in missing if one.pk not in reached)[
            :NAMED_AT_MOST
        ],
        came_back=_came_back(premises, people, today),
        lines=lines_for(premises, manager, today),
    )


def _came_back(
    premises: Premises, people: dict[int, StaffMember], today: date
) -> list[str]:
    """Name people in post whose message of the last week did not arrive."""
    lost = Message.objects.filter(
        about=premises.key,
        state__in=UNDELIVERED_STATES,
        queued_at__date__gt=today - LATELY,
    )
    readers = set(lost.values_list("reader", flat=True))
    return sorted(str(one) for one in people.values() if one.key in readers)


def _url(premises: Premises) -> str:
    path = reverse("portal:premises", args=[premises.key])
    return settings.WAGTAILADMIN_BASE_URL + path
