import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import AuditEvent
from media.print.evidence import fold_small, gather
from media.print.models import EvidencePack
from media.print.packs import pack_pdf
from media.print.services import issue_pack
from media.print.typesetting import codes_on_page
from partners.register.enums import StaffRole
from partners.register.models import Ownership
from partners.register.services import mark_left
from partners.training.coverage import Coverage
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay
from partners.visits.enums import VisitState
from tests.factories.codes import CodeFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.learning import ModuleFactory
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    SpellFactory,
)
from tests.factories.training import RequirementFactory
from tests.factories.visits import make_visit, submitted
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = pytest.mark.django_db


def coverage(required, covered=0):
    return Coverage(in_post=required, required=required, covered=covered)


def test_pack_holds_the_figures_of_its_day_and_who_issued_it(pack, link, premises):
    assert pack.figures["coverage"] == {"in_post": 6, "required": 6, "covered": 4}
    assert pack.figures["roles"] == [
        {"roles": ["reception"], "required": 6, "covered": 4}
    ]
    assert pack.figures["modules"] == [
        {"title": "At reception", "needed": 6, "valid": 4, "passed": 4}
    ]
    assert len(pack.figures["line"]) == 13
    assert pack.figures["line"][-1]["covered"] == 4
    assert pack.figures["line"][0]["covered"] is None
    assert (pack.organisation, pack.issued_by) == (premises.organisation, link.user)
    event = AuditEvent.objects.get(verb="evidencepack.issued")
    assert (event.actor_id, event.subject_id) == (link.user.pk, str(pack.pk))


def test_pack_names_nobody(pack):
    assert "Worker" not in str(pack.figures)
    assert not any("Worker" in page for page in pages_of(pack_pdf(pack)))


def test_pack_of_a_day_on_which_nothing_changed_is_the_same(
    pack, premises, link, right_now, spells
):
    again = issue_pack(premises=premises, actor=link.user, now=right_now)
    mark_left(
        spell=spells[0],
        last_day=timezone.localdate(right_now) - timedelta(days=1),
        actor=link.user,
        now=right_now,
    )
    changed = issue_pack(premises=premises, actor=link.user, now=right_now)

    assert again == pack
    assert changed != pack
    assert changed.figures["coverage"]["in_post"] == 5
    assert AuditEvent.objects.filter(verb="evidencepack.issued").count() == 2


def test_pack_can_be_neither_changed_nor_deleted(pack):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidencePack.objects.update(figures={})
    with pytest.raises(IntegrityError), transaction.atomic():
        pack.delete()


@pytest.mark.parametrize(
    ("roles", "groups"),
    (
        ({"bar": 9, "reception": 8}, [["bar"], ["reception"]]),
        (
            {"bar": 9, "reception": 8, "security": 2},
            [["bar"], ["reception", "security"]],
        ),
        ({"bar": 9, "security": 3, "driver": 3}, [["bar"], ["driver", "security"]]),
        ({"bar": 2, "security": 2}, []),
        ({"bar": 4, "security": 4}, [["bar", "security"]]),
        ({"bar": 9, "other": 0}, [["bar"]]),
        ({}, []),
    ),
)
def test_small_roles_stand_together(roles, groups):
    folded = fold_small({role: coverage(number) for role, number in roles.items()})

    assert [group["roles"] for group in folded] == groups
    assert all(group["required"] >= 5 for group in folded)


def test_module_that_few_need_is_left_out(premises, spells, module, right_now):
    few = ModuleFactory.create(title="For managers")
    RequirementFactory.create(module=few, roles=[StaffRole.MANAGER])
    SpellFactory.create(premises=premises, role=StaffRole.MANAGER)

    figures = gather(premises, today=timezone.localdate(right_now))

    assert [one["title"] for one in figures["modules"]] == ["At reception"]
    assert [one["roles"] for one in figures["roles"]] == [["manager", "reception"]]


def test_line_leaves_the_owner_before_out(premises, spells, link, right_now):
    today = timezone.localdate(right_now)
    months = [one["day"] for one in gather(premises, today=today)["line"]]
    for day in months[-3:-1]:
        for level, subject in (
            (CoverageLevel.EVERYBODY, 0),
            (CoverageLevel.PREMISES, premises.pk),
        ):
            CoverageDay.objects.create(
                level=level,
                subject_id=subject,
                day=day,
                in_post=8,
                required=8,
                covered=8,
                in_grace=0,
                expired=0,
                never_trained=0,
            )
    Ownership.objects.create(
        premises=premises,
        organisation=premises.organisation,
        from_on=months[-2],
        recorded_at=right_now,
        recorded_by=link.user,
    )

    line = gather(premises, today=today)["line"]

    assert [one["required"] for one in line[-3:]] == [None, 8, 6]


def test_tasks_are_those_of_released_visits(premises, spells, officer, right_now):
    """An unreleased visit changes nothing of a pack, not even a number."""
    GapRuleFactory.create()
    today = timezone.localdate(right_now)
    before = gather(premises, today=today)
    planned = make_visit(premises=premises, planned_on=today - timedelta(days=9))
    submitted(planned, now=right_now, asked="no")
    assert planned.state == VisitState.SUBMITTED
    while_covert = gather(premises, today=today)

    visit = make_visit(premises=premises, planned_on=today - timedelta(days=9))
    released(visit, officer=officer, now=right_now, asked="no")

    assert while_covert == before
    assert before["tasks"] == {"opened": 0, "closed": 0, "overdue": 0}
    assert gather(premises, today=today)["tasks"]["opened"] == 1


def test_posters_on_walls_are_counted(premises, right_now):
    CodeFactory.create(premises=premises)
    CodeFactory.create(premises=premises, retired_on="2026-01-01")
    CodeFactory.create()

    figures = gather(premises, today=timezone.localdate(right_now))

    assert figures["posters"] == 1


def test_paper_says_what_was_issued_and_where_to_check(pack):
    pdf = pack_pdf(pack)

    words = " ".join(pages_of(pdf))
    for wanted in (
        "Evidence of training",
        "Lantern House",
        "66 %",
        "of people in post are in date: 4 of 6",
        "By role",
        "Reception",
        "At reception",
        f"localhost:8000/verify/pack/{pack.code}/",
        "This paper names nobody",
    ):
        assert wanted in words
    assert codes_on_page(pdf) == [f"http://localhost:8000/verify/pack/{pack.code}/"]
    assert (is_accessible(pdf), has_its_fonts(pdf)) == (True, True)


def test_paper_of_few_people_gives_no_share(premises, module, link, right_now):
    SpellFactory.create(premises=premises)
    pack = issue_pack(premises=premises, actor=link.user, now=right_now)

    words = " ".join(pages_of(pack_pdf(pack)))

    assert "too few to tell" in words
    assert "0 of 1" in words
    assert "By role" not in words


def address(premises, pack, form):
    return reverse("print:pack", args=[premises.key, pack.code, form])


def test_spreadsheet_has_the_same_and_runs_nothing(premises, pack, link, client_of):
    premises.name = "=cmd|' /C calc'!A1"
    premises.save()

    answer = client_of(link.user).get(address(premises, pack, "xlsx"))

    book = load_workbook(io.BytesIO(answer.content))
    first = {
        row[0]: row[1]
        for row in book["Evidence"].iter_rows(values_only=True, max_col=2)
    }
    assert first["Premises"] == "'=cmd|' /C calc'!A1"
    assert first["Number"] == pack.code
    people = [*book["People in post"].iter_rows(values_only=True, max_col=2)]
    assert people[1:5] == [
        ("In post", 6),
        ("Of them with training required", 6),
        ("In date with all of it", 4),
        ("Not in date", 2),
    ]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_manager_issues_a_pack_and_takes_it_along(premises, spells, link, client_of):
    client = client_of(link.user)
    page = reverse("print:packs", args=[premises.key])

    issued = client.post(page, follow=True)

    (pack,) = EvidencePack.objects.all()
    assert pack.code in issued.text
    pdf = client.get(address(premises, pack, "pdf"))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "Lantern House" in pages_of(pdf.content)[0]
    assert client.get(address(premises, pack, "docx")).status_code == 404


def test_packs_are_for_the_managers_of_their_owner(
    premises, pack, link, client_of, client, officer
):
    page, file = (
        reverse("print:packs", args=[premises.key]),
        address(premises, pack, "pdf"),
    )
    elsewhere = ManagerLinkFactory.create()
    stranger = client_of(elsewhere.user)
    refused = [
        asking.get(path)
        for asking in (stranger, client_of(officer))
        for path in (page, file)
    ]
    refused += [
        stranger.post(page),
        stranger.get(address(elsewhere.premises, pack, "pdf")),
    ]
    link.ended_at = timezone.now()
    link.save()
    refused += [client_of(link.user).get(path) for path in (page, file)]

    assert [answer.status_code for answer in refused] == [404] * 8
    assert client.get(file).url == f"{reverse('account_login')}?next={file}"
    assert EvidencePack.objects.count() == 1


def test_next_owner_does_not_see_the_packs_of_the_one_before(
    premises, pack, link, client_of
):
    premises.organisation = OrganisationFactory.create()
    premises.save()
    client = client_of(link.user)

    page = client.get(reverse("print:packs", args=[premises.key]))

    assert pack.code not in page.text
    assert client.get(address(premises, pack, "pdf")).status_code == 404


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_packs_query_count(
    premises, link, right_now, client_of, django_assert_num_queries, item_count
):
    for number in range(item_count):
        EvidencePack.objects.create(
            premises=premises,
            organisation=premises.organisation,
            day=timezone.localdate(right_now) - timedelta(days=number),
            figures={"coverage": {"in_post": 1, "required": 1, "covered": 1}},
            issued_at=right_now,
            issued_by=link.user,
        )
    client = client_of(link.user)
    path = reverse("print:packs", args=[premises.key])
    client.get(path)

    with django_assert_num_queries(7):
        page = client.get(path)

    assert len(page.context["page_obj"]) == item_count
