import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from outbox.models import Message
from partners.visits import services
from partners.visits.enums import VisitState
from partners.visits.models import Observation, TestVisit
from partners.visits.services import VisitError
from tests.factories.accounts import UserFactory
from tests.factories.visits import make_visit, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread(premises, tester, officer):
    return make_visit(
        premises=premises,
        tester=tester,
        planned_by=officer,
        planned_on=timezone.localdate(),
        brief_read_at=None,
    )


def address(name, visit):
    return reverse(f"visits:visit-{name}", args=[visit.key])


def test_brief_is_signed_once(unread, tester, now):
    services.sign_brief(visit=unread, tester=tester, now=now)
    later = now + datetime.timedelta(hours=1)
    services.sign_brief(visit=unread, tester=tester, now=later)

    unread.refresh_from_db()
    assert unread.brief_read_at == now
    event = AuditEvent.objects.get(verb="visit.brief_read")
    assert (event.actor, event.facts) == (
        tester,
        {"checklist": unread.checklist_version_id},
    )


def test_nothing_is_sent_before_the_brief_was_read(unread, tester, now):
    later = timezone.now()
    with pytest.raises(VisitError, match="Read the brief first"):
        submitted(unread, now=later)
    assert not Observation.objects.exists()

    services.sign_brief(visit=unread, tester=tester, now=now)

    assert submitted(unread, now=later).state == VisitState.SUBMITTED


def test_next_tester_reads_the_brief_too(unread, tester, officer, area, now):
    services.sign_brief(visit=unread, tester=tester, now=now)
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])

    services.reassign_visit(visit=unread, tester=other, reason="Ill", actor=officer)

    unread.refresh_from_db()
    assert unread.brief_read_at is None
    with pytest.raises(VisitError, match="given to someone else"):
        services.sign_brief(visit=unread, tester=tester, now=now)


def test_brief_of_a_visit_that_is_over_is_not_signed(unread, tester, officer, now):
    services.cancel_visit(visit=unread, reason="Snow", actor=officer)

    with pytest.raises(VisitError, match="The visit is: Cancelled"):
        services.sign_brief(visit=unread, tester=tester, now=now)


def test_form_opens_when_the_brief_was_read(client_of, unread, tester):
    client = client_of(tester)

    before = client.get(address("record", unread))
    brief = client.get(address("detail", unread)).text
    signed = client.post(address("brief", unread))

    assert before.url == signed.url == address("detail", unread)
    assert "I have read the brief" in brief
    assert "Record what happened" not in brief
    assert "Record what happened" in client.get(address("detail", unread)).text
    assert client.get(address("record", unread)).status_code == 200


def test_real_worry_ends_the_test_and_tells_the_officer_once(
    unread, tester, officer, now
):
    for _ in range(2):
        services.stop_for_real(visit=unread, tester=tester, now=now)

    unread.refresh_from_db()
    assert (unread.state, unread.state_reason) == (VisitState.STOPPED, "")
    assert AuditEvent.objects.filter(verb="visit.stopped").count() == 1
    message = Message.objects.get()
    assert (message.recipient, message.template) == (officer, "visit_stopped")
    assert message.is_secret
    assert unread.premises.name not in message.body
    assert f"/cms/visits/{unread.key}/" in message.body


def test_stopped_visit_stays_as_it_is(unread, tester, officer, now):
    services.stop_for_real(visit=unread, tester=tester, now=now)
    TestVisit.objects.filter(pk=unread.pk).update(brief_read_at=now)

    for call in (
        lambda: submitted(unread, now=now),
        lambda: services.cancel_visit(visit=unread, reason="No", actor=officer),
        lambda: services.release_visit(visit=unread, actor=officer, now=now),
    ):
        with pytest.raises(VisitError, match="Stopped: the worry was real"):
            call()


def test_other_testers_and_visits_sent_in_are_not_stopped(unread, tester, area, now):
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])

    with pytest.raises(VisitError, match="given to someone else"):
        services.stop_for_real(visit=unread, tester=other, now=now)
    services.sign_brief(visit=unread, tester=tester, now=now)
    submitted(unread, now=timezone.now())
    with pytest.raises(VisitError, match="The visit is: Sent in"):
        services.stop_for_real(visit=unread, tester=tester, now=now)


def test_stopping_by_button_shows_the_numbers_first(client_of, unread, tester):
    client = client_of(tester)

    brief = client.get(address("detail", unread)).text
    page = client.get(address("real", unread)).text
    answer = client.post(address("real", unread))
    stopped = client.get(answer.url).text

    assert address("real", unread) in brief
    for text in (page, stopped):
        assert text.index('href="tel:999"') < text.index("Operation Makesafe")
        assert "<textarea" not in text
    assert "The test is over" in stopped
    unread.refresh_from_db()
    assert unread.state == VisitState.STOPPED


@pytest.mark.parametrize("name", ("brief", "real"))
def test_nobody_else_signs_or_stops(client_of, unread, officer, area, name):
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])
    manager = UserFactory.create(roles=[Role.MANAGER])

    for person in (other, manager, officer):
        assert client_of(person).post(address(name, unread)).status_code == 404
    unread.refresh_from_db()
    assert (unread.state, unread.brief_read_at) == (VisitState.PLANNED, None)
