import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.models import AuditEvent
from partners.visits import services
from partners.visits.enums import Result, VisitState
from partners.visits.models import Observation, TestVisit
from partners.visits.services import Seen, VisitError
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.visits import checked, make_visit, second_officer, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(area):
    return UserFactory.create(roles=[Role.OFFICER], areas=[area])


def send_again(visit, now, result="yes"):
    seen = {
        item.pk: Seen(Result(result)) for item in visit.checklist_version.items.all()
    }
    return services.submit_visit(
        visit=visit,
        tester=visit.tester,
        visited_on=visit.planned_on,
        seen=seen,
        now=now,
    )


def test_second_officer_checks_once(visit, second, now):
    submitted(visit, now=now)

    services.check_visit(visit=visit, actor=second, now=now)
    later = now + datetime.timedelta(hours=1)
    services.check_visit(visit=visit, actor=second, now=later)

    visit.refresh_from_db()
    assert (visit.state, visit.checked_by, visit.checked_at) == ("checked", second, now)
    event = AuditEvent.objects.get(verb="visit.checked")
    assert (event.actor, event.facts) == (second, {"revision": 1})


def test_nobody_checks_their_own_visit(visit, officer, area, now):
    submitted(visit, now=now)
    tester_and_officer = visit.tester
    tester_and_officer.groups.add(*officer.groups.all())
    elsewhere = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    refused = (
        (officer, "Someone else has to check"),
        (type(officer).objects.get(pk=tester_and_officer.pk), "Someone else"),
        (elsewhere, "officers of another area"),
    )

    for person, sentence in refused:
        with pytest.raises(VisitError, match=sentence):
            services.check_visit(visit=visit, actor=person, now=now)

    visit.refresh_from_db()
    assert visit.state == VisitState.SUBMITTED
    assert not AuditEvent.objects.filter(verb="visit.checked").exists()


def test_database_refuses_a_check_by_those_who_may_not(visit, officer, second, now):
    submitted(visit, now=now)
    own = TestVisit.objects.filter(pk=visit.pk)
    refused = (
        {"state": "checked"},
        {"state": "checked", "checked_by": officer, "checked_at": now},
        {"state": "checked", "checked_by": visit.tester, "checked_at": now},
        {"state": "released", "released_at": now},
    )

    for values in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            own.update(**values)

    assert own.update(state="checked", checked_by=second, checked_at=now) == 1


def test_returned_visit_is_sent_anew_and_keeps_what_was(visit, officer, second, now):
    first = submitted(visit, now=now, asked="no").receipt

    services.return_visit(visit=visit, reason="Who was asked?", actor=second)
    visit.refresh_from_db()
    asked_back = (visit.state, visit.state_reason)
    again = send_again(visit, now)
    services.check_visit(visit=visit, actor=second, now=now)

    visit.refresh_from_db()
    assert asked_back == ("returned", "Who was asked?")
    assert again != first
    assert (visit.state, visit.revision, visit.state_reason) == ("checked", 2, "")
    stands = Observation.objects.of_visit(visit)
    assert {line.result for line in stands} == {"yes"}
    assert Observation.objects.filter(visit=visit, result="no").count() == 1
    services.release_visit(visit=visit, actor=officer, now=now)
    visit.refresh_from_db()
    assert visit.outcome == "good"


def test_visit_sent_twice_after_its_return_is_one_revision(visit, second, now):
    submitted(visit, now=now)
    services.return_visit(visit=visit, reason="Which day?", actor=second)

    receipts = {send_again(visit, now), send_again(visit, now, "no")}

    assert len(receipts) == 1
    assert Observation.objects.filter(visit=visit, revision=2).count() == 4


def test_checked_visit_may_be_returned_and_is_unchecked(visit, officer, now):
    checked(visit, now=now)

    services.return_visit(visit=visit, reason="One more thing", actor=officer)

    visit.refresh_from_db()
    assert (visit.state, visit.checked_by, visit.checked_at) == ("returned", None, None)


def test_return_needs_a_question_and_an_officer_of_the_area(visit, second, now):
    submitted(visit, now=now)
    elsewhere = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    with pytest.raises(VisitError, match="Give a reason"):
        services.return_visit(visit=visit, reason=" ", actor=second)
    with pytest.raises(VisitError, match="officers of another area"):
        services.return_visit(visit=visit, reason="Why?", actor=elsewhere)
    services.check_visit(visit=visit, actor=second, now=now)
    services.release_visit(visit=visit, actor=second, now=now)
    with pytest.raises(VisitError, match="Released to the premises"):
        services.return_visit(visit=visit, reason="Why?", actor=second)


def test_what_may_be_checked_leaves_out_the_own(visit, officer, second, now):
    submitted(visit, now=now)
    submitted(make_visit(), now=now)

    assert list(TestVisit.objects.to_check_by(second)) == [visit]
    assert list(TestVisit.objects.to_check_by(officer)) == []


def test_check_by_button(client_of, visit, second, officer, now):
    submitted(visit, now=now)
    address = reverse("visits_admin:check", args=[visit.key])

    refused = client_of(officer).post(address, follow=True)
    assert "Someone else has to check this visit" in refused.text
    client = client_of(second)
    detail = reverse("visits_admin:detail", args=[visit.key])
    assert "You are the second officer" in client.get(detail).text
    accepted = client.post(address)

    visit.refresh_from_db()
    assert accepted.url == detail
    assert visit.state == VisitState.CHECKED
    assert "Release to the premises" in client.get(detail).text


def test_return_by_form_reaches_the_tester(client_of, visit, now):
    submitted(visit, now=now, asked="no")
    officer = second_officer(visit)
    address = reverse("visits_admin:change", args=[visit.key, "return"])

    response = client_of(officer).post(address, {"reason": "Who was asked?"})

    assert response.url == reverse("visits_admin:detail", args=[visit.key])
    tester = client_of(visit.tester)
    assert "look again" in tester.get(reverse("visits:visit-list")).text
    form = tester.get(reverse("visits:visit-record", args=[visit.key]))
    assert "Who was asked?" in form.text
    # What was answered before is there to be put right.
    assert form.text.count("checked") == 4
