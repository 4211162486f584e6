from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.portal.line_chart import FEWEST, line_chart, share_words
from partners.register.models import Ownership
from partners.training.coverage import Coverage, LinePoint
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    SpellFactory,
)

TODAY = date(2026, 11, 18)


def figures(covered: int, required: int) -> Coverage:
    return Coverage(
        in_post=required,
        required=required,
        covered=covered,
        never_trained=required - covered,
    )


def year(*shares: Coverage | None) -> list[LinePoint]:
    """Return a point a week, the last of them today."""
    first = TODAY - timedelta(weeks=len(shares) - 1)
    return [
        LinePoint(first + timedelta(weeks=number), coverage)
        for number, coverage in enumerate(shares)
    ]


def test_line_runs_from_the_first_day_to_the_last_and_up_with_the_share():
    chart = line_chart(year(figures(0, 10), figures(5, 10), figures(10, 10)))

    assert [stroke.points for stroke in chart.strokes] == [
        ((0, 200), (500, 100), (1000, 0))
    ]
    assert chart.strokes[0].path == "M0 200L500 100L1000 0L1000 0"
    assert chart.summary == (
        "0 % on 4 November 2026, 100 % on 18 November 2026. "
        "Lowest: 0 % on 4 November 2026."
    )


@pytest.mark.parametrize(
    ("unknown", "words"),
    (
        (None, "not counted"),
        (Coverage(), "nobody needed training"),
        (figures(1, FEWEST - 1), "too few to tell"),
    ),
)
def test_line_has_a_gap_where_there_is_nothing_to_tell(unknown, words):
    chart = line_chart(
        year(figures(1, 5), figures(2, 5), unknown, figures(3, 5), figures(4, 5))
    )

    assert [len(stroke.points) for stroke in chart.strokes] == [2, 2]
    assert [row.share for row in chart.rows] == ["80 %", "60 %", words, "40 %", "20 %"]


def test_share_is_told_from_so_many_people_on():
    assert share_words(figures(4, FEWEST)) == "80 %"
    assert share_words(figures(4, FEWEST - 1)) == "too few to tell"


@pytest.mark.parametrize(
    ("points", "is_drawn", "has_counts"),
    (
        (year(None, None, figures(9, 10)), False, False),
        (year(None, figures(2, 3), figures(2, 3)), False, True),
        (year(figures(9, 10), None, figures(9, 10)), False, True),
        (year(None, figures(9, 10), figures(9, 10)), True, True),
    ),
)
def test_line_takes_two_points_side_by_side(points, is_drawn, has_counts):
    chart = line_chart(points)

    assert (chart.is_drawn, chart.has_counts) == (is_drawn, has_counts)


def test_days_of_an_earlier_owner_are_left_out():
    points = year(figures(9, 10), figures(8, 10), figures(7, 10))

    chart = line_chart(points, since=points[1].day)

    assert [row.share for row in chart.rows] == ["70 %", "80 %", "not counted"]
    assert chart.rows[-1].coverage is None


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


def keep(premises, *, weeks: int, covered: int, required: int) -> None:
    day = timezone.localdate() - timedelta(weeks=weeks)
    for level, subject in (
        (CoverageLevel.EVERYBODY, 0),
        (CoverageLevel.PREMISES, premises.pk),
    ):
        CoverageDay.objects.create(
            level=level,
            subject_id=subject,
            day=day,
            in_post=required,
            required=required,
            covered=covered,
            in_grace=0,
            expired=0,
            never_trained=required - covered,
        )


def chart_at_home(link, client_of):
    response = client_of(link.user).get(
        reverse("portal:premises", args=[link.premises.key])
    )
    return response.context["chart"], response.text


def test_home_draws_the_year_that_is_kept(link, client_of):
    SpellFactory.create(premises=link.premises)
    keep(link.premises, weeks=3, covered=4, required=8)
    keep(link.premises, weeks=2, covered=6, required=8)

    chart, page = chart_at_home(link, client_of)

    assert [row.share for row in chart.rows[:4]] == [
        "nobody needed training",
        "not counted",
        "75 %",
        "50 %",
    ]
    assert len(chart.rows) == 53
    assert f'd="{chart.strokes[0].path}"' in page
    assert "6 of 8" in page


def test_home_says_why_there_is_no_line(link, client_of):
    SpellFactory.create(premises=link.premises)

    _chart, page = chart_at_home(link, client_of)

    assert "There is nothing to draw yet." in page


def test_home_of_few_people_says_so_in_words(link, client_of):
    SpellFactory.create(premises=link.premises)
    keep(link.premises, weeks=2, covered=1, required=2)
    keep(link.premises, weeks=1, covered=1, required=2)

    chart, page = chart_at_home(link, client_of)

    assert not chart.is_drawn
    assert "Too few people for a line" in page
    assert "1 of 2" in page


def test_home_shows_nothing_of_the_owner_before(link, client_of):
    premises = link.premises
    SpellFactory.create(premises=premises)
    keep(premises, weeks=3, covered=4, required=8)
    keep(premises, weeks=1, covered=7, required=8)
    Ownership.objects.create(
        premises=premises,
        organisation=OrganisationFactory.create(),
        from_on=timezone.localdate() - timedelta(weeks=2),
        recorded_at=timezone.now(),
        recorded_by=link.user,
    )

    chart, page = chart_at_home(link, client_of)

    assert [row.share for row in chart.rows[1:4]] == [
        "87 %",
        "not counted",
        "not counted",
    ]
    assert "4 of 8" not in page
