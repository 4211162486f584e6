"""What officers are told before rules are saved, and that nothing is saved before."""

import datetime

import pytest

from accounts.enums import Role
from core.enums import AreaKind
from core.models import AuditEvent
from partners.register.enums import PremisesKind, StaffRole
from partners.training.coverage import Coverage, coverage_together
from partners.training.models import Requirement
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory, RequirementFactory
from tests.partners.training.test_viewsets import filled

NEW = "/cms/requirements/new/"
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


@pytest.fixture
def reception(area, today):
    """Return premises with one person at reception for each way to stand."""
    premises = PremisesFactory.create(area=area)
    spells = [
        SpellFactory.create(premises=premises, started_on=today - days(ago))
        for ago in (5, 100, 100, 400)
    ]
    return premises, spells


def edit(requirement):
    return f"/cms/requirements/edit/{requirement.pk}/"


def unchanged(requirement, **changes):
    """Return the form as it is shown, with some changes."""
    as_it_is = {
        "roles": ["reception"],
        "within_days": 30,
        "grace_days": 0,
        "valid_months": 12,
        "window_days": 0,
    }
    return filled(requirement.module, **{**as_it_is, **changes})


def test_preview_tells_of_each_state_and_saves_nothing(
    client_of, officer, area, reception, today
):
    premises, spells = reception
    old = RequirementFactory.create(area=area, within_days=30)
    for spell, until in ((spells[2], today - days(1)), (spells[3], today + days(40))):
        CompletionFactory.create(
            staff_member=spell.staff_member, module=old.module, valid_until=until
        )
    events = AuditEvent.objects.count()

    page = client_of(officer).post(
        edit(old), unchanged(old, within_days=3, people_in_post="included")
    )

    told = page.context["simulation"]
    assert (told.first_day, told.first.meant, told.first.newly_overdue) == (today, 4, 1)
    assert told.standings == [
        ("In date", 1, 1),
        ("Still has time", 1, 0),
        ("Expired", 1, 1),
        ("Never trained", 1, 2),
        ("Nothing required", 0, 0),
    ]
    assert [(day - today).days for day, _ in told.days] == [0, 4, 30, 90]
    newly = [effect.newly_overdue for _, effect in told.days]
    assert newly == [1, 1, 0, 0]
    assert [label for label, _ in told.roles] == ["Reception"]
    assert [(one.premises, one.struck[1:]) for one in told.premises] == [
        (premises, (4, 2, 3, 1))
    ]
    assert "Nothing is saved yet." in page.text
    assert "1 person who is not overdue by the rules as they are" in page.text
    assert Requirement.objects.get() == old
    assert AuditEvent.objects.count() == events


def test_what_was_told_is_what_coverage_counts_after_saving(
    client_of, lead, reception, today
):
    premises, _ = reception
    typed = filled(ModuleFactory.create(), roles=["reception"], within_days=0)
    client = client_of(lead)

    page = client.post(NEW, typed)
    saved = client.post(NEW, {**typed, "confirmed": page.context["confirmation"]})

    assert (saved.status_code, saved.url) == (302, "/cms/requirements/")
    told = page.context["simulation"]
    for day, effect in told.days:
        assert coverage_together(day=day, premises=[premises]) == effect.then
    assert (told.first.now, told.first.then.never_trained) == (Coverage(4), 0)
    assert told.worst.then == Coverage(4, 4, never_trained=4)


def test_going_back_keeps_what_was_typed(client_of, officer, area):
    old = RequirementFactory.create(area=area)

    page = client_of(officer).post(
        edit(old), {**filled(old.module, within_days=11), "change_again": "1"}
    )

    form = page.context["form"]
    assert (form["within_days"].value(), form["roles"].value()) == (
        "11",
        ["reception", "bar"],
    )
    assert "See what this would do" in page.text
    assert Requirement.objects.get() == old


def test_preview_carries_what_was_typed_and_no_token_of_the_page(
    client_of, officer, area
):
    old = RequirementFactory.create(area=area)
    typed = filled(old.module)

    page = client_of(officer).post(edit(old), {**typed, "csrfmiddlewaretoken": "x"})

    flat = [
        (name, str(one))
        for name, value in typed.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    assert page.context["typed"] == flat


def test_rules_as_they_are_cannot_be_saved_again(client_of, officer, area):
    old = RequirementFactory.create(area=area)

    page = client_of(officer).post(edit(old), unchanged(old))

    assert "You changed nothing. The rules stay as they are." in page.text
    assert "Save these rules" not in page.text


def test_rules_for_nobody_say_so(client_of, lead, reception):
    page = client_of(lead).post(
        NEW, filled(ModuleFactory.create(), roles=["bar"], premises_kind="taxi")
    )

    assert "Nobody is affected: from" in page.text
    assert "They hold for whoever starts there." in page.text
    assert "Save these rules" in page.text


def test_change_that_moves_nobody_says_so(client_of, officer, area, reception):
    old = RequirementFactory.create(area=area)

    page = client_of(officer).post(edit(old), unchanged(old, valid_months=6))

    assert "Nobody's standing changes" in page.text.replace("&#x27;", "'")
    assert page.context["simulation"].first.meant == 4


def test_ending_counts_from_the_day_after_the_last(
    client_of, officer, area, reception, today
):
    old = RequirementFactory.create(area=area)
    client = client_of(officer)
    typed = unchanged(old, ends_on=(today + days(6)).isoformat())

    page = client.post(edit(old), typed)
    client.post(edit(old), {**typed, "confirmed": page.context["confirmation"]})

    told = page.context["simulation"]
    assert told.first_day == today + days(7)
    assert (told.first.now, told.first.then) == (
        Coverage(4, 4, in_grace=1, never_trained=3),
        Coverage(4),
    )
    assert told.first.no_longer_overdue == 3
    old.refresh_from_db()
    assert old.ends_on == today + days(6)


def test_rules_of_an_area_are_counted_there_alone(
    client_of, lead, area, reception, today
):
    elsewhere = SpellFactory.create(premises__kind=PremisesKind.TAXI)
    module = ModuleFactory.create()
    client = client_of(lead)

    own = client.post(NEW, filled(module, roles=["reception"], area=area.pk))
    every = client.post(NEW, filled(module, roles=["reception"]))

    assert [page.context["simulation"].first.meant for page in (own, every)] == [4, 5]
    for page in (own, every):
        shown = [one.premises for one in page.context["simulation"].premises]
        assert shown == [reception[0]]
    assert elsewhere.premises.name not in every.text
    assert "Only premises of your areas are listed." in every.text
    assert "Only premises of your areas are listed." not in own.text


def test_force_counts_its_districts(client_of, reception, area):
    area.parent = AreaFactory.create(kind=AreaKind.FORCE)
    area.save()
    officer = UserFactory.create(roles=[Role.OFFICER], areas=[area.parent])

    page = client_of(officer).post(
        NEW,
        filled(ModuleFactory.create(), roles=["reception"], area=area.parent.pk),
    )

    assert page.context["simulation"].first.meant == 4


@pytest.mark.parametrize("item_count", (1, 3))
def test_preview_asks_the_same_whatever_it_tells(
    client_of, officer, area, item_count, django_assert_num_queries
):
    old = RequirementFactory.create(area=area)
    for role in list(StaffRole)[:item_count]:
        for _ in range(item_count):
            SpellFactory.create(premises__area=area, role=role)
    client = client_of(officer)
    typed = filled(old.module, roles=StaffRole.values)
    client.post(edit(old), typed)

    with django_assert_num_queries(46):
        page = client.post(edit(old), typed)

    assert len(page.context["simulation"].premises) == item_count**2
    assert len(page.context["simulation"].roles) == item_count


def test_long_list_of_premises_is_cut_and_says_so(client_of, officer, area):
    for _ in range(12):
        SpellFactory.create(premises__area=area)

    page = client_of(officer).post(
        NEW, filled(ModuleFactory.create(), roles=["reception"], area=area.pk)
    )

    assert len(page.context["simulation"].premises) == 10
    assert "and 2 more premises of your areas" in page.text


@pytest.mark.parametrize(
    ("role", "answer"),
    (
        *((role, "/cms/") for role in (Role.EDITOR, Role.SAFEGUARDING_LEAD)),
        *((role, 403) for role in (Role.TESTER, Role.MANAGER, Role.BOARD)),
    ),
)
def test_who_is_no_officer_is_told_nothing(client_of, area, reception, role, answer):
    old = RequirementFactory.create(area=area)
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    answers = {
        answer.headers.get("Location", answer.status_code)
        for answer in (
            client.post(NEW, filled(old.module, area=area.pk)),
            client.post(edit(old), filled(old.module)),
        )
    }

    assert answers == {answer}


def test_officer_is_told_nothing_of_another_area(client_of, officer):
    old = RequirementFactory.create(area=AreaFactory.create())
    client = client_of(officer)

    shown = client.post(edit(old), filled(old.module))
    for_another = client.post(NEW, filled(old.module, area=old.area_id))

    assert shown.status_code == 404
    assert "simulation" not in for_another.context
    assert set(for_another.context["form"].errors) == {"area"}


def test_program_that_asks_for_json_saves_nothing_unseen(client_of, officer, area):
    old = RequirementFactory.create(area=area)

    client_of(officer).post(
        edit(old), filled(old.module), headers={"accept": "application/json"}
    )

    assert Requirement.objects.get() == old
