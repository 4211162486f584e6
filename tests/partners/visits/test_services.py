import datetime

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from core.signals import visit_released
from partners.register.enums import Shift
from partners.visits import services
from partners.visits.enums import Outcome, Result, Step, VisitState
from partners.visits.models import AreaStandard, Observation, TestVisit
from partners.visits.services import Seen, VisitError
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory
from tests.factories.visits import (
    AuthorisationFactory,
    ScenarioFactory,
    checked,
    make_visit,
    submitted,
)

pytestmark = pytest.mark.django_db


def all_seen(visit, result="yes"):
    items = visit.checklist_version.items.all()
    return {item.pk: Seen(Result(result)) for item in items}


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_plan_keeps_who_allowed_it(premises, officer, make_plan, now):
    plan = make_plan()

    visit = services.plan_visit(
        premises=premises, plan=plan, actor=officer, today=now.date()
    )

    visit.refresh_from_db()
    assert visit.state == VisitState.PLANNED
    assert visit.checklist_version.scenario == plan.scenario
    assert visit.authorisation == plan.authorisation
    assert visit.planned_by == officer
    event = AuditEvent.objects.get(verb="visit.planned")
    assert event.actor == officer
    assert event.facts == {"tester": plan.tester.pk, "planned_on": "2026-11-20"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        ({"planned_on": datetime.date(2026, 11, 17)}, "This day has passed"),
        ({"planned_on": datetime.date(2040, 1, 2)}, "Look at its area and its review"),
    ),
)
def test_plan_refuses_a_gate_not_passed(
    premises, officer, make_plan, now, changes, sentence
):
    with pytest.raises(VisitError, match=sentence):
        services.plan_visit(
            premises=premises,
            plan=make_plan(**changes),
            actor=officer,
            today=now.date(),
        )

    assert not TestVisit.objects.exists()
    assert verbs() == []


def test_plan_refuses_wrong_people_and_places(premises, officer, area, make_plan, now):
    elsewhere = AreaFactory.create()
    officer_elsewhere = UserFactory.create(roles=[Role.OFFICER], areas=[elsewhere])
    tester_elsewhere = UserFactory.create(roles=[Role.TESTER], areas=[elsewhere])
    closed = PremisesFactory.create(area=area, state="closed")
    refused = (
        (premises, make_plan(), officer_elsewhere, "officers of another area"),
        (premises, make_plan(tester=tester_elsewhere), officer, "does not work in"),
        (premises, make_plan(tester=officer), officer, "not a tester"),
        (
            premises,
            make_plan(authorisation=AuthorisationFactory.create(area=elsewhere)),
            officer,
            "No visit goes ahead without an authorisation",
        ),
        (premises, make_plan(scenario=ScenarioFactory.create()), officer, "checklist"),
        (closed, make_plan(), officer, "no longer take part"),
    )

    for place, plan, actor, sentence in refused:
        with pytest.raises(VisitError, match=sentence):
            services.plan_visit(
                premises=place, plan=plan, actor=actor, today=now.date()
            )

    assert not TestVisit.objects.exists()


def test_retest_follows_a_released_gap_only(visit, officer, make_plan, now):
    def plan_retest():
        return services.plan_visit(
            premises=visit.premises,
            plan=make_plan(),
            actor=officer,
            today=now.date(),
            retest_of=visit,
        )

    with pytest.raises(VisitError, match="A retest follows"):
        plan_retest()
    services.release_visit(
        visit=checked(visit, now=now, asked="no"), actor=officer, now=now
    )
    visit.refresh_from_db()

    assert plan_retest().retest_of == visit


def test_reschedule_and_reassign_keep_their_history(visit, officer, area, now):
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])
    first_tester = visit.tester

    services.reschedule_visit(
        visit=visit,
        planned_on=datetime.date(2026, 11, 25),
        planned_time=datetime.time(18, 30),
        shift=Shift.EVENING,
        reason="Tester is ill",
        actor=officer,
        today=now.date(),
    )
    services.reassign_visit(
        visit=visit, tester=other, reason="Tester is ill", actor=officer
    )

    visit.refresh_from_db()
    assert (visit.planned_on, visit.shift) == (datetime.date(2026, 11, 25), "evening")
    assert visit.tester == other
    moved, given = AuditEvent.objects.order_by("pk")
    assert moved.facts == {
        "was": "2026-11-17",
        "planned_on": "2026-11-25",
        "planned_time": "18:30",
        "shift": "evening",
    }
    assert given.facts == {"was": first_tester.pk, "tester": other.pk}


def test_every_change_of_plan_needs_a_reason(visit, officer, tester, now):
    day = datetime.date(2026, 11, 25)
    calls = (
        lambda: services.reschedule_visit(
            visit=visit,
            planned_on=day,
            planned_time=datetime.time(11),
            shift=Shift.DAY,
            reason="",
            actor=officer,
            today=now.date(),
        ),
        lambda: services.reassign_visit(
            visit=visit, tester=tester, reason=" ", actor=officer
        ),
        lambda: services.cancel_visit(visit=visit, reason="", actor=officer),
        lambda: services.record_not_completed(visit=visit, reason="", actor=tester),
    )

    for call in calls:
        with pytest.raises(VisitError, match="Give a reason"):
            call()

    assert verbs() == []


def test_reschedule_refuses_a_day_gone_by_or_not_authorised(visit, officer, now):
    refused = (
        (datetime.date(2026, 11, 17), "This day has passed"),
        (datetime.date(2040, 1, 2), "its review date"),
    )

    for day, sentence in refused:
        with pytest.raises(VisitError, match=sentence):
            services.reschedule_visit(
                visit=visit,
                planned_on=day,
                planned_time=datetime.time(11),
                shift=Shift.DAY,
                reason="Snow",
                actor=officer,
                today=now.date(),
            )


def test_cancel_and_not_completed_end_the_visit(visit, officer, tester, premises):
    other = make_visit(premises=premises, tester=tester)

    services.cancel_visit(visit=visit, reason="Hotel shut", actor=officer)
    services.record_not_completed(visit=other, reason="Road closed", actor=tester)

    visit.refresh_from_db()
    other.refresh_from_db()
    assert (visit.state, visit.state_reason) == ("cancelled", "Hotel shut")
    assert (other.state, other.state_reason) == ("not_completed", "Road closed")
    assert verbs() == ["visit.cancelled", "visit.not_completed"]
    with pytest.raises(VisitError, match="The visit is: Cancelled"):
        services.cancel_visit(visit=visit, reason="Again", actor=officer)


def test_submit_keeps_every_observation(visit, tester, now):
    seen = all_seen(visit)
    first = min(seen)
    seen[first] = Seen(Result.NO, 40)

    receipt = services.submit_visit(
        visit=visit,
        tester=tester,
        visited_on=visit.planned_on,
        seen=seen,
        now=now,
    )

    visit.refresh_from_db()
    assert visit.state == VisitState.SUBMITTED
    assert (visit.receipt, visit.submitted_at) == (receipt, now)
    assert visit.outcome == ""
    rows = Observation.objects.order_by("item_id")
    assert list(rows.values_list("result", "seconds")) == [
        ("no", 40),
        ("yes", None),
        ("yes", None),
        ("yes", None),
    ]
    assert verbs() == ["visit.submitted"]


def test_submit_twice_gives_the_same_receipt_and_nothing_more(visit, tester, now):
    first = submitted(visit, now=now).receipt

    again = services.submit_visit(
        visit=visit,
        tester=tester,
        visited_on=visit.planned_on,
        seen=all_seen(visit, "no"),
        now=now + datetime.timedelta(hours=1),
    )

    assert again == first
    assert set(Observation.objects.values_list("result", flat=True)) == {"yes"}
    assert Observation.objects.count() == 4
    assert verbs() == ["visit.submitted"]


def test_submit_refuses_what_is_not_in_order(visit, tester, officer, area, now):
    other = UserFactory.create(roles=[Role.TESTER], areas=[area])
    day = visit.planned_on
    complete = all_seen(visit)
    one_missing = dict(list(complete.items())[1:])
    refused = (
        (other, day, complete, "given to someone else"),
        (tester, now.date() + datetime.timedelta(days=1), complete, "day of the visit"),
        (tester, day - datetime.timedelta(days=2), complete, "day of the visit"),
        (tester, day, one_missing, "Answer every step"),
        (tester, day, all_seen(visit, "na"), "not completed instead"),
    )

    for person, visited_on, seen, sentence in refused:
        with pytest.raises(VisitError, match=sentence):
            services.submit_visit(
                visit=visit, tester=person, visited_on=visited_on, seen=seen, now=now
            )

    assert not Observation.objects.exists()
    services.cancel_visit(visit=visit, reason="Snow", actor=officer)
    with pytest.raises(VisitError, match="The visit is: Cancelled"):
        services.submit_visit(
            visit=visit, tester=tester, visited_on=day, seen=complete, now=now
        )


def test_release_computes_the_outcome_and_tells_once(visit, officer, now):
    told = []
    checked(visit, now=now, asked_id="no")

    def listen(sender, visit, now, **_):
        told.append((sender, visit.pk, now))

    visit_released.connect(listen)
    try:
        services.release_visit(visit=visit, actor=officer, now=now)
        services.release_visit(
            visit=visit, actor=officer, now=now + datetime.timedelta(1)
        )
    finally:
        visit_released.disconnect(listen)

    visit.refresh_from_db()
    assert visit.state == VisitState.RELEASED
    assert visit.released_at == now
    assert visit.outcome == Outcome.PARTLY
    assert visit.standard == ["asked", "asked_id", "called_police", "used_phrase"]
    assert told == [(TestVisit, visit.pk, now)]
    assert verbs().count("visit.released") == 1


def test_release_refuses_other_areas_and_visits_not_submitted(visit, officer, now):
    elsewhere = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    with pytest.raises(VisitError, match="The visit is: Planned"):
        services.release_visit(visit=visit, actor=officer, now=now)
    submitted(visit, now=now)
    with pytest.raises(VisitError, match="The visit is: Sent in, to be checked"):
        services.release_visit(visit=visit, actor=officer, now=now)
    for person in (elsewhere, visit.tester):
        with pytest.raises(VisitError, match="officers of another area"):
            services.release_visit(visit=visit, actor=person, now=now)

    visit.refresh_from_db()
    assert visit.state == VisitState.SUBMITTED


def test_release_refuses_when_the_standard_left_nothing_to_say(visit, officer, now):
    checked(visit, now=now)
    AreaStandard.objects.create(area=visit.premises.area, step=Step.LOGGED)

    with pytest.raises(VisitError, match="no result to release"):
        services.release_visit(visit=visit, actor=officer, now=now)


def test_set_standard_replaces_the_steps_and_spares_results(visit, officer, area, now):
    lead = UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])
    services.release_visit(
        visit=checked(visit, now=now, asked="no"), actor=officer, now=now
    )

    services.set_standard(area=area, steps=[Step.NOTICED, Step.ASKED], actor=lead)
    services.set_standard(area=area, steps=[Step.NOTICED], actor=lead)

    visit.refresh_from_db()
    assert AreaStandard.objects.steps_for(area) == {"noticed"}
    assert [line.item.step for line in Observation.objects.gaps_of(visit)] == ["asked"]
    assert verbs().count("area.standard_set") == 2


def test_set_standard_refuses_nothing_and_strangers(officer, area):
    lead = UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])

    with pytest.raises(VisitError, match="at least one step"):
        services.set_standard(area=area, steps=[], actor=lead)
    with pytest.raises(VisitError, match="Only the area lead"):
        services.set_standard(area=area, steps=[Step.ASKED], actor=officer)


def test_area_without_a_standard_takes_that_of_its_force(area):
    force = AreaFactory.create(kind="force")
    area.parent = force
    area.save(update_fields=["parent"])

    assert AreaStandard.objects.steps_for(area) == {
        "asked",
        "asked_id",
        "called_police",
        "used_phrase",
    }
    AreaStandard.objects.create(area=force, step=Step.REFUSED)
    assert AreaStandard.objects.steps_for(area) == {"refused"}


def test_reads_of_unreleased_visits_are_noted(visit, officer, now):
    released = make_visit(
        premises=visit.premises,
        state=VisitState.RELEASED,
        visited_on=now.date(),
        submitted_at=now,
        released_at=now,
    )

    services.note_reads(visits=[visit, released], reader=officer)

    event = AuditEvent.objects.get()
    assert (event.verb, event.subject_id) == ("visit.read", str(visit.pk))
    assert event.actor == officer


def test_outcomes_are_counted_by_day(visit, officer, now):
    services.release_visit(visit=checked(visit, now=now), actor=officer, now=now)
    day = timezone.localdate(now)
    earlier = TestVisit.objects.released_by(day - datetime.timedelta(days=1))

    counts = TestVisit.objects.released_by(day).count_by_outcome()

    assert counts == {"good": 1, "partly": 0, "gap": 0}
    assert earlier.count_by_outcome() == {"good": 0, "partly": 0, "gap": 0}
