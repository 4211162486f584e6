import json
import stat
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.enums import CampaignState, ReviewState
from campaigns.guidance.models import Campaign, CampaignPage, reviewed_pages
from core.models import Area, AuditEvent, Installation
from county.demonstration import CountyError, CountyThereError, Loaded, load_county
from county.words import DISTRICTS
from media.codes.models import Code, ScanCount
from outbox.models import Message
from partners.followups.enums import UNFINISHED_TASK_STATES, RetestState, TaskKind
from partners.followups.models import FollowUpTask, Retest, TaskEvent, TaskLearner
from partners.register.enums import PlaceState
from partners.register.models import (
    AreaPlace,
    ManagerLink,
    Premises,
    Spell,
    StaffMember,
)
from partners.training.coverage import coverage_total
from partners.training.enums import SessionState
from partners.training.models import (
    Attempt,
    Attendance,
    Completion,
    Slip,
    TrainingSession,
)
from partners.training.rules import result_of
from partners.visits.enums import Result, VisitState
from partners.visits.models import Observation, TestVisit
from partners.visits.rules import outcome_of
from partners.visits.services import seen_steps
from tests.factories.register import PremisesFactory
from tests.remembered_rows import made_once

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
_loaded: dict[str, Loaded] = {}


@pytest.fixture
def county(db, tmp_path):
    """Return the county of twelve premises, loaded in earnest once per process."""

    def load():
        _loaded["county"] = load_county(
            premises=12, seed=7, today=TODAY, folder=tmp_path
        )

    made_once("county", load)
    return _loaded["county"]


def digest() -> dict[str, Any]:
    """Return what the county says, without the keys the database gave."""
    return {
        "premises": list(
            Premises.objects.order_by("key").values_list(
                "key", "name", "street", "postcode", "staff_code", "joined_on"
            )
        ),
        "spells": sorted(
            Spell.objects.values_list(
                "staff_member__key", "staff_member__name", "role", "started_on"
            )
        ),
        "completions": sorted(
            Completion.objects.values_list("certificate_code", "valid_from")
        ),
        "visits": sorted(
            TestVisit.objects.values_list("key", "premises__key", "outcome")
        ),
        "tasks": sorted(FollowUpTask.objects.values_list("key", "state", "due_on")),
        "scans": sorted(ScanCount.objects.values_list("code__text", "hour", "n")),
    }


def test_county_is_the_same_for_a_seed_and_a_day(tmp_path):
    digests = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            load_county(premises=5, seed=seed, today=TODAY, folder=tmp_path)
            digests.append(digest())
            transaction.set_rollback(True)

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_county_has_a_past_a_running_and_a_planned_campaign(county):
    noon = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)

    states = {
        campaign.slug: campaign.state_at(noon) for campaign in Campaign.objects.all()
    }

    assert states == {
        "long-evenings": CampaignState.OVER,
        "hotels-that-ask": CampaignState.RUNNING,
        "a-safe-lift-home": CampaignState.PLANNED,
    }
    assert CampaignPage.objects.live().count() == 3
    assert Campaign.objects.exclude(what_came_of_it="").get().slug == "long-evenings"


def test_county_is_invented_and_says_so(county):
    assert county.premises == Premises.objects.filter(is_invented=True).count() == 12
    assert Premises.objects.filter(is_invented=False).count() == 0
    assert Installation.objects.current().is_demonstration
    assert StaffMember.objects.exclude(email="").count() == 0
    assert all(email.endswith("@demo.example") for email in _emails())
    assert all(
        postcode.startswith("ZZ")
        for postcode in Premises.objects.values_list("postcode", flat=True)
    )


def _emails():
    return User.objects.values_list("email", flat=True)


def test_county_turns_over_as_hospitality_does(tmp_path):
    load_county(premises=40, seed=1, today=TODAY, folder=tmp_path)

    year = (TODAY - timedelta(days=364), TODAY)
    leavers = Spell.objects.left_between(*year).count()
    in_post = Spell.objects.in_post(TODAY).count()
    assert 0.65 < leavers / in_post < 0.85
    backgrounds = Counter(StaffMember.objects.values_list("language", flat=True))
    assert set(backgrounds) == {"en", "pl", "ro", "sk", "ur"}


def test_county_trains_by_role_on_the_frozen_words(county):
    total = coverage_total(day=TODAY, areas=Area.objects.all())
    assert 0 < total.covered < total.required < total.in_post
    assert total.never_trained > 0
    assert total.expired > 0
    for attempt in Attempt.objects.select_related("version")[:50]:
        result = result_of(attempt.course, attempt.answers)
        assert (attempt.score, attempt.is_passed) == (result.score, result.is_passed)
    assert Attempt.objects.filter(is_passed=False).exists()
    assert not Completion.objects.filter(attempt__is_passed=False).exists()
    assert not Completion.objects.filter(valid_from__gte=TODAY).exists()


def test_county_held_a_session_and_planned_one(county):
    held, ahead = TrainingSession.objects.order_by("starts_at")

    assert (held.state, ahead.state) == (SessionState.CLOSED, SessionState.PLANNED)
    assert held.day < TODAY < ahead.day
    there = Attendance.objects.standing().filter(session=held)
    earned = Completion.objects.filter(attendance__isnull=False)
    assert {one.attendance for one in earned} == set(there)
    assert {one.valid_from for one in earned} == {held.day}
    assert not Attendance.objects.filter(session=ahead).exists()


def test_county_scores_visits_by_what_was_seen(county):
    released = TestVisit.objects.released()
    assert released.count() > 0
    for visit in released:
        assert visit.outcome == outcome_of(seen_steps(visit), visit.standard)
    unreleased = TestVisit.objects.exclude(state=VisitState.RELEASED)
    assert {visit.outcome for visit in unreleased} == {""}
    assert set(unreleased.values_list("state", flat=True)) == {
        VisitState.PLANNED,
        VisitState.SUBMITTED,
    }


def test_county_follows_each_gap_and_no_other(county):
    gaps = Observation.objects.filter(
        result=Result.NO, visit__state=VisitState.RELEASED
    ).select_related("visit", "item")
    fallen_short = {seen.pk for seen in gaps if seen.item.step in seen.visit.standard}

    followed = set(FollowUpTask.objects.values_list("observation", flat=True))

    assert followed == fallen_short
    with_gap = {seen.visit_id for seen in gaps if seen.pk in fallen_short}
    assert set(Retest.objects.values_list("gap_visit", flat=True)) == with_gap


def test_county_tells_the_history_of_each_task(county):
    for task in FollowUpTask.objects.all():
        states = list(
            TaskEvent.objects.filter(task=task)
            .order_by("at", "pk")
            .values_list("from_state", "to_state")
        )
        assert states[0] == ("", "open")
        for (_, after), (before, _) in pairwise(states):
            assert before == after
        assert states[-1][1] == task.state
    assert FollowUpTask.objects.overdue(TODAY).exists()
    trained = FollowUpTask.objects.filter(
        kind=TaskKind.COMPLETE_MODULE, state="verified"
    )
    learners = TaskLearner.objects.filter(task__in=trained).with_done()
    assert {learner.__dict__["is_done"] for learner in learners} == {True}


def test_county_waits_with_a_retest_until_the_tasks_are_closed(county):
    unfinished = FollowUpTask.objects.filter(state__in=UNFINISHED_TASK_STATES)

    waiting = Retest.objects.filter(gap_visit__in=unfinished.values("visit"))

    assert {retest.state for retest in waiting} == {RetestState.WAITING}
    decided = Retest.objects.exclude(decided_by_visit=None)
    assert decided.exists()
    assert not decided.exclude(decided_by_visit__retest_of=F("gap_visit")).exists()


def test_county_has_posters_and_no_messages_and_no_slips(county):
    assert Code.objects.count() >= 12
    assert ScanCount.objects.exists()
    assert (Message.objects.count(), Slip.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(verb="county.loaded").count() == 1


def test_county_gives_seven_people_a_way_to_sign_in(client, tmp_path):
    load_county(premises=12, seed=7, today=TODAY, folder=tmp_path)
    path = tmp_path / "demo-accounts.json"
    accounts = json.loads(path.read_text())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(accounts) == [
        "officer",
        "area-lead",
        "editor",
        "safeguarding-lead",
        "tester",
        "manager",
        "board",
    ]
    for role, account in accounts.items():
        person = User.objects.get(email=account["email"])
        assert person.check_password(account["password"])
        assert person.roles == {role}
        assert bool(account["totp_secret"]) is person.needs_second_factor
    links = ManagerLink.objects.filter(user__email=accounts["manager"]["email"])
    managed = links.get(premises__isnull=False)
    assert TestVisit.objects.released().filter(premises=managed.premises).exists()


def test_passwords_are_drawn_anew_each_time(tmp_path):
    drawn = []
    for _ in range(2):
        with transaction.atomic():
            load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)
            drawn.append((tmp_path / "demo-accounts.json").read_text())
            transaction.set_rollback(True)

    assert drawn[0] != drawn[1]


def test_county_refuses_to_stand_beside_real_premises(area, tmp_path):
    PremisesFactory.create(area=area)

    with pytest.raises(CountyError, match="real premises"):
        load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_county_refuses_a_real_installation(tmp_path):
    Installation.objects.create(pk=1)

    with pytest.raises(CountyError, match="real installation"):
        load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)

    assert not Installation.objects.get().is_demonstration


def test_county_is_loaded_once(tmp_path):
    load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)

    with pytest.raises(CountyThereError, match="there already"):
        load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)

    assert Premises.objects.count() == 1


def test_commands_load_the_county_and_show_a_code(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("load_county", "--premises", "1", "--today", "2026-11-18")
    call_command("load_county")
    call_command("demo_code", "officer")

    *said, code = capsys.readouterr().out.splitlines()
    assert said[0].startswith("An invented county is ready: 1 premises,")
    assert said[1] == "The county is there already. Nothing was changed."
    accounts = json.loads((tmp_path / "demo-accounts.json").read_text())
    assert validate_totp_code(accounts[Role.OFFICER]["totp_secret"], code)
    assert AuditEvent.objects.get(verb="county.loaded").facts["seed"] == 1


@pytest.mark.parametrize("role", (Role.BOARD, "nobody"))
def test_demo_code_says_who_needs_none(settings, tmp_path, role):
    settings.VAR_DIR = tmp_path
    if role == Role.BOARD:
        load_county(premises=1, seed=1, today=TODAY, folder=tmp_path)

    with pytest.raises(CommandError, match=f"in the role “{role}” is asked"):
        call_command("demo_code", role)


def test_load_county_refuses_no_premises_and_real_neighbours(area):
    with pytest.raises(CommandError, match="at least one"):
        call_command("load_county", "--premises", "0")
    PremisesFactory.create(area=area)
    with pytest.raises(CommandError, match="real premises"):
        call_command("load_county")


def test_county_has_reviewed_pages_overdue_ones_and_one_nobody_has_read(county):
    pages = reviewed_pages()

    assert {
        state: pages.in_review_state(state, TODAY).exists() for state in ReviewState
    } == dict.fromkeys(ReviewState, True)
    assert pages.in_review_state(ReviewState.NEVER, TODAY).count() == 1


def test_county_has_more_hotels_than_take_part(county):
    lodging = Premises.objects.active().filter(kind__in=["hotel", "bnb"])
    lines = AreaPlace.objects.sign_up()

    assert {line.area_name for line in lines} == set(DISTRICTS)
    assert sum(line.taking_part for line in lines) == lodging.count()
    assert all(line.places >= line.taking_part + 4 for line in lines)
    assert AreaPlace.objects.unanswered().exists()
    assert AreaPlace.objects.in_state(PlaceState.SAID_NO).exists()


def test_county_has_a_chain_with_regions_contacts_and_a_head(county):
    head = ManagerLink.objects.get(organisation__isnull=False)
    houses = Premises.objects.filter(region__isnull=False)

    regions = set(houses.values_list("region__name", flat=True))
    assert regions == {"North", "South"}
    assert {one.contacts.count() for one in houses} == {2}
    assert all(one.organisation == head.organisation for one in houses)
    assert set(houses) <= set(Premises.objects.managed_by(head.user))
