import datetime

import pytest

from accounts.enums import Role
from core.enums import AreaKind
from core.models import AuditEvent
from partners.training.models import Requirement
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory
from tests.factories.training import RequirementFactory


def filled(module, **changes):
    return {
        "module": module.pk,
        "roles": ["reception", "bar"],
        "area": "",
        "premises_kind": "",
        "within_days": 14,
        "valid_months": 6,
        "starts_on": "2026-01-01",
        "ends_on": "",
        **changes,
    }


@pytest.fixture
def lead(area):
    return UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])


@pytest.mark.parametrize("item_count", (1, 3))
def test_officer_sees_what_applies_in_their_areas(
    client_of, officer, area, item_count, django_assert_num_queries
):
    force = AreaFactory.create(kind=AreaKind.FORCE)
    area.parent = force
    area.save()
    shown = [
        RequirementFactory.create(area=[None, force, area][number])
        for number in range(item_count)
    ]
    RequirementFactory.create(area=AreaFactory.create())
    client = client_of(officer)
    client.get("/cms/requirements/")

    with django_assert_num_queries(15):
        page = client.get("/cms/requirements/")

    assert {entry.pk for entry in page.context["object_list"]} == {
        entry.pk for entry in shown
    }


def test_lead_requires_a_module_everywhere(client_of, lead):
    module = ModuleFactory.create()

    client_of(lead).post("/cms/requirements/new/", filled(module))

    requirement = Requirement.objects.get()
    assert (requirement.area, requirement.within_days) == (None, 14)
    roles = requirement.required_roles.order_by("role")
    assert [entry.role for entry in roles] == ["bar", "reception"]
    event = AuditEvent.objects.about(requirement).get()
    assert (event.verb, event.actor) == ("requirement.added", lead)
    assert event.facts["roles"] == ["bar", "reception"]


def test_officer_changes_a_requirement_of_their_own_area(client_of, officer, area):
    requirement = RequirementFactory.create(area=area)

    client_of(officer).post(
        f"/cms/requirements/edit/{requirement.pk}/",
        filled(requirement.module, area=area.pk, roles=["bar"], ends_on="2026-12-31"),
    )

    requirement.refresh_from_db()
    assert requirement.ends_on == datetime.date(2026, 12, 31)
    assert [entry.role for entry in requirement.required_roles.all()] == ["bar"]
    event = AuditEvent.objects.about(requirement).get()
    assert event.verb == "requirement.changed"


def test_officer_cannot_require_for_every_area_or_for_another(client_of, officer):
    module = ModuleFactory.create()
    client = client_of(officer)

    everywhere = client.post("/cms/requirements/new/", filled(module))
    elsewhere = client.post(
        "/cms/requirements/new/", filled(module, area=AreaFactory.create().pk)
    )

    assert set(everywhere.context["form"].errors) == {"area"}
    assert set(elsewhere.context["form"].errors) == {"area"}
    assert Requirement.objects.count() == 0


def test_officer_cannot_change_what_is_not_theirs(client_of, officer):
    everywhere = RequirementFactory.create()
    elsewhere = RequirementFactory.create(area=AreaFactory.create())
    client = client_of(officer)

    statuses = [
        client.post(
            f"/cms/requirements/edit/{entry.pk}/", filled(entry.module)
        ).status_code
        for entry in (everywhere, elsewhere)
    ]

    assert statuses == [404, 404]
    assert set(Requirement.objects.values_list("within_days", flat=True)) == {30}


def test_requirement_needs_a_role_and_days_in_order(client_of, lead):
    refused = client_of(lead).post(
        "/cms/requirements/new/",
        filled(ModuleFactory.create(), roles=[], ends_on="2025-01-01"),
    )

    assert refused.context["form"].errors == {
        "roles": ["Choose at least one role."],
        "ends_on": ["The last day lies before the first."],
    }


def test_requirement_is_ended_never_deleted(client_of, lead):
    requirement = RequirementFactory.create()

    client_of(lead).post(f"/cms/requirements/delete/{requirement.pk}/")

    assert Requirement.objects.count() == 1


def test_editor_does_not_see_requirements(client_of, area):
    editor = UserFactory.create(roles=[Role.EDITOR])

    refused = client_of(editor).get("/cms/requirements/")

    assert (refused.status_code, refused.url) == (302, "/cms/")
