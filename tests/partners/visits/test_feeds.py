import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.enums import Role
from core.models import AuditEvent
from partners.register.enums import Shift
from partners.visits.models import CalendarFeed
from partners.visits.services import (
    VisitError,
    cancel_visit,
    make_feed,
    reassign_visit,
    reschedule_visit,
    revoke_feed,
)
from tests.factories.accounts import UserFactory
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(tester, now):
    return make_feed(tester=tester, now=now)


def address(token: str) -> str:
    return reverse("visits:feed", args=[token])


def events(client, token):
    answer = client.get(address(token))
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_feed_says_appointment_and_the_time_long_before(client, token, visit):
    [event] = events(client, token)

    assert str(event["summary"]) == "Appointment"
    start = datetime.datetime(2026, 11, 17, 20, tzinfo=datetime.UTC)
    assert event.decoded("dtstart") == start
    assert event.decoded("dtend") == start + datetime.timedelta(hours=1)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}


def test_feed_tells_the_hour_as_it_is_in_summer(client, token, visit):
    visit.planned_on = datetime.date(2026, 7, 1)
    visit.save(update_fields=["planned_on"])

    [event] = events(client, token)

    assert event.decoded("dtstart").hour == 19


def test_feed_tells_nothing_of_the_place(client, token, visit):
    text = client.get(address(token)).text

    for covert in (
        visit.key,
        visit.premises.key,
        visit.premises.name,
        visit.premises.postcode,
        visit.scenario.title,
        visit.tester.name,
        visit.tester.email,
        visit.authorisation.reference,
    ):
        assert covert not in text


def test_feed_is_kept_by_nobody_on_the_way(client, token, visit):
    answer = client.get(address(token))

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert token not in str(list(CalendarFeed.objects.values()))


def test_an_appointment_moves_and_keeps_its_name(client, token, visit, officer, now):
    [before] = events(client, token)
    reschedule_visit(
        visit=visit,
        planned_on=datetime.date(2026, 11, 25),
        planned_time=datetime.time(21, 30),
        shift=Shift.NIGHT,
        reason="The tester asked",
        actor=officer,
        today=now.date(),
    )

    [after] = events(client, token)

    assert after["uid"] == before["uid"]
    moved_to = datetime.datetime(2026, 11, 25, 21, 30, tzinfo=datetime.UTC)
    assert after.decoded("dtstart") == moved_to


@pytest.mark.parametrize("change", ("cancelled", "given to another"))
def test_what_is_off_disappears(client, token, visit, officer, area, change):
    if change == "cancelled":
        cancel_visit(visit=visit, reason="Closed", actor=officer)
    else:
        other = UserFactory.create(roles=[Role.TESTER], areas=[area])
        reassign_visit(visit=visit, tester=other, reason="Ill", actor=officer)

    assert events(client, token) == []


def test_a_new_address_closes_the_old_one(client, token, tester, visit, now):
    newer = make_feed(tester=tester, now=now)

    assert client.get(address(token)).status_code == 404
    assert len(events(client, newer)) == 1
    assert AuditEvent.objects.filter(verb="calendar_feed.made").count() == 2


def test_a_closed_address_opens_nothing(client, token, tester, officer, visit, now):
    revoke_feed(tester=tester, actor=officer, now=now)
    revoke_feed(tester=tester, actor=officer, now=now)

    assert client.get(address(token)).status_code == 404
    assert client.get(address("nonsuch")).status_code == 404
    assert AuditEvent.objects.filter(verb="calendar_feed.revoked").count() == 1


def test_a_closed_account_has_no_feed(client, token, tester, visit):
    tester.is_active = False
    tester.save(update_fields=["is_active"])

    assert client.get(address(token)).status_code == 404


def test_who_was_a_tester_reads_no_times_any_more(client, token, tester, visit):
    tester.groups.clear()

    assert events(client, token) == []


def test_only_testers_have_feeds_and_only_their_officers_close_them(
    tester, token, officer, now
):
    elsewhere = UserFactory.create(roles=[Role.OFFICER])

    with pytest.raises(VisitError, match="not a tester"):
        make_feed(tester=officer, now=now)
    with pytest.raises(VisitError, match="another area"):
        revoke_feed(tester=tester, actor=elsewhere, now=now)
    assert CalendarFeed.objects.current().count() == 1


def test_a_tester_has_one_feed(tester, token, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(tester=tester, token_hmac="x", made_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.update(revoked_at=now)


@pytest.mark.parametrize("item_count", (1, 3))
def test_feed_asks_a_fixed_number_of_queries(
    client, token, tester, premises, officer, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        make_visit(premises=premises, tester=tester, planned_by=officer)
    client.get(address(token))

    with django_assert_num_queries(3):
        assert len(events(client, token)) == item_count


def test_a_tester_is_shown_the_address_once(client_of, tester, visit):
    client = client_of(tester)
    page = reverse("visits:calendar")

    made = client.post(page, {"wish": "make"}).context["address"]
    assert len(events(client, made.rsplit("/", 1)[1].removesuffix(".ics"))) == 1
    assert made not in client.get(page).text
    assert client.post(page, {"wish": "revoke"}).status_code == 302
    assert client.get(made).status_code == 404
    assert not CalendarFeed.objects.current().exists()


def test_officers_close_the_feeds_of_their_own_testers(
    client_of, officer, tester, token
):
    address_of_one = reverse("visits_admin:revoke-feed", args=[tester.pk])
    elsewhere = client_of(UserFactory.create(roles=[Role.OFFICER]))

    assert tester.name not in elsewhere.get(reverse("visits_admin:testers")).text
    assert elsewhere.post(address_of_one).status_code == 404
    assert CalendarFeed.objects.current().exists()
    client = client_of(officer)
    assert tester.name in client.get(reverse("visits_admin:testers")).text
    client.post(address_of_one)
    assert not CalendarFeed.objects.current().exists()


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_testers_asks_a_fixed_number_of_queries(
    client_of, officer, area, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        tester = UserFactory.create(roles=[Role.TESTER], areas=[area])
        make_feed(tester=tester, now=timezone.now())
    client = client_of(officer)
    page = reverse("visits_admin:testers")
    client.get(page)

    with django_assert_num_queries(14):
        response = client.get(page)

    assert len(response.context["page"].object_list) == item_count
