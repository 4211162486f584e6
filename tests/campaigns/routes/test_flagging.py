from datetime import timedelta

import pytest
from pytest_django import Settings

from accounts.enums import Role
from campaigns.routes.models import RouteFlag
from campaigns.routes.services import flag_overdue_routes
from core.models import AuditEvent
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactFactory, RouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_overdue(now):
    def make(days=1, **given):
        route = RouteFactory.create(**given)
        due = now.date() - timedelta(days=days)
        RouteFactFactory.create(route=route, check_by=due)
        return route

    return make


def flags():
    return list(RouteFlag.objects.order_by("pk").values_list("route__key", "kind"))


def test_overdue_routes_are_flagged_protected_ones_too(make_overdue, now):
    make_overdue(key="late")
    make_overdue(key="999", is_protected=True)
    make_overdue(key="in-time", days=0)

    flag_overdue_routes(now=now)

    assert flags() == [("late", "overdue"), ("999", "overdue")]


def test_route_the_public_no_longer_sees_is_flagged_as_such(make_overdue, now):
    make_overdue(key="gone", days=15)
    make_overdue(key="999", days=15, is_protected=True)

    flag_overdue_routes(now=now)

    assert flags() == [("gone", "overdue"), ("gone", "replaced"), ("999", "overdue")]
    assert RouteFlag.objects.get(kind="replaced").since == now.date()


def test_second_run_flags_and_tells_nothing(make_overdue, now, area, officer):
    make_overdue(area=area)

    first = flag_overdue_routes(now=now)
    second = flag_overdue_routes(now=now + timedelta(days=1))

    assert (len(first), second) == (1, [])
    assert Message.objects.count() == 1
    assert AuditEvent.objects.filter(verb="route.flagged").count() == 1


def test_run_cut_short_leaves_no_flag_of_which_nobody_was_told(
    make_overdue, now, area, officer, settings: Settings
):
    make_overdue(area=area)
    admin = settings.WAGTAILADMIN_BASE_URL
    # No link can be written: the run ends after the flag and before the message.
    settings.WAGTAILADMIN_BASE_URL = None

    with pytest.raises(TypeError):
        flag_overdue_routes(now=now)
    flagged = RouteFlag.objects.count()
    settings.WAGTAILADMIN_BASE_URL = admin
    flag_overdue_routes(now=now)

    assert flagged == 0
    assert (RouteFlag.objects.count(), Message.objects.count()) == (1, 1)


def test_next_due_date_is_flagged_again(make_overdue, now):
    route = make_overdue(days=20, is_protected=True)
    flag_overdue_routes(now=now)

    route.facts.update(check_by=now.date() - timedelta(days=1))
    flag_overdue_routes(now=now)

    assert RouteFlag.objects.count() == 2


def test_officers_hear_of_their_own_area_in_one_message(
    make_overdue, now, area, officer
):
    UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    UserFactory.create(roles=[Role.EDITOR], areas=[area])
    make_overdue(area=area, words__name="Night line")
    make_overdue(area=area, words__name="Day line")

    flag_overdue_routes(now=now)

    message = Message.objects.get()
    assert (message.recipient, message.area) == (officer, area)
    assert message.subject == "2 things about the public's numbers need you"
    assert "- Night line: Past the day to check it by (17 November 2026)" in (
        message.body
    )
    assert "- Day line" in message.body
    assert "/cms/route-checks/" in message.body


def test_national_routes_are_told_to_those_of_a_whole_force(make_overdue, now, officer):
    force = AreaFactory.create(kind="force")
    lead = UserFactory.create(roles=[Role.AREA_LEAD], areas=[force])
    make_overdue()

    flag_overdue_routes(now=now)

    assert [message.recipient for message in Message.objects.all()] == [lead]


def test_national_routes_are_told_to_all_when_nobody_has_a_force(
    make_overdue, now, officer
):
    make_overdue()

    flag_overdue_routes(now=now)

    assert [message.recipient for message in Message.objects.all()] == [officer]
