import datetime

import pytest
from django.utils import timezone

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
        "shift": "",
        "within_days": 14,
        "grace_days": 7,
        "renewal": "rolling",
        "valid_months": 6,
        "window_days": 30,
        "season_opens_day": "",
        "season_opens_month": "",
        "season_closes_day": "",
        "season_closes_month": "",
        "late_starters": "own",
        "late_starter_days": 0,
        "starts_on": timezone.localdate().isoformat(),
        "applies_on": timezone.localdate().isoformat(),
        "people_in_post": "spared",
        "ends_on": "",
        **changes,
    }


def save(client, path, typed):
    """Look at what it would do, as everybody has to, and save it."""
    shown = client.post(path, typed)
    return client.post(path, {**typed, "confirmed": shown.context["confirmation"]})


SEASON = {
    "renewal": "season",
    "season_opens_day": "01",
    "season_opens_month": "09",
    "season_closes_day": "31",
    "season_closes_month": "10",
    "late_starters": "next",
    "late_starter_days": 20,
    "window_days": 30,
}


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

    save(client_of(lead), "/cms/requirements/new/", filled(module))

    requirement = Requirement.objects.get()
    assert (requirement.area, requirement.within_days) == (None, 14)
    roles = requirement.required_roles.order_by("role")
    assert [entry.role for entry in roles] == ["bar", "reception"]
    event = AuditEvent.objects.about(requirement).get()
    assert (event.verb, event.actor) == ("requirement.added", lead)
    assert event.facts["roles"] == ["bar", "reception"]


def test_officer_changes_a_requirement_of_their_own_area(client_of, officer, area):
    old = RequirementFactory.create(area=area)
    today = timezone.localdate()

    save(
        client_of(officer),
        f"/cms/requirements/edit/{old.pk}/",
        filled(ModuleFactory.create(), area=area.pk, roles=["bar"]),
    )

    old.refresh_from_db()
    assert old.ends_on == today - datetime.timedelta(days=1)
    new = old.followed_by
    assert (new.starts_on, new.within_days, new.earlier_within_days) == (today, 14, 30)
    assert (new.module, new.area) == (old.module, area)
    assert [entry.role for entry in new.required_roles.all()] == ["bar"]
    event = AuditEvent.objects.about(new).get()
    assert (event.verb, event.actor) == ("requirement.changed", officer)
    assert event.facts["spares_people_in_post"] is True


def test_lead_asks_for_a_season(client_of, lead):
    save(
        client_of(lead),
        "/cms/requirements/new/",
        filled(ModuleFactory.create(), **SEASON),
    )

    made = Requirement.objects.get()
    assert (made.season_opens, made.season_closes) == ("09-01", "10-31")
    assert (made.late_starters, made.late_starter_days) == ("next", 20)
    assert made.renewal_text == "each year, 1 September to 31 October"


@pytest.mark.parametrize(
    ("changes", "errors"),
    (
        (
            {"season_opens_day": "", "season_opens_month": ""},
            {"season_opens": ["Say from which day to which the season is."]},
        ),
        (
            {"season_opens_day": "29", "season_opens_month": "02"},
            {"season_opens": ["Choose a day that every year has."]},
        ),
        (
            {"late_starter_days": 0},
            {"late_starter_days": ["Say how many days at the end count as late."]},
        ),
        (
            {"late_starter_days": 62},
            {"late_starter_days": ["The season is shorter than that."]},
        ),
        (
            {"season_opens_day": "01", "season_opens_month": "01"},
            {"window_days": ["Season and early days would fill the year."]},
        ),
        (
            {"renewal": "rolling", "valid_months": 1},
            {"window_days": ["That is longer than the module is valid."]},
        ),
        (
            {"starts_on": "2026-01-01"},
            {
                "__all__": [
                    (
                        "Rules cannot begin before today: days that have passed "
                        "would be judged by them afterwards."
                    )
                ]
            },
        ),
    ),
)
def test_rules_that_cannot_be_are_refused_in_words(client_of, lead, changes, errors):
    refused = client_of(lead).post(
        "/cms/requirements/new/",
        filled(ModuleFactory.create(), **{**SEASON, **changes}),
    )

    assert refused.context["form"].errors == errors
    assert Requirement.objects.count() == 0


def test_form_of_a_change_names_the_module_and_leaves_for_whom(client_of, lead):
    old = RequirementFactory.create(module__title="At the front desk")

    page = client_of(lead).get(f"/cms/requirements/edit/{old.pk}/")

    assert "At the front desk</h" in page.text.replace("\n", "").replace("  ", "")
    fields = page.context["form"].fields
    assert {name for name, field in fields.items() if field.disabled} == {
        *("module", "area", "premises_kind", "shift")
    }
    assert page.context["form"]["applies_on"].value() == timezone.localdate()


def test_refused_change_keeps_what_was_typed(client_of, lead):
    old = RequirementFactory.create()

    refused = client_of(lead).post(
        f"/cms/requirements/edit/{old.pk}/",
        filled(old.module, within_days=9, applies_on="2026-01-01"),
    )

    form = refused.context["form"]
    assert form.non_field_errors() == [
        "New rules hold from today or a later day, never for the past."
    ]
    assert form["within_days"].value() == "9"
    assert Requirement.objects.count() == 1


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


SIDE_PAGES = ("edit", "history", "history-results", "usage", "delete")
HIDDEN_PAGES = ("copy", "inspect", "reorder")
ELSEWHERE = (
    "/cms/bulk/training/requirement/delete/?id={}",
    "/cms/snippets/training/requirement/edit/{}/",
    "/cms/choosers/requirement/chosen/{}/",
    "/api/v2/requirements/{}/",
)


def opened(client, requirement, pages):
    """Return what each page of a requirement answers, asked and told."""
    paths = {page: f"/cms/requirements/{page}/{requirement.pk}/" for page in pages}
    return {
        page: tuple(
            answer.headers.get("Location", answer.status_code)
            for answer in (client.get(path), client.post(path, {}))
        )
        for page, path in paths.items()
    }


def test_officer_opens_the_pages_of_their_own_requirement(client_of, officer, area):
    own = RequirementFactory.create(area=area)

    answers = opened(client_of(officer), own, SIDE_PAGES + HIDDEN_PAGES)

    assert answers == {
        "edit": (200, 200),
        **dict.fromkeys(("history", "history-results", "usage"), (200, 405)),
        "delete": ("/cms/", "/cms/"),
        **dict.fromkeys(HIDDEN_PAGES, (404, 404)),
    }
    assert Requirement.objects.get() == own


def test_requirement_of_another_area_is_on_no_page(client_of, officer):
    other = RequirementFactory.create(
        area=AreaFactory.create(), module__title="At the harbour", within_days=77
    )
    client = client_of(officer)

    answers = opened(client, other, SIDE_PAGES + HIDDEN_PAGES)
    elsewhere = [client.get(path.format(other.pk)).status_code for path in ELSEWHERE]
    export = b"".join(client.get("/cms/requirements/?export=csv").streaming_content)
    listed = client.get("/cms/requirements/results/").text

    assert answers.pop("delete") == ("/cms/", "/cms/")
    assert answers == dict.fromkeys(answers, (404, 404))
    assert elsewhere == [404] * len(ELSEWHERE)
    assert (export, "At the harbour" in listed) == (b"\r\n", False)
    assert Requirement.objects.get() == other


def test_officer_reads_what_comes_from_above_and_changes_none_of_it(
    client_of, officer, area
):
    area.parent = AreaFactory.create(kind=AreaKind.FORCE)
    area.save()
    above = RequirementFactory.create(area=area.parent)

    answers = opened(client_of(officer), above, SIDE_PAGES)

    assert answers == {
        "edit": (404, 404),
        **dict.fromkeys(("history", "history-results", "usage"), (200, 405)),
        "delete": ("/cms/", "/cms/"),
    }


@pytest.mark.parametrize(
    ("role", "list_answer", "row_answer"),
    (
        *((role, "/cms/", 404) for role in (Role.EDITOR, Role.SAFEGUARDING_LEAD)),
        *((role, 403, 403) for role in (Role.TESTER, Role.MANAGER, Role.BOARD)),
    ),
)
def test_who_is_no_officer_opens_nothing_of_requirements(
    client_of, area, role, list_answer, row_answer
):
    requirement = RequirementFactory.create(area=area)
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    answers = opened(client, requirement, SIDE_PAGES)
    lists = [
        client.get(f"/cms/requirements/{page}")
        for page in ("", "results/", "new/", "?export=csv")
    ]

    assert answers == {
        "edit": (list_answer, list_answer),
        **dict.fromkeys(("history", "history-results", "usage"), (row_answer,) * 2),
        "delete": (list_answer, list_answer),
    }
    told = {page.headers.get("Location", page.status_code) for page in lists}
    assert told == {list_answer}
    assert Requirement.objects.get() == requirement
