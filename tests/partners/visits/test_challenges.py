import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import Area, AuditEvent
from outbox.models import Message
from partners.scrutiny.evaluation import evaluate
from partners.visits.enums import ChallengeState, Outcome
from partners.visits.models import CHALLENGED_WITHIN, Challenge, TestVisit
from partners.visits.services import (
    VisitError,
    decide_challenge,
    raise_challenge,
    release_visit,
)
from tests.factories.accounts import UserFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.visits import (
    ChallengeFactory,
    TestVisitFactory,
    checked,
    second_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(premises):
    user = UserFactory.create(roles=[Role.MANAGER])
    ManagerLinkFactory.create(user=user, premises=premises)
    return user


@pytest.fixture
def released(visit, officer, now):
    checked(visit, now=now, asked="no")
    return release_visit(visit=visit, actor=officer, now=now)


@pytest.fixture
def uninvolved(released):
    return second_officer(released)


@pytest.fixture
def challenge(released, manager, now):
    return raise_challenge(
        visit=released, reason="The desk was closed.", manager=manager, now=now
    )


def decide(challenge, actor, now, *, is_upheld=True):
    return decide_challenge(
        challenge=challenge,
        is_upheld=is_upheld,
        answer="Thank you for telling us.",
        actor=actor,
        now=now,
    )


def test_a_challenge_reaches_the_officers_once(challenge, released, manager, now):
    told = Message.objects.filter(template="challenge_raised")

    assert challenge.state == ChallengeState.OPEN
    assert told.filter(recipient=released.planned_by).count() == 1
    with pytest.raises(VisitError, match="already"):
        raise_challenge(visit=released, reason="Again", manager=manager, now=now)
    assert AuditEvent.objects.filter(verb="challenge.raised").count() == 1


def test_who_may_challenge_until_when(released, manager, now):
    someone = UserFactory.create(roles=[Role.MANAGER])
    last_moment = now + CHALLENGED_WITHIN

    with pytest.raises(VisitError, match="do not look after"):
        raise_challenge(visit=released, reason="No", manager=someone, now=now)
    with pytest.raises(VisitError, match="Write what"):
        raise_challenge(visit=released, reason=" ", manager=manager, now=now)
    with pytest.raises(VisitError, match="is over"):
        raise_challenge(visit=released, reason="No", manager=manager, now=last_moment)
    just_before = last_moment - datetime.timedelta(seconds=1)
    raise_challenge(visit=released, reason="No", manager=manager, now=just_before)
    assert Challenge.objects.get().raised_at == just_before


def test_nothing_unreleased_can_be_challenged(visit, manager, now):
    with pytest.raises(VisitError, match="is over"):
        raise_challenge(visit=visit, reason="We saw them", manager=manager, now=now)

    assert not Challenge.objects.exists()


def test_an_upheld_challenge_leaves_the_figures(challenge, uninvolved, area, now):
    before = evaluate(
        areas=Area.objects.all(),
        first=now.date() - datetime.timedelta(days=30),
        last=now.date(),
    )
    decide(challenge, uninvolved, now)
    after = evaluate(
        areas=Area.objects.all(),
        first=now.date() - datetime.timedelta(days=30),
        last=now.date(),
    )

    assert before.total
    assert before.total.share.total == 1
    assert after.total is None
    assert TestVisit.objects.released().count() == 1
    assert TestVisit.objects.count_by_outcome()[Outcome.GAP] == 0


def test_a_declined_challenge_changes_no_figure(challenge, uninvolved, manager, now):
    decide(challenge, uninvolved, now, is_upheld=False)

    assert TestVisit.objects.counted().count() == 1
    told = Message.objects.filter(template="challenge_decided", recipient=manager)
    assert told.count() == 1


def test_the_same_decision_twice_is_one_and_another_is_refused(
    challenge, uninvolved, now
):
    decide(challenge, uninvolved, now)
    decide(challenge, uninvolved, now)

    with pytest.raises(VisitError, match="decided already"):
        decide(challenge, uninvolved, now, is_upheld=False)
    assert AuditEvent.objects.filter(verb="challenge.upheld").count() == 1
    assert Message.objects.filter(template="challenge_decided").count() == 1


def test_nobody_with_a_part_in_the_visit_decides(challenge, released, now):
    elsewhere = UserFactory.create(roles=[Role.OFFICER])

    for involved in (released.planned_by, released.checked_by):
        with pytest.raises(VisitError, match="Someone else"):
            decide(challenge, involved, now)
    with pytest.raises(VisitError, match="another area"):
        decide(challenge, elsewhere, now)
    assert Challenge.objects.get().state == ChallengeState.OPEN


def test_a_decision_needs_an_answer(challenge, uninvolved, now):
    with pytest.raises(VisitError, match="Write an answer"):
        decide_challenge(
            challenge=challenge, is_upheld=True, answer=" ", actor=uninvolved, now=now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.update(state=ChallengeState.UPHELD)


def test_only_what_was_released_is_set_aside(visit, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        TestVisit.objects.update(set_aside_at=now)


def test_officers_of_the_area_read_and_decide(
    challenge, uninvolved, released, client_of
):
    address = reverse("visits_admin:challenge", args=[challenge.key])
    client = client_of(uninvolved)

    assert challenge.reason in client.get(address).text
    empty = client.post(address, {"decision": "upheld", "answer": ""})
    assert empty.status_code == 422
    client.post(address, {"decision": "upheld", "answer": "You are right."})

    assert Challenge.objects.get().state == ChallengeState.UPHELD
    assert "You are right." in client.get(address).text
    assert "<form" not in client.get(address).text.split("</header>")[-1]


def test_officers_elsewhere_managers_and_testers_find_no_challenge(
    challenge, released, manager, client_of
):
    elsewhere = UserFactory.create(roles=[Role.OFFICER])
    address = reverse("visits_admin:challenge", args=[challenge.key])

    assert client_of(elsewhere).get(address).status_code == 404
    for person in (manager, released.tester):
        assert client_of(person).get(address).status_code in {302, 403, 404}
    involved = client_of(released.planned_by).get(address)
    assert "another officer" in involved.text


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_challenges_asks_a_fixed_number_of_queries(
    client_of, officer, area, now, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        visit = TestVisitFactory.create(premises=PremisesFactory.create(area=area))
        ChallengeFactory.create(visit=visit, raised_at=now)
    client = client_of(officer)
    address = reverse("visits_admin:challenges")
    client.get(address)

    with django_assert_num_queries(14):
        response = client.get(address)

    assert len(response.context["page"].object_list) == item_count


@pytest.mark.parametrize("decision", (ChallengeState.UPHELD, ChallengeState.DECLINED))
def test_managers_challenge_on_the_page_of_the_feedback(
    released, uninvolved, manager, premises, client_of, now, decision
):
    client = client_of(manager)
    feedback = reverse("followups:feedback", args=[premises.key, released.key])
    address = reverse("followups:challenge", args=[premises.key, released.key])
    TestVisit.objects.update(released_at=timezone.now())

    assert address in client.get(feedback).text
    empty = client.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert client.post(address, {"reason": "Closed that night"}).status_code == 302
    again = client.post(address, {"reason": "Closed that night"})
    assert again.status_code == 422
    assert "challenged already" in again.text
    decide_challenge(
        challenge=Challenge.objects.get(),
        is_upheld=decision == ChallengeState.UPHELD,
        answer="We have looked at it.",
        actor=uninvolved,
        now=now,
    )

    page = client.get(feedback).text
    assert "We have looked at it." in page
    assert ("counts no more" in page) == (decision == ChallengeState.UPHELD)
    assert address not in page


def test_an_unreleased_visit_has_no_page_to_challenge(
    visit, manager, premises, client_of
):
    client = client_of(manager)
    address = reverse("followups:challenge", args=[premises.key, visit.key])

    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "We saw them"}).status_code == 404
