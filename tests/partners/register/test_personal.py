"""The list as a file, corrections, a person's own data, and names that are removed."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ForeignObjectRel
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from partners.register.models import RetentionTerm, Spell, StaffMember
from partners.register.services import (
    RegisterError,
    anonymise_leavers,
    confirm_columns,
    correct_spell,
    leavers,
    set_retention,
    stage_import,
)
from partners.training.services import make_personal_link
from tests.factories.accounts import UserFactory
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.factories.training import CompletionFactory, ProgressFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(link, client_of):
    return client_of(link.user)


@pytest.fixture
def path(link):
    def path_of(name, *args):
        return reverse(f"register:{name}", args=[link.premises.key, *args])

    return path_of


def correct(spell, link, now, **changes):
    values = {
        "role": spell.role,
        "shift": spell.shift,
        "started_on": spell.started_on,
        "ended_on": spell.ended_on,
    }
    return correct_spell(spell=spell, actor=link.user, now=now, **values | changes)


@pytest.mark.parametrize("extension", ("csv", "xlsx"))
def test_what_is_exported_is_known_when_it_is_imported(
    link, now, manager, path, extension
):
    for name, number in (("Zoë Nowak", "-7"), ("Ben O'Brien", ""), ("Twin", "")):
        SpellFactory.create(
            premises=link.premises,
            staff_member__name=name,
            staff_member__staff_number=number,
            staff_member__email="",
        )
    twin = {"premises": link.premises, "staff_member__name": "Twin"}
    SpellFactory.create(role="bar", ended_on=date(2027, 1, 1), **twin)

    file = manager.get(path(f"staff-{extension}"))
    staged = stage_import(
        premises=link.premises,
        filename="staff",
        content=file.content,
        actor=link.user,
        now=now,
    )
    staged = confirm_columns(
        staged=staged,
        fields=[column["field"] for column in staged.columns],
        is_day_first=True,
        actor=link.user,
        now=now,
    )

    assert staged.dropped == []
    assert (staged.added, staged.known, staged.wrong) == (0, 4, 0)
    assert AuditEvent.objects.filter(verb="premises.staff_exported").count() == 1


def test_exported_cells_are_shown_and_never_run(link, manager, path):
    SpellFactory.create(premises=link.premises, staff_member__staff_number="=1+1")

    file = manager.get(path("staff-csv"))

    assert ",'=1+1," in file.content.decode("utf-8-sig")


def test_correct_spell_keeps_what_stood_there(link, now):
    wrong = SpellFactory.create(premises=link.premises)

    right = correct(wrong, link, now, role="bar", started_on=date(2026, 2, 1))

    wrong.refresh_from_db()
    assert (wrong.voided_at, wrong.void_reason) == (now, "Corrected")
    assert (right.replaces, right.role, right.shift) == (wrong, "bar", wrong.shift)
    assert list(Spell.objects.standing()) == [right]
    event = AuditEvent.objects.get(verb="spell.corrected")
    assert (event.subject_id, event.facts) == (str(wrong.pk), {"by": right.pk})


def test_correct_spell_refuses_days_that_are_taken(link, now):
    first = SpellFactory.create(premises=link.premises, ended_on=date(2026, 3, 1))
    second = SpellFactory.create(
        premises=link.premises,
        staff_member=first.staff_member,
        started_on=date(2026, 4, 1),
    )

    with pytest.raises(RegisterError, match="already on your list as Reception"):
        correct(second, link, now, started_on=date(2026, 2, 1))

    assert Spell.objects.standing().count() == 2


def test_correct_spell_refuses_to_change_nothing(link, now):
    spell = SpellFactory.create(premises=link.premises)

    with pytest.raises(RegisterError, match="Nothing was changed"):
        correct(spell, link, now)


def test_a_manager_corrects_an_entry(link, manager, path):
    spell = SpellFactory.create(premises=link.premises)
    answers = {"role": "bar", "shift": "day", "started_on": "2026-02-01"}

    response = manager.post(path("spell-correct", spell.pk), answers, follow=True)

    assert "is corrected" in response.text
    assert Spell.objects.standing().get().role == "bar"


def test_a_copy_holds_what_every_room_knows(link, manager, path):
    spell = SpellFactory.create(
        premises=link.premises, staff_member__name="Zoë <b>Nowak</b>"
    )
    completion = CompletionFactory.create(staff_member=spell.staff_member)
    key = spell.staff_member.key

    page = manager.get(path("person-copy", key))
    file = json.loads(manager.get(path("person-copy-json", key)).content)

    assert file["On the staff list"][0]["Name"] == "Zoë <b>Nowak</b>"
    assert file["At work"][0]["Role"] == "Reception"
    assert file["Certificates"][0]["Number"] == completion.certificate_code
    assert "Zoë &lt;b&gt;Nowak&lt;/b&gt;" in page.text
    assert completion.certificate_code in page.text
    assert AuditEvent.objects.filter(verb="staffmember.copied").count() == 2


def test_a_copy_holds_what_is_begun_and_sent(link, manager, path):
    person = SpellFactory.create(premises=link.premises).staff_member
    begun = ProgressFactory.create(staff_member=person, lessons_read=1)
    make_personal_link(staff_member=person, premises=link.premises, now=timezone.now())

    copy = json.loads(manager.get(path("person-copy-json", person.key)).content)

    [module], [sent] = copy["Modules begun"], copy["Links to training"]
    assert module["Module"] == str(begun.version.module)
    assert module["Pages read"] == "1"
    assert sent["Premises"] == str(link.premises)


def test_no_table_about_a_person_escapes_the_copy():
    """Whoever adds a table says here that it is told, or why it is not."""
    told = {
        *("Spell", "Attempt", "Completion", "Slip", "PersonalLink", "Progress"),
        "Attendance",
    }
    kept_back = {
        # What a follow-up is about is no business of managers, who hand the copy out.
        "TaskLearner",
        # How many wrong codes somebody typed in a row, which says nothing of them.
        "SessionCodeTries",
    }

    tables = {
        relation.related_model.__name__
        for relation in StaffMember._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
    }

    assert tables - told - kept_back == set()


def test_leavers_are_listed_with_the_day_their_name_goes(link, now):
    left = SpellFactory.create(premises=link.premises, ended_on=date(2026, 8, 31))
    SpellFactory.create(premises=link.premises)
    back = SpellFactory.create(premises=link.premises, ended_on=date(2026, 2, 1))
    SpellFactory.create(
        premises=link.premises,
        staff_member=back.staff_member,
        started_on=date(2026, 9, 1),
    )
    area = link.premises.area
    today = now.date()

    usual = leavers(today=today)
    set_retention(area=area, organisation=None, months=6)
    of_area = leavers(today=today)
    set_retention(area=None, organisation=link.premises.organisation, months=3)
    own = leavers(premises=link.premises, today=today)

    assert [one.person for one in usual] == [left.staff_member]
    days = [one.forgotten_on for one in (*usual, *of_area, *own)]
    assert days == [date(2028, 8, 31), date(2027, 2, 28), date(2026, 11, 30)]


def test_anonymise_leavers_forgets_names_and_keeps_history(link, now):
    due = SpellFactory.create(
        premises=link.premises,
        staff_member__name="Zoë",
        staff_member__email="zoe@hotel.example",
        started_on=date(2020, 1, 1),
        ended_on=date(2024, 11, 18),
    )
    later = SpellFactory.create(
        premises=link.premises,
        started_on=date(2020, 1, 1),
        ended_on=date(2024, 11, 19),
    )
    completion = CompletionFactory.create(staff_member=due.staff_member)

    done = anonymise_leavers(now=now)
    again = anonymise_leavers(now=now + timedelta(hours=1))

    person = StaffMember.objects.get(pk=due.staff_member_id)
    assert (done, again) == (1, 0)
    assert (person.name, person.email, person.anonymised_at) == ("", "", now)
    assert StaffMember.objects.get(pk=later.staff_member_id).name != ""
    assert list(person.completions.all()) == [completion]
    assert AuditEvent.objects.filter(verb="staffmember.anonymised").count() == 1


def test_retention_is_a_dry_run_unless_told_to_remove(link, capsys):
    day = timezone.localdate() - timedelta(days=1000)
    spell = SpellFactory.create(
        premises=link.premises, started_on=date(2020, 1, 1), ended_on=day
    )
    person = StaffMember.objects.get(pk=spell.staff_member_id)

    call_command("retention")
    listed = capsys.readouterr().out
    call_command("retention", remove_now=True)

    person.refresh_from_db()
    assert f"{person.key} left {day}" in listed
    assert capsys.readouterr().out == "1 names removed.\n"
    assert person.name == ""


def test_retention_sets_a_time_for_one(link):
    slug = link.premises.area.slug

    call_command("retention", months=6, area=slug)
    call_command("retention", months=9, area=slug)

    assert RetentionTerm.objects.get().months == 9


@pytest.mark.parametrize("options", ({}, {"area": "nonsuch"}))
def test_retention_wants_to_know_for_whom(options):
    with pytest.raises(CommandError, match="Name one area or one organisation"):
        call_command("retention", months=6, **options)


def test_retention_refuses_a_time_that_cannot_be(link):
    with pytest.raises(CommandError, match="1 to 120 months"):
        call_command("retention", months=0, area=link.premises.area.slug)


@pytest.mark.parametrize("count", (1, 3))
def test_leavers_page_has_as_many_queries_whatever_it_shows(
    link, manager, path, count, django_assert_num_queries
):
    SpellFactory.create_batch(count, premises=link.premises, ended_on=date(2026, 6, 1))

    with django_assert_num_queries(LEAVERS_QUERIES):
        response = manager.get(path("leavers"))

    assert len(response.context["page_obj"].object_list) == count


LEAVERS_QUERIES = 8


@pytest.mark.parametrize(
    "name",
    (
        *("spell-correct", "leavers", "staff-csv", "staff-xlsx"),
        *("person-copy", "person-copy-json"),
    ),
)
def test_people_are_there_for_nobody_else(link, client, client_of, path, name):
    spell = SpellFactory.create(premises=link.premises)
    of_person: dict[str, list[object]] = {"spell-correct": [spell.pk]}
    if name.startswith("person"):
        of_person[name] = [spell.staff_member.key]
    url = path(name, *of_person.get(name, []))
    other = ManagerLinkFactory.create()
    gone = ManagerLinkFactory.create(premises=link.premises, ended_at=timezone.now())

    strangers = (other.user, gone.user, UserFactory.create())
    answers = [client_of(user).get(url).status_code for user in strangers]

    assert answers == [404, 404, 404]
    assert client.get(url).status_code == 302
    assert client_of(link.user).get(url).status_code == 200
