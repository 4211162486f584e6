from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.panels import panels_for
from outbox.enums import MessageState
from partners.followups.enums import RetestState, TaskState
from partners.followups.models import FollowUpTask, Retest
from partners.register.enums import JoinState
from partners.visits.enums import VisitState
from tests.factories.accounts import UserFactory
from tests.factories.area_places import AreaPlaceFactory, PlaceSourceFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.outbox import MessageFactory
from tests.factories.register import (
    JoinRequestFactory,
    ManagerLinkFactory,
    PremisesFactory,
)
from tests.factories.training import TrainingSessionFactory
from tests.factories.visits import (
    ChallengeFactory,
    TestVisitFactory,
    checked,
    make_visit,
)

pytestmark = pytest.mark.django_db

HOME = "/cms/"
HEADING = "What waits for you"
LINES = (
    ("Requests to join", "Waiting for an officer", "/cms/requests/?state=waiting"),
    (
        "Premises in the area",
        "Invited, no answer yet",
        "/cms/premises-in-area/?state=invited",
    ),
    ("Test visits", "Sent in, to be checked", "/cms/visits/?state=submitted"),
    ("Test visits", "Checked, not released", "/cms/visits/?state=checked"),
    ("Challenged results", "To be decided", "/cms/visits/challenges/"),
    ("Sessions", "Over, not closed", "/cms/sessions/?to_close=on"),
    ("Follow-ups", "Done, to be verified", "/cms/follow-ups/?state=done"),
    ("Follow-ups", "Overdue", "/cms/follow-ups/?overdue=on"),
    ("Retests to plan", "Window open", "/cms/follow-ups/retests/"),
    ("Outbox", "Not delivered", "/cms/outbox/?state=undelivered"),
)


def pile_up(area, officer):
    """Let one of each thing wait in an area, beside one of each that does not."""
    today = timezone.localdate()
    premises = PremisesFactory.create(area=area)
    for join_state in (JoinState.WAITING, JoinState.UNCONFIRMED):
        JoinRequestFactory.create(area=area, state=join_state)
    source = PlaceSourceFactory.create(area=area)
    for invited_on in (today, None):
        AreaPlaceFactory.create(source=source, invited_on=invited_on)
    for visit_state in (VisitState.SUBMITTED, VisitState.PLANNED):
        TestVisitFactory.create(premises=premises, state=visit_state)
    checked(make_visit(premises=premises, planned_on=today), now=timezone.now())
    ChallengeFactory.create(visit=TestVisitFactory.create(premises=premises))
    for starts_at in (timezone.now(), timezone.now() - timedelta(days=2)):
        TrainingSessionFactory.create(area=area, opened=True, starts_at=starts_at)
    for message_state in (MessageState.FAILED, MessageState.QUEUED):
        MessageFactory.create(area=area, state=message_state)
    visit = make_visit(premises=premises, planned_on=today - timedelta(days=9))
    released(visit, officer=officer, now=timezone.now(), asked="no")
    task, late = FollowUpTask.objects.filter(visit=visit).order_by("pk")
    FollowUpTask.objects.filter(pk=task.pk).update(state=TaskState.DONE)
    FollowUpTask.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    Retest.objects.filter(gap_visit=visit).update(
        state=RetestState.OPEN,
        opens_on=today,
        closes_on=today + timedelta(days=30),
    )
    return visit


@pytest.fixture(autouse=True)
def _rules(db):
    GapRuleFactory.create_batch(2)


def lines_of(user, rf):
    lines = panels_for("officer.desk", rf.get(HOME), user)
    return [
        (line.title, line.context["state"], line.context["url"], line.context["count"])
        for line in lines
    ]


@pytest.mark.parametrize("item_count", (1, 3))
def test_desk_counts_what_waits_in_the_own_areas(
    area, officer, client_of, rf, item_count, django_assert_num_queries
):
    far = AreaFactory.create()
    far_officer = UserFactory.create(roles=[Role.OFFICER], areas=[far])
    for _ in range(item_count):
        pile_up(area, officer)
    pile_up(far, far_officer)
    client = client_of(officer)
    client.get(HOME)

    with django_assert_num_queries(46):
        page = client.get(HOME)

    assert lines_of(officer, rf) == [(*line, item_count) for line in LINES]
    words = " ".join(page.text.split())
    assert HEADING in words
    for title, state, url in LINES:
        count = f'<strong class="desk__count">{item_count}</strong>'
        assert f'href="{url}"> {count} <span>{title}: {state}</span>' in words


@pytest.mark.parametrize("line", LINES)
def test_every_line_leads_to_what_it_counts(area, officer, client_of, line):
    pile_up(area, officer)

    page = client_of(officer).get(line[2])

    found = page.context.get("page") or page.context["page_obj"]
    assert len(found.object_list) == 1


def test_empty_desk_says_so(officer, client_of, rf):
    page = client_of(officer).get(HOME)

    assert lines_of(officer, rf) == []
    assert "Nothing waits for you." in page.text


@pytest.mark.parametrize("role", (Role.OFFICER, Role.AREA_LEAD))
def test_officers_have_a_desk(area, client_of, role):
    user = UserFactory.create(roles=[role], areas=[area])

    assert HEADING in client_of(user).get(HOME).text


def test_editor_has_no_desk(area, officer, client_of, rf):
    pile_up(area, officer)
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    page = client_of(editor).get(HOME)

    assert page.status_code == 200
    assert HEADING not in page.text
    assert lines_of(editor, rf) == []


def test_no_number_reaches_a_manager(area, officer, client_of, rf):
    visit = pile_up(area, officer)
    link = ManagerLinkFactory.create(premises=visit.premises)
    client = client_of(link.user)

    home = client.get(reverse("portal:premises", args=[visit.premises.key]))

    assert lines_of(link.user, rf) == []
    assert HEADING not in home.text
    assert "desk" not in home.text
    assert client.get(HOME).status_code == 403
    assert client.get("/cms/follow-ups/retests/").status_code == 403


@pytest.mark.parametrize(
    ("state", "is_waiting"),
    (
        (VisitState.PLANNED, False),
        (VisitState.SUBMITTED, False),
        (VisitState.RETURNED, False),
        (VisitState.CANCELLED, True),
        (VisitState.NOT_COMPLETED, True),
    ),
)
def test_retest_waits_until_a_visit_is_on_its_way(area, officer, state, is_waiting):
    visit = pile_up(area, officer)
    TestVisitFactory.create(premises=visit.premises, retest_of=visit, state=state)

    assert Retest.objects.to_plan().exists() is is_waiting


@pytest.mark.parametrize("item_count", (1, 3))
def test_retest_list_shows_the_own_areas(
    area, officer, client_of, item_count, django_assert_num_queries
):
    far = AreaFactory.create()
    visits = [pile_up(area, officer) for _ in range(item_count)]
    pile_up(far, UserFactory.create(roles=[Role.OFFICER], areas=[far]))
    client = client_of(officer)
    client.get("/cms/follow-ups/retests/")

    with django_assert_num_queries(14):
        page = client.get("/cms/follow-ups/retests/")

    shown = [retest.gap_visit for retest in page.context["page"].object_list]
    assert shown == visits
    for visit in visits:
        assert f"/cms/visits/plan/?retest_of={visit.key}" in page.text
