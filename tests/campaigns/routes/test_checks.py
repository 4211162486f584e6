from contextlib import suppress
from datetime import date, timedelta

import pytest

from accounts.enums import Role
from campaigns.routes.enums import CheckOutcome, FactKind, FactStatus
from campaigns.routes.models import RouteCheck
from campaigns.routes.services import RouteError, record_check
from core.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactFactory, RouteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def route(area):
    return RouteFactory.create(area=area, number="01632 960001", check_every_days=10)


def test_record_check_confirms_facts_until_the_next_check(route, officer):
    number = route.facts.get()
    cost = RouteFactFactory.create(
        route=route, kind=FactKind.COST, value="Free", status=FactStatus.TO_CHECK
    )

    check = record_check(
        route=route,
        by=officer,
        outcome=CheckOutcome.RIGHT,
        confirmed=[number.pk, cost.pk],
        note=" Quick answer ",
        today=TODAY,
    )

    assert (
        list(
            route.facts.order_by("pk").values_list(
                "status", "checked_on", "check_by", "checked_by", "checked_role"
            )
        )
        == [("verified", TODAY, date(2026, 11, 28), officer.pk, "officer")] * 2
    )
    assert (check.made_by, check.made_on, check.note) == (
        officer,
        TODAY,
        "Quick answer",
    )


def test_record_check_is_audited(route, officer):
    number = route.facts.get()

    check = record_check(
        route=route,
        by=officer,
        outcome=CheckOutcome.RIGHT,
        confirmed=[number.pk],
        today=TODAY,
    )

    event = AuditEvent.objects.about(route).get()
    assert (event.verb, event.actor, event.facts) == (
        "route.checked",
        officer,
        {
            "check": check.pk,
            "outcome": "right",
            "confirmed": [number.pk],
            "changed": [],
        },
    )


@pytest.mark.parametrize(
    ("confirms", "status", "checked_on"),
    ((True, "verified", TODAY), (False, "to_check", None)),
)
def test_changed_fact_is_verified_only_when_confirmed_with_it(
    route, officer, confirms, status, checked_on
):
    number = route.facts.get()

    record_check(
        route=route,
        by=officer,
        outcome=CheckOutcome.CHANGED,
        confirmed=[number.pk] if confirms else [],
        new_values={number.pk: "01632 960002"},
        today=TODAY,
    )

    number.refresh_from_db()
    assert (number.value, number.status, number.checked_on) == (
        "01632 960002",
        status,
        checked_on,
    )


def test_dead_number_leaves_the_public_pages(route, officer):
    web = RouteFactFactory.create(
        route=route, kind=FactKind.WEB, value="https://a.example"
    )

    record_check(route=route, by=officer, outcome=CheckOutcome.DEAD, today=TODAY)

    assert dict(route.facts.values_list("kind", "status")) == {
        "number": "to_check",
        "web": "verified",
    }
    web.refresh_from_db()
    assert web.status == FactStatus.VERIFIED


def test_dead_number_of_a_protected_route_stays_and_is_due_at_once(officer):
    route = RouteFactory.create(number="101", is_protected=True)

    record_check(route=route, by=officer, outcome=CheckOutcome.DEAD, today=TODAY)

    number = route.facts.get()
    assert (number.status, number.check_by) == ("verified", YESTERDAY)


def test_nobody_answered_leaves_everything_as_it_was(route, officer):
    record_check(route=route, by=officer, outcome=CheckOutcome.UNANSWERED, today=TODAY)

    number = route.facts.get()
    assert (number.status, number.checked_on) == ("verified", None)
    assert RouteCheck.objects.get().outcome == CheckOutcome.UNANSWERED


@pytest.mark.parametrize(
    ("outcome", "ticks", "value", "sentence"),
    (
        (CheckOutcome.RIGHT, False, "", "Tick what is still right."),
        (
            CheckOutcome.RIGHT,
            True,
            "0199",
            "You wrote a new value: choose “Something has changed” then.",
        ),
        (
            CheckOutcome.CHANGED,
            False,
            "",
            "Write the new value, or say in the note what changed.",
        ),
        (CheckOutcome.CHANGED, True, "none", "A number needs digits."),
        (CheckOutcome.CHANGED, True, "1" * 201, "A value has room for 200 characters."),
        (
            CheckOutcome.CHANGED,
            True,
            "01632 960009",
            "“01632 960009” is there already.",
        ),
        (
            CheckOutcome.UNANSWERED,
            True,
            "",
            "When nobody answered, leave the ticks and new values empty.",
        ),
    ),
)
def test_record_check_refuses_answers_that_make_no_sense(
    route, officer, outcome, ticks, value, sentence
):
    number = route.facts.get()
    RouteFactFactory.create(route=route, value="01632 960009")

    with pytest.raises(RouteError) as refusal:
        record_check(
            route=route,
            by=officer,
            outcome=outcome,
            confirmed=[number.pk] if ticks else [],
            new_values={number.pk: value} if value else {},
            today=TODAY,
        )

    assert str(refusal.value) == sentence
    assert not RouteCheck.objects.exists()
    number.refresh_from_db()
    assert number.value == "01632 960001"


def test_protected_number_is_not_changed_unconfirmed(officer):
    route = RouteFactory.create(number="101", is_protected=True)

    with pytest.raises(RouteError, match=r"^This route is never hidden\."):
        record_check(
            route=route,
            by=officer,
            outcome=CheckOutcome.CHANGED,
            new_values={route.facts.get().pk: "102"},
            today=TODAY,
        )


def test_officer_does_not_check_a_route_of_another_area(officer):
    route = RouteFactory.create(number="1", area=AreaFactory.create())

    with pytest.raises(RouteError, match=r"^This route belongs to another area\.$"):
        record_check(
            route=route, by=officer, outcome=CheckOutcome.UNANSWERED, today=TODAY
        )


@pytest.mark.parametrize(
    ("role", "may"), ((Role.EDITOR, True), (Role.OFFICER, True), (Role.MANAGER, False))
)
def test_national_route_is_checked_by_officers_and_editors(role, may):
    route = RouteFactory.create(number="1")
    person = UserFactory.create(roles=[role])

    with suppress(RouteError):
        record_check(
            route=route, by=person, outcome=CheckOutcome.UNANSWERED, today=TODAY
        )

    assert RouteCheck.objects.exists() is may
