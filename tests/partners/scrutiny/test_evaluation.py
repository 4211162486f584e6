from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import Area
from partners.scrutiny.evaluation import Verdict, evaluate
from partners.scrutiny.published import published_rounds
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay
from partners.visits.enums import Outcome, VisitState
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory
from tests.factories.visits import ScenarioFactory, TestVisitFactory, make_visit

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 10)
SPAN = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def released_visit(premises, outcome, day=DAY, **fields):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return TestVisitFactory.create(
        premises=premises,
        state=VisitState.RELEASED,
        outcome=outcome,
        visited_on=day,
        submitted_at=at,
        released_at=at + timedelta(hours=3),
        **fields,
    )


def keep_coverage(premises, *, covered, required, day=DAY):
    return CoverageDay.objects.create(
        level=CoverageLevel.PREMISES,
        subject_id=premises.pk,
        day=day,
        in_post=required,
        required=required,
        covered=covered,
        in_grace=0,
        expired=0,
        never_trained=required - covered,
    )


def evaluated(area, **changes):
    return evaluate(areas=Area.objects.filter(pk=area.pk), **(SPAN | changes))


def counts(group):
    return (group.share.count, group.share.total)


def test_first_visits_of_the_areas_and_days_are_counted(area):
    hotel = PremisesFactory.create(area=area)
    first = released_visit(hotel, Outcome.GAP)
    released_visit(hotel, Outcome.GOOD, day=SPAN["last"])
    released_visit(hotel, Outcome.PARTLY, day=SPAN["first"])
    released_visit(hotel, Outcome.GOOD, retest_of=first)
    released_visit(hotel, "")
    released_visit(hotel, Outcome.GOOD, day=SPAN["first"] - timedelta(days=1))
    released_visit(PremisesFactory.create(), Outcome.GOOD)

    found = evaluated(area)

    assert counts(found.total) == (1, 3)
    assert counts(found.retests) == (1, 1)
    assert found.unjudged == 1


@pytest.mark.parametrize(
    "state", (VisitState.PLANNED, VisitState.SUBMITTED, VisitState.RETURNED)
)
def test_unreleased_visit_is_in_no_figure(area, state):
    make_visit(
        premises=PremisesFactory.create(area=area),
        state=state,
        outcome=Outcome.GOOD,
        visited_on=DAY,
    )

    found = evaluated(area)

    assert (found.total, found.retests, found.unjudged) == (None, None, 0)
    assert [dimension.groups for dimension in found.dimensions] == [[], [], []]


def test_groups_show_their_difficulty_beside_the_share(area):
    easy = ScenarioFactory.create(title="A easy", cues=["a"] * 6, pressure=1)
    hard = ScenarioFactory.create(title="B hard", cues=["a"], pressure=3)
    hotel = PremisesFactory.create(area=area, kind="hotel")
    taxi = PremisesFactory.create(area=area, kind="taxi")
    released_visit(hotel, Outcome.GOOD, scenario=easy)
    released_visit(taxi, Outcome.GAP, scenario=hard)

    area_groups, kinds, scenarios = (
        dimension.groups for dimension in evaluated(area).dimensions
    )

    assert [counts(group) for group in area_groups] == [(1, 2)]
    assert area_groups[0].label == area.name
    assert {counts(group) for group in kinds} == {(1, 1), (0, 1)}
    assert [(group.label, group.difficulty) for group in scenarios] == [
        ("A easy", easy.difficulty),
        ("B hard", hard.difficulty),
    ]


def test_before_and_after_leaves_retests_out(area):
    hotel = PremisesFactory.create(area=area)
    released_visit(PremisesFactory.create(area=area), Outcome.GOOD)
    first = released_visit(hotel, Outcome.GAP, day=DAY)
    later = DAY + timedelta(days=60)
    released_visit(hotel, Outcome.GOOD, day=later, retest_of=first)

    alone = evaluated(area).comparisons[0]
    released_visit(hotel, Outcome.GOOD, day=later)
    again = evaluated(area).comparisons[0]

    assert (alone.before, alone.points, alone.verdict) == (None, None, "too-few")
    assert (counts(again.before), counts(again.after)) == ((0, 1), (1, 1))
    assert again.points["middle"] == 100
    assert again.verdict == Verdict.TOO_FEW


def test_trained_premises_are_told_by_what_was_kept_of_the_day(area):
    shares = ((5, 10), (4, 10), (0, 0))
    for covered, required in shares:
        premises = PremisesFactory.create(area=area)
        keep_coverage(premises, covered=covered, required=required)
        released_visit(premises, Outcome.GOOD if covered == 5 else Outcome.GAP)
    unknown = PremisesFactory.create(area=area)
    keep_coverage(unknown, covered=1, required=1, day=DAY - timedelta(days=1))
    released_visit(unknown, Outcome.GOOD)

    comparison = evaluated(area).comparisons[1]

    assert counts(comparison.before) == (0, 1)
    assert counts(comparison.after) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    (
        ((2, 9), (9, 9), Verdict.TOO_FEW),
        ((4, 10), (6, 10), Verdict.UNCLEAR),
        ((1, 12), (11, 12), Verdict.MORE),
        ((11, 12), (1, 12), Verdict.FEWER),
    ),
)
def test_verdict_rules_out_chance_or_says_it_cannot(area, before, after, verdict):
    for covered, (good, total) in ((0, before), (10, after)):
        for number in range(total):
            premises = PremisesFactory.create(area=area)
            keep_coverage(premises, covered=covered, required=10)
            released_visit(premises, Outcome.GOOD if number < good else Outcome.GAP)

    assert evaluated(area).comparisons[1].verdict == verdict


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_shows_the_officers_own_areas(
    client_of, area, officer, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        released_visit(PremisesFactory.create(area=area), Outcome.GOOD)
    released_visit(PremisesFactory.create(), Outcome.GAP)
    client = client_of(officer)
    address = reverse("evaluation", query={"first": "2026-01-01", "last": "2026-12-31"})
    client.get(address)

    with django_assert_num_queries(13):
        page = client.get(address)

    assert counts(page.context["evaluation"].total) == (item_count, item_count)
    assert "too few to tell" in page.text
    assert "Published by others" in page.text


def test_days_that_do_not_fit_get_a_sentence(client_of, officer):
    client = client_of(officer)

    turned = client.get(
        reverse("evaluation"), {"first": "2026-12-31", "last": "2026-01-01"}
    )
    absurd = client.get(reverse("evaluation"), {"first": "yesterday"})
    usual = client.get(reverse("evaluation"))

    assert (turned.status_code, absurd.status_code) == (422, 422)
    assert "The last day lies before the first." in turned.text
    assert "This is not a day." in absurd.text
    assert usual.status_code == 200
    assert "No visit of this time has been released" in usual.text


def test_officers_alone_find_the_page(client_of, area, officer):
    assert reverse("evaluation") in client_of(officer).get("/cms/").text
    for role in (Role.EDITOR, Role.TESTER, Role.BOARD, Role.MANAGER):
        person = UserFactory.create(roles=[role], areas=[area])
        assert client_of(person).get(reverse("evaluation")).status_code in {
            302,
            403,
            404,
        }


def test_published_rounds_are_history_and_name_no_premises():
    rounds = published_rounds()

    hotels = [one for one in rounds if "hotels" in one.where]
    assert len(rounds) == 13
    # domain.md 2.5: pooled over hotel rows with both numbers.
    assert sum(one.share.count for one in hotels) == 35
    assert sum(one.share.total for one in hotels) == 89
    assert all(one.share.count <= one.share.total for one in rounds)


def test_area_of_others_is_in_no_group(area):
    released_visit(PremisesFactory.create(area=AreaFactory.create()), Outcome.GOOD)

    assert evaluated(area).total is None
