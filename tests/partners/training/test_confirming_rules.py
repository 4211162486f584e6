"""A confirmation is of just the rules that were shown, over just those there were."""

import datetime

import pytest

from accounts.enums import Role
from partners.training.models import Requirement
from partners.training.services import (
    PlanUnseenError,
    change_requirement,
    plan_change,
)
from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import SpellFactory
from tests.factories.training import RequirementFactory
from tests.partners.training.test_viewsets import filled

NEW = "/cms/requirements/new/"
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


def edit(requirement):
    return f"/cms/requirements/edit/{requirement.pk}/"


@pytest.mark.parametrize("confirmed", ("", "x", "taken"))
def test_only_the_officer_who_was_shown_it_confirms(client_of, lead, area, confirmed):
    typed = filled(ModuleFactory.create())
    other = UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])
    taken = client_of(other).post(NEW, typed).context["confirmation"]

    page = client_of(lead).post(
        NEW, {**typed, "confirmed": taken if confirmed == "taken" else confirmed}
    )

    assert "Nothing was saved" in page.context["refusal"]
    assert page.context["confirmation"] != taken
    assert Requirement.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    (
        {"within_days": 15},
        {"roles": ["reception"]},
        {"ends_on": "2099-01-01"},
        {"people_in_post": "included"},
    ),
)
def test_other_values_than_the_previewed_ones_are_previewed_anew(
    client_of, officer, area, changes
):
    old = RequirementFactory.create(area=area)
    client = client_of(officer)
    typed = filled(old.module)
    token = client.post(edit(old), typed).context["confirmation"]

    page = client.post(edit(old), {**typed, **changes, "confirmed": token})
    again = page.context["confirmation"]
    saved = client.post(edit(old), {**typed, **changes, "confirmed": again})

    assert "Nothing was saved" in page.text
    assert saved.status_code == 302
    assert Requirement.objects.get(follows=old).earlier_within_days == (
        None if "people_in_post" in changes else 30
    )


def test_rules_that_somebody_else_changed_meanwhile_are_previewed_anew(
    client_of, officer, area, today
):
    old = RequirementFactory.create(area=area)
    client, typed = client_of(officer), filled(old.module)
    token = client.post(edit(old), typed).context["confirmation"]
    Requirement.objects.filter(pk=old.pk).update(grace_days=9)

    page = client.post(edit(old), {**typed, "confirmed": token})

    assert "Nothing was saved" in page.text
    assert page.context["plan"].requirement.earlier_grace_days == 9
    assert Requirement.objects.get() == old


def test_another_requirement_of_the_module_meanwhile_is_previewed_anew(
    client_of, officer, area
):
    old = RequirementFactory.create(area=area)
    client, typed = client_of(officer), filled(old.module)
    token = client.post(edit(old), typed).context["confirmation"]
    RequirementFactory.create(module=old.module, within_days=1)

    page = client.post(edit(old), {**typed, "confirmed": token})

    assert "Nothing was saved" in page.text
    assert not Requirement.objects.filter(follows=old).exists()


def test_people_who_come_meanwhile_stop_no_confirmation(client_of, officer, area):
    old = RequirementFactory.create(area=area)
    client, typed = client_of(officer), filled(old.module)
    token = client.post(edit(old), typed).context["confirmation"]
    SpellFactory.create(premises__area=area)

    saved = client.post(edit(old), {**typed, "confirmed": token})

    assert saved.status_code == 302
    assert Requirement.objects.filter(follows=old).exists()


def test_confirmation_of_yesterday_is_none_today(officer, area, today):
    old = RequirementFactory.create(area=area)
    chosen = {
        "requirement": old,
        "wanted": Requirement(within_days=3),
        "roles": ["bar"],
        "applies_on": today + days(9),
        "spares_people_in_post": True,
    }
    shown = plan_change(**chosen, today=today).confirmation_by(officer)

    with pytest.raises(PlanUnseenError):
        change_requirement(
            **chosen, today=today + days(1), actor=officer, confirmed=shown
        )
    change_requirement(**chosen, today=today, actor=officer, confirmed=shown)

    assert Requirement.objects.get(follows=old).within_days == 3
