"""Nobody at a premises can know of a visit before its release."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from outbox.models import Message
from partners.followups.models import FollowUpTask
from partners.visits.models import ChecklistItem
from partners.visits.services import cancel_visit
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.visits import (
    AuthorisationFactory,
    TestVisitFactory,
    checked,
    make_visit,
    submitted,
)

pytestmark = pytest.mark.django_db

CANARY = "QXCANARYQX"


def make_covert_visit(premises, area, *, day):
    visit = make_visit(
        premises=premises,
        planned_on=day,
        tester=UserFactory.create(
            name=f"{CANARY} tester", roles=[Role.TESTER], areas=[area]
        ),
        planned_by__name=f"{CANARY} planner",
        authorisation=AuthorisationFactory.create(
            area=premises.area,
            reference=CANARY,
            decision_maker=CANARY,
            legal_check=CANARY,
            data_protection=CANARY,
        ),
        state_reason=CANARY,
    )
    scenario = visit.scenario
    scenario.title = scenario.slug = CANARY
    scenario.brief = scenario.cues = [CANARY]
    scenario.save()
    ChecklistItem.objects.filter(version=visit.checklist_version).update(text=CANARY)
    return visit


@pytest.fixture
def make_twin(area, officer, now):
    """Return a maker of premises that differ in nothing that shows."""

    def make():
        premises = PremisesFactory.create(area=area, name="Lantern House")
        manager = UserFactory.create(
            name="Ana Novak",
            email=f"ana.{premises.key}@hotel.example",
            roles=[Role.MANAGER],
        )
        ManagerLinkFactory.create(user=manager, premises=premises)
        SpellFactory.create(premises=premises, staff_member__name="Jo Baker")
        known = make_visit(premises=premises, planned_on=datetime.date(2026, 11, 17))
        released(known, officer=officer, now=now, asked="no")
        return premises, manager, known

    GapRuleFactory.create()
    return make


def pages(premises, known):
    task = FollowUpTask.objects.get(visit=known)
    return [
        reverse("portal:premises-list"),
        reverse("portal:premises", args=[premises.key]),
        reverse("portal:people", args=[premises.key]),
        reverse("portal:leavers", args=[premises.key]),
        reverse("print:certificates", args=[premises.key]),
        reverse("print:packs", args=[premises.key]),
        reverse("followups:task-list", args=[premises.key]),
        reverse("followups:task-detail", args=[premises.key, task.key]),
        reverse("followups:feedback", args=[premises.key, known.key]),
        reverse("followups:feedback", args=[premises.key, "nosuchvisit2"]),
    ]


def measure(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    # One house may have row 99 and its twin row 100: that tells of no visit.
    content = re.sub(rb"\b\d+\b", b"0", response.content)
    return response.status_code, len(content), len(queries)


@pytest.mark.parametrize(
    "state", ("planned", "submitted", "checked", "cancelled", "retest")
)
def test_pages_do_not_differ_with_an_unreleased_visit(
    client_of, make_twin, area, officer, now, state
):
    with_visit, its_manager, known = make_twin()
    without, other_manager, other_known = make_twin()
    covert = make_covert_visit(with_visit, area, day=now.date())
    if state == "submitted":
        submitted(covert, now=now, asked="no")
    if state == "checked":
        checked(covert, now=now, asked="no")
    elif state == "cancelled":
        cancel_visit(visit=covert, reason=CANARY, actor=officer)
    elif state == "retest":
        covert.retest_of = known
        covert.save(update_fields=["retest_of"])

    its_client, other_client = client_of(its_manager), client_of(other_manager)
    for path, other_path in zip(
        pages(with_visit, known), pages(without, other_known), strict=True
    ):
        its_client.get(path)
        other_client.get(other_path)
        assert measure(its_client, path) == measure(other_client, other_path), path


def test_unreleased_key_is_as_unknown_as_a_wrong_one(client_of, make_twin, area, now):
    premises, manager, _known = make_twin()
    covert = make_covert_visit(premises, area, day=now.date())
    client = client_of(manager)
    client.get("/partners/")

    real = reverse("followups:feedback", args=[premises.key, covert.key])
    wrong = reverse("followups:feedback", args=[premises.key, "nosuchvisit2"])

    assert measure(client, real) == measure(client, wrong)
    assert client.get(real).status_code == 404


def addresses(visit):
    key, place = visit.key, visit.premises.key
    return [
        *(reverse(f"visits:visit-{name}", args=[key]) for name in TESTER_PAGES),
        reverse("visits:visit-list"),
        reverse("visits_admin:list"),
        reverse("visits_admin:plan"),
        reverse("visits_admin:detail", args=[key]),
        reverse("visits_admin:release", args=[key]),
        reverse("visits_admin:change", args=[key, "cancel"]),
        reverse("followups_admin:list"),
        reverse("followups:feedback", args=[place, key]),
        reverse("followups:task-list", args=[place]),
        reverse("followups:task-detail", args=[place, key]),
        reverse("portal:premises", args=[place]),
        reverse("portal:people", args=[place]),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:search") + f"?q={CANARY}",
        reverse("wagtailadmin_reports:site_history"),
        "/accounts/home/",
        "/partners/",
        "/board/",
        "/",
    ]


TESTER_PAGES = ("detail", "record", "not-done", "receipt")


@pytest.mark.parametrize("state", ("planned", "submitted", "checked"))
@pytest.mark.parametrize("who", ("manager", "board", "tester", "far", "editor"))
def test_no_word_of_it_reaches_anyone_else(client_of, make_twin, area, now, state, who):
    premises, manager, _known = make_twin()
    covert = make_covert_visit(premises, area, day=now.date())
    if state == "submitted":
        submitted(covert, now=now, asked="no")
    if state == "checked":
        checked(covert, now=now, asked="no")
    far = AreaFactory.create()
    if who == "far":
        # Scenarios are shared between areas: every officer may plan with them.
        covert.scenario.title = covert.scenario.slug = "shared"
        covert.scenario.save()
    person = {
        "manager": lambda: manager,
        "board": lambda: UserFactory.create(roles=[Role.BOARD], areas=[area]),
        "tester": lambda: UserFactory.create(roles=[Role.TESTER], areas=[area]),
        "far": lambda: UserFactory.create(roles=[Role.OFFICER], areas=[far]),
        "editor": lambda: UserFactory.create(roles=[Role.EDITOR], areas=[area]),
    }[who]()
    client = client_of(person)

    for path in addresses(covert):
        for response in (client.get(path), client.post(path, {"reason": "x"})):
            heard = b"".join(getattr(response, "streaming_content", [])) or (
                response.content
            )
            shown = heard.replace(f"q={CANARY}".encode(), b"")
            shown = shown.replace(f'value="{CANARY}"'.encode(), b"")
            assert CANARY.encode() not in shown, path
    covert.refresh_from_db()
    assert covert.state == state


def test_no_message_speaks_of_it(make_twin, area, now, officer):
    premises, _manager, _known = make_twin()
    covert = make_covert_visit(premises, area, day=now.date())
    before = Message.objects.count()

    submitted(covert, now=now, asked="no")

    assert Message.objects.count() == before
    released_words = "".join(Message.objects.values_list("body", flat=True))
    assert CANARY not in released_words
    assert TestVisitFactory._meta.model.objects.released().count() == 1
