from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from partners.register.enums import StaffRole
from partners.visits.enums import Outcome
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import complete_module, require
from tests.factories.learning import ModuleFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.partners.scrutiny.test_indicators import released_visit

pytestmark = pytest.mark.django_db

BOARD = reverse("scrutiny:board")


@pytest.fixture
def member(area, client_of):
    return client_of(UserFactory.create(roles=[Role.BOARD], areas=[area]))


def words_of(page):
    return " ".join(page.text.split())


def test_board_shows_each_figure_with_denominator_day_and_definition(area, member):
    PremisesFactory.create(area=area, name="Lantern House")

    page = member.get(BOARD)

    assert [stat.key for stat in page.context["stats"]] == [
        "premises",
        "coverage",
        "starters-14",
        "starters-30",
        "half-life",
        "starters",
        "leavers",
        "tasks",
        "overdue",
        "loop",
    ]
    for stat in page.context["stats"]:
        assert all((stat.figure, stat.denominator, stat.date_text, stat.definition))
        assert f'id="definition-{stat.key}"' in page.text
    assert "Lantern House" not in page.text


def test_board_names_no_premises_and_no_person(area, member):
    premises = PremisesFactory.create(area=area, name="Lantern House")
    require(ModuleFactory.create(), StaffRole.RECEPTION)
    for _ in range(7):
        SpellFactory.create(premises=premises, staff_member__name="Zofia Secret")
    for outcome in [Outcome.GOOD] * 4 + [Outcome.GAP] * 8:
        released_visit(premises, outcome)

    page = member.get(BOARD, {"day": "2026-11-18"})

    words = words_of(page)
    assert "Lantern House" not in words
    assert "Zofia" not in words
    assert "0 of 7 who need training" in words
    assert "4 of 12" in words
    assert "14 % to 61 %" in words
    assert words.count("too few to tell") >= 2


def test_board_hides_small_groups(area, member):
    premises = PremisesFactory.create(area=area)
    require(ModuleFactory.create(), StaffRole.RECEPTION)
    for _ in range(3):
        SpellFactory.create(premises=premises)
        released_visit(premises, Outcome.GOOD)

    page = member.get(BOARD, {"day": "2026-11-18"})

    words = words_of(page)
    assert page.context["parts"] == []
    assert "fewer than 5 who need training" in words
    assert "Fewer than 5 visits: too few to tell, and too few to show." in words
    assert "of 3" not in words


@pytest.mark.parametrize(
    ("covered", "figure"), ((0, "0 %"), (4, "fewer than 5"), (5, "71 %"))
)
def test_no_share_gives_a_small_number_of_people_away(
    area, member, now, covered, figure
):
    module = ModuleFactory.create()
    require(module, StaffRole.RECEPTION)
    spells = SpellFactory.create_batch(7, premises=PremisesFactory.create(area=area))
    for spell in spells[:covered]:
        complete_module(spell.staff_member, module, started_at=now - timedelta(days=1))

    page = member.get(BOARD, {"day": "2026-11-18"})

    stats = {stat.key: stat for stat in page.context["stats"]}
    assert stats["coverage"].figure == figure
    assert ("57 %" in page.text, "71 %" in page.text) == (False, covered == 5)


@pytest.mark.parametrize(
    ("day", "sentence"),
    (
        ("yesterday", "This is not a day. Write it like 2026-11-18 or 18/11/2026."),
        ("2026-13-40", "This is not a day. Write it like 2026-11-18 or 18/11/2026."),
        ("2999-01-01", "Choose today or an earlier day."),
        ("0001-01-01", "Choose a day in this century."),
    ),
)
def test_board_answers_a_bad_day_with_a_sentence(member, day, sentence):
    page = member.get(BOARD, {"day": day})

    assert page.status_code == 422
    assert page.context["form"].errors == {"day": [sentence]}
    assert page.context["figures"] is None


@pytest.mark.parametrize(
    ("query", "days_ago"), (({}, 0), ({"day": ""}, 0), ({"day": "EARLIER"}, 400))
)
def test_board_shows_the_day_chosen(member, query, days_ago):
    day = timezone.localdate() - timedelta(days=days_ago)
    if query.get("day"):
        query = {"day": day.isoformat()}

    page = member.get(BOARD, query)

    assert page.context["figures"].day == day


def test_board_counts_the_own_areas_only(member):
    PremisesFactory.create(area=AreaFactory.create())

    page = member.get(BOARD)

    assert page.context["figures"].premises == 0


def test_board_member_without_area_is_told_whom_to_ask(client_of):
    member = client_of(UserFactory.create(roles=[Role.BOARD]))

    page = member.get(BOARD)

    assert "Ask the area lead" in page.text
    assert page.context["figures"] is None


@pytest.mark.parametrize("role", (Role.OFFICER, Role.AREA_LEAD))
def test_officers_may_open_the_board_page(client_of, area, role):
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    assert client.get(BOARD).context["figures"].premises == 0


@pytest.mark.parametrize("role", (Role.EDITOR, Role.TESTER, Role.MANAGER))
def test_others_may_not(client_of, area, role):
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    assert client.get(BOARD).status_code == 403


def test_a_manager_with_premises_may_not(client_of, area):
    link = ManagerLinkFactory.create(premises__area=area)

    assert client_of(link.user).get(BOARD).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(BOARD).url == f"/accounts/login/?next={BOARD}"


def test_board_is_for_reading_only(member):
    assert member.post(BOARD).status_code == 405


@pytest.mark.parametrize("item_count", (1, 3))
def test_board_costs_the_same_however_much_there_is(
    area, member, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        premises = PremisesFactory.create(area=area)
        SpellFactory.create(premises=premises)
        released_visit(premises, Outcome.GAP)

    with django_assert_num_queries(18):
        page = member.get(BOARD, {"day": "2026-11-18"})

    assert page.context["figures"].premises == item_count
