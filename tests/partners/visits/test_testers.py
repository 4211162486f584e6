import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from partners.visits import services
from partners.visits.enums import VisitState
from partners.visits.models import Observation, TestVisit
from tests.factories.accounts import UserFactory
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def own(premises, tester, officer, today):
    return make_visit(
        premises=premises, tester=tester, planned_by=officer, planned_on=today
    )


@pytest.fixture
def client(client_of, tester):
    return client_of(tester)


def address(name, visit):
    return reverse(f"visits:visit-{name}", args=[visit.key])


def filled_in(visit, **changes):
    values = {"visited_on": visit.planned_on.isoformat()}
    for item in visit.checklist_version.items.all():
        values[f"result_{item.pk}"] = changes.get(item.step, "yes")
        values[f"seconds_{item.pk}"] = ""
    return values | {"wish": changes.get("wish", "check")}


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_shows_own_visits_that_are_near(
    client, tester, premises, today, item_count, django_assert_num_queries
):
    shown = [
        make_visit(premises=premises, tester=tester, planned_on=today)
        for _ in range(item_count)
    ]
    make_visit(planned_on=today)
    later = today + datetime.timedelta(days=2)
    make_visit(premises=premises, tester=tester, planned_on=later)
    make_visit(premises=premises, tester=tester, planned_on=today, state="cancelled")

    with django_assert_num_queries(7):
        response = client.get(reverse("visits:visit-list"))

    assert response.context["visits"] == shown
    read = AuditEvent.objects.filter(verb="visit.read", actor=tester)
    assert {event.subject_id for event in read} == {str(visit.pk) for visit in shown}


def test_visit_opens_for_its_tester_24_hours_before(premises, tester):
    visit = make_visit(
        premises=premises,
        tester=tester,
        planned_on=datetime.date(2026, 11, 18),
        planned_time=datetime.time(23, 30),
    )
    opens = datetime.datetime(2026, 11, 17, 23, 30, tzinfo=datetime.UTC)
    just_before = opens - datetime.timedelta(minutes=1)

    assert list(TestVisit.objects.near_for_tester(tester, opens)) == [visit]
    assert list(TestVisit.objects.near_for_tester(tester, just_before)) == []


def test_brief_says_what_to_do_and_is_noted(client, own, tester):
    own.scenario.brief = ["Cover story: passing through.", "Stop at once when asked."]
    own.scenario.save()

    page = client.get(address("detail", own)).text

    for words in (
        own.premises.address,
        "Cover story: passing through.",
        "Stop at once when asked.",
        'href="tel:999"',
        "AUTH-1",
        "at once and kindly",
    ):
        assert words in page
    event = AuditEvent.objects.get(verb="visit.read")
    assert (event.actor, event.subject_id) == (tester, str(own.pk))


def test_answers_are_checked_before_they_are_sent(client, own):
    page = client.post(address("record", own), filled_in(own, asked="no")).text

    assert "Nothing has been sent yet" in page
    assert not Observation.objects.exists()
    again = client.post(address("record", own), filled_in(own, wish="change")).text
    assert "Check your answers" in again
    assert again.count("checked") == 4


def test_sending_gives_a_receipt_and_sending_again_the_same(client, own, today):
    values = filled_in(own, asked="no", wish="send")

    first = client.post(address("record", own), values)
    second = client.post(address("record", own), values)

    own.refresh_from_db()
    assert own.state == VisitState.SUBMITTED
    assert first.url == second.url == address("receipt", own)
    assert own.receipt in client.get(first.url).text
    assert Observation.objects.count() == 4
    # After sending, the brief and the form are gone.
    assert client.get(address("detail", own)).url == address("receipt", own)
    assert client.get(address("record", own)).url == address("receipt", own)
    assert client.get(address("not-done", own)).url == address("receipt", own)


def test_missing_answer_gets_a_sentence_and_keeps_the_rest(client, own):
    values = filled_in(own, wish="send")
    item = own.checklist_version.items.first()
    del values[f"result_{item.pk}"]

    response = client.post(address("record", own), values)

    assert response.status_code == 422
    sentence = "Asked a friendly question: say whether it happened."
    assert response.context["form"].errors == {f"result_{item.pk}": [sentence]}
    assert response.text.count("checked") == 3
    assert own.observations.count() == 0


def test_refusal_of_the_service_is_shown_and_loses_nothing(client, own):
    every_step_na = {item.step: "na" for item in own.checklist_version.items.all()}

    response = client.post(
        address("record", own), filled_in(own, wish="send", **every_step_na)
    )

    assert response.status_code == 422
    assert "Record the visit as not completed instead" in response.text
    assert response.text.count("checked") == 4


def test_no_field_takes_words_about_people(client, own):
    page = client.get(address("record", own)).text

    assert "<textarea" not in page
    assert 'type="text"' not in page


def test_not_done_needs_a_reason_and_closes(client, own):
    refused = client.post(address("not-done", own), {"reason": ""})
    accepted = client.post(address("not-done", own), {"reason": "Road closed"})

    own.refresh_from_db()
    assert refused.status_code == 422
    assert accepted.url == reverse("visits:visit-list")
    assert (own.state, own.state_reason) == ("not_completed", "Road closed")


def test_called_off_visit_says_so(client, own, officer):
    services.cancel_visit(visit=own, reason="Hotel shut", actor=officer)

    response = client.post(address("record", own), filled_in(own, wish="send"))

    assert response.status_code == 410
    assert "Please do not go in. The visit is: Cancelled." in response.text


@pytest.mark.parametrize("name", ("detail", "record", "not-done", "receipt"))
def test_nobody_else_finds_the_visit(client_of, own, officer, area, name):
    TestVisit.objects.filter(pk=own.pk).update(receipt="")
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])
    manager = UserFactory.create(roles=[Role.MANAGER])

    for person in (other, manager, officer):
        response = client_of(person).get(address(name, own))
        assert response.status_code == 404


def test_too_early_is_not_found_and_strangers_sign_in(client, own, premises, tester):
    later = own.planned_on + datetime.timedelta(days=2)
    early = make_visit(premises=premises, tester=tester, planned_on=later)

    assert client.get(address("detail", early)).status_code == 404
    client.logout()
    response = client.get(address("detail", own))
    assert response.url.startswith(reverse("account_login"))
