import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from partners.visits.models import TestVisit
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.visits import (
    AuthorisationFactory,
    checked,
    make_checklist,
    make_visit,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


def address(name, *args):
    return reverse(f"visits_admin:{name}", args=args)


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_shows_the_officers_area_only(
    client, officer, premises, item_count, django_assert_num_queries
):
    shown = [make_visit(premises=premises) for _ in range(item_count)]
    make_visit()
    client.get(address("list"))

    with django_assert_num_queries(15):
        response = client.get(address("list"))

    assert set(response.context["page"].object_list) == set(shown)


def test_list_reads_are_noted_and_filtered_by_state(client, officer, premises):
    planned = make_visit(premises=premises)
    cancelled = make_visit(premises=premises, state="cancelled")

    response = client.get(address("list"), {"state": "cancelled"})

    assert list(response.context["page"].object_list) == [cancelled]
    event = AuditEvent.objects.get(verb="visit.read")
    assert (event.actor, event.subject_id) == (officer, str(cancelled.pk))
    assert planned.state == "planned"


def plan_values(premises, tester, **changes):
    return {
        "premises": premises.key,
        "scenario": make_checklist().scenario.slug,
        "tester": tester.pk,
        "planned_on": timezone.localdate().isoformat(),
        "planned_time": "23:00",
        "shift": "night",
        "authorisation": AuthorisationFactory.create(
            area=premises.area, reference="AUTH-9"
        ).key,
    } | changes


def test_planning_by_form(client, officer, premises, tester):
    response = client.post(address("plan"), plan_values(premises, tester))

    visit = TestVisit.objects.get()
    assert response.url == address("detail", visit.key)
    assert (visit.premises, visit.tester, visit.planned_by) == (
        premises,
        tester,
        officer,
    )


def test_planning_without_a_gate_gets_a_sentence_and_keeps_the_rest(
    client, premises, tester
):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    no_gate = plan_values(premises, tester, authorisation="")
    gone_by = plan_values(premises, tester, planned_on=yesterday.isoformat())

    first = client.post(address("plan"), no_gate)
    second = client.post(address("plan"), gone_by)

    assert (first.status_code, second.status_code) == (422, 422)
    assert list(first.context["form"].errors) == ["authorisation"]
    assert "This day has passed" in second.text
    assert f'value="{gone_by["authorisation"]}" selected' in second.text
    assert not TestVisit.objects.exists()


def test_planning_offers_own_premises_and_testers(client, premises, tester):
    elsewhere = make_visit()

    form = client.get(address("plan")).context["form"]

    assert list(form.fields["premises"].queryset) == [premises]
    assert list(form.fields["tester"].queryset) == [tester]
    assert elsewhere.premises != premises


def test_retest_is_planned_from_a_released_visit(
    client, officer, visit, premises, tester, now
):
    values = plan_values(premises, tester)
    before = client.post(f"{address('plan')}?retest_of={visit.key}", values)
    checked(visit, now=now, asked="no")
    client.post(address("release", visit.key))

    client.post(f"{address('plan')}?retest_of={visit.key}", values)

    assert before.status_code == 404
    assert TestVisit.objects.latest("pk").retest_of == visit


def test_detail_shows_everything_and_is_noted(client, officer, visit, now):
    submitted(visit, now=now, asked="no")

    page = client.get(address("detail", visit.key)).text

    for words in ("AUTH-1", visit.tester.name, "another officer checks it", "Sent in"):
        assert words in page
    event = AuditEvent.objects.get(verb="visit.read")
    assert (event.actor, event.subject_id) == (officer, str(visit.pk))


def test_release_by_button_twice_is_one_release(client, visit, now):
    checked(visit, now=now)

    for _ in range(2):
        response = client.post(address("release", visit.key))

    visit.refresh_from_db()
    assert response.url == address("detail", visit.key)
    assert visit.outcome == "good"
    assert AuditEvent.objects.filter(verb="visit.released").count() == 1


def test_release_of_a_planned_visit_gets_a_sentence(client, visit):
    response = client.post(address("release", visit.key), follow=True)

    visit.refresh_from_db()
    assert "The visit is: Planned" in response.text
    assert visit.state == "planned"


@pytest.mark.parametrize(
    ("change", "values", "state"),
    (
        ("cancel", {"reason": "Hotel shut"}, "cancelled"),
        ("not-completed", {"reason": "Snow"}, "not_completed"),
    ),
)
def test_ending_a_visit_by_form(client, visit, change, values, state):
    assert client.get(address("change", visit.key, change)).status_code == 200
    refused = client.post(address("change", visit.key, change), {"reason": ""})
    accepted = client.post(address("change", visit.key, change), values)

    visit.refresh_from_db()
    assert refused.status_code == 422
    assert accepted.url == address("detail", visit.key)
    assert (visit.state, visit.state_reason) == (state, values["reason"])


def test_moving_and_giving_away_by_form(client, visit, area):
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])
    later = timezone.localdate() + datetime.timedelta(days=9)

    moved = client.post(
        address("change", visit.key, "reschedule"),
        {
            "planned_on": later.isoformat(),
            "planned_time": "11:00",
            "shift": "day",
            "reason": "Ill",
        },
    )
    given = client.post(
        address("change", visit.key, "reassign"), {"tester": other.pk, "reason": "Ill"}
    )

    visit.refresh_from_db()
    assert moved.url == given.url == address("detail", visit.key)
    assert (visit.planned_on, visit.shift, visit.tester) == (later, "day", other)
    page = client.get(address("detail", visit.key)).text
    assert "Moved to another day" in page
    assert "Given to another tester" in page


def test_unknown_change_is_not_found(client, visit):
    assert client.get(address("change", visit.key, "burn")).status_code == 404


@pytest.mark.parametrize(
    "name", ("detail", "check", "release", "change", "list", "plan")
)
def test_others_find_nothing(client_of, visit, area, tester, name):
    args = {
        "detail": [visit.key],
        "check": [visit.key],
        "release": [visit.key],
        "change": [visit.key, "cancel"],
    }.get(name, [])
    officer_elsewhere = UserFactory.create(
        roles=[Role.OFFICER], areas=[AreaFactory.create()]
    )
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    client = client_of(editor)

    assert client.get(address(name, *args)).status_code in {404, 405}
    assert client.post(address(name, *args)).status_code in {404, 405}
    if args:
        client = client_of(officer_elsewhere)
        assert client.post(address(name, *args)).status_code in {404, 405}
        assert client.get(address(name, *args)).status_code in {404, 405}
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_menu_item_is_for_officers(client, client_of, area):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert address("list") in client.get(reverse("wagtailadmin_home")).text
    shown = client_of(editor).get(reverse("wagtailadmin_home")).text
    assert address("list") not in shown
