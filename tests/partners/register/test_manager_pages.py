from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from partners.register.enums import ImportState
from partners.register.models import Spell, StagedImport, StagedRow
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.partners.register.spreadsheets.files import (
    as_csv,
    as_locked_xlsx,
    as_ods,
    as_xlsx,
)

pytestmark = pytest.mark.django_db

ROWS = [
    ["Name", "Role", "Start date", "Date of birth", "Hobby"],
    ["Zoë <b>Nowak</b>", "Front desk", "2/11/2026", "1/2/1990", "tea"],
    ["Ben Okafor", "HK", "25/10/2026", "", ""],
    ["=1+1", "Wizard", "soon", "", ""],
]
STARTER = {
    "name": "Zoë Nowak",
    "role": "reception",
    "shift": "night",
    "started_on": "2026-11-02",
    "language": "en",
    "staff_number": "",
    "email": "",
}


@pytest.fixture
def link():
    return ManagerLinkFactory.create()


@pytest.fixture
def manager_client(link, client_of):
    return client_of(link.user)


@pytest.fixture
def path(link):
    def path_of(name, *args):
        return reverse(name, args=[link.premises.key, *args])

    return path_of


@pytest.fixture
def send(manager_client, path):
    def send_file(content, name="staff.csv"):
        return manager_client.post(
            path("register:import-upload"),
            {"spreadsheet": SimpleUploadedFile(name, content)},
        )

    return send_file


@pytest.fixture
def staged(send):
    send(as_csv(ROWS))
    return StagedImport.objects.get()


@pytest.fixture
def checked(staged, manager_client, path):
    manager_client.post(path("register:import-columns", staged.key), CHOICES)
    staged.refresh_from_db()
    return staged


CHOICES = {
    "column_0": "name",
    "column_1": "role",
    "column_2": "started_on",
    "day_first": "yes",
}


def test_person_add_puts_somebody_on_the_list(manager_client, path):
    response = manager_client.post(path("register:person-add"), STARTER, follow=True)

    assert response.redirect_chain == [(path("portal:people"), 302)]
    assert "Zoë Nowak is on your list." in response.text
    assert Spell.objects.get().started_on == date(2026, 11, 2)


def test_person_add_keeps_a_number_as_the_world_writes_it(manager_client, path):
    manager_client.post(
        path("register:person-add"), {**STARTER, "phone": "07700 900123"}
    )

    assert Spell.objects.get().staff_member.phone == "+447700900123"


def test_person_add_says_what_is_wrong_with_a_number(manager_client, path):
    response = manager_client.post(
        path("register:person-add"), {**STARTER, "phone": "020 7946 0018"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["phone"]
    assert not Spell.objects.exists()


def test_person_add_goes_on_to_the_next(manager_client, path):
    response = manager_client.post(
        path("register:person-add"), {**STARTER, "again": "1"}
    )

    assert response.url == path("register:person-add")


def test_person_add_twice_says_so_and_keeps_what_was_typed(manager_client, path):
    manager_client.post(path("register:person-add"), STARTER)

    response = manager_client.post(path("register:person-add"), STARTER)

    form = response.context["form"]
    assert response.status_code == 422
    assert form.non_field_errors()[0].startswith(
        "Zoë Nowak is already on your list as Reception at that time."
    )
    assert form["name"].value() == "Zoë Nowak"
    assert Spell.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "errors"),
    (
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"name": "=SUM(A1)"}, {"name": ["A name cannot begin with =."]}),
        (
            {"role": "wizard"},
            {
                "role": [
                    "Select a valid choice. wizard is not one of the available choices."
                ]
            },
        ),
        ({"started_on": "31/02/2026"}, {"started_on": ["Enter a valid date."]}),
    ),
)
def test_person_add_says_what_is_wrong(manager_client, path, changes, errors):
    response = manager_client.post(path("register:person-add"), {**STARTER, **changes})

    assert response.status_code == 422
    assert response.context["form"].errors == errors
    assert Spell.objects.count() == 0


def test_person_add_refuses_a_day_that_cannot_be(manager_client, path):
    response = manager_client.post(
        path("register:person-add"), {**STARTER, "started_on": "1926-01-01"}
    )

    assert response.status_code == 422
    assert "1 January 1926 cannot be a first day" in response.text


def test_spell_left_marks_a_leaver(link, manager_client, path):
    spell = SpellFactory.create(premises=link.premises)

    response = manager_client.post(
        path("register:spell-left", spell.pk), {"last_day": "2026-11-17"}
    )

    spell.refresh_from_db()
    assert response.url == path("portal:people")
    assert spell.ended_on == date(2026, 11, 17)


def test_spell_left_before_the_first_day_keeps_the_form(link, manager_client, path):
    spell = SpellFactory.create(premises=link.premises)

    response = manager_client.post(
        path("register:spell-left", spell.pk), {"last_day": "2025-01-01"}
    )

    spell.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "The last day, 1 January 2025, is before the first day, 5 January 2026."
    ]
    assert response.context["form"]["last_day"].value() == "2025-01-01"
    assert spell.ended_on is None


def test_spell_void_takes_an_entry_back(link, manager_client, path):
    spell = SpellFactory.create(premises=link.premises)

    response = manager_client.post(
        path("register:spell-void", spell.pk), {"reason": "Wrong premises"}
    )

    spell.refresh_from_db()
    assert response.url == path("portal:people")
    assert spell.void_reason == "Wrong premises"


@pytest.mark.parametrize("name", ("register:spell-left", "register:spell-void"))
def test_spells_of_another_premises_are_not_there(manager_client, path, name):
    other = SpellFactory.create()
    answers = {"last_day": "2026-11-17", "reason": "No"}

    there = manager_client.post(path(name, other.pk), answers)
    nowhere = manager_client.post(path(name, other.pk + 1), answers)
    elsewhere = manager_client.post(
        reverse(name, args=[other.premises.key, other.pk]), answers
    )

    other.refresh_from_db()
    assert [r.status_code for r in (there, nowhere, elsewhere)] == [404] * 3
    assert there.text == nowhere.text == elsewhere.text
    assert (other.ended_on, other.voided_at) == (None, None)


def test_import_shows_what_it_takes_the_columns_for(staged, manager_client, path):
    response = manager_client.get(
        path("register:import-detail", staged.key), follow=True
    )

    form = response.context["form"]
    assert [form.fields[name].initial for name in list(form.fields)[:-2]] == [
        "name",
        "role",
        "started_on",
    ]
    assert response.context["dropped"] == {
        "forbidden": ["Date of birth"],
        "secret": [],
        "unknown": ["Hobby"],
        "misnamed": [],
    }
    assert "<b>Nowak</b>" not in response.text
    assert "&lt;b&gt;Nowak&lt;/b&gt;" in response.text
    assert "1990" not in response.text


def test_import_reports_bad_rows_with_row_field_and_value(
    checked, manager_client, path
):
    response = manager_client.get(path("register:import-detail", checked.key))

    [(row, form)] = response.context["wrong_rows"]
    assert [(p.number, p.field, p.value) for p in row.problems] == [
        (4, "name", "=1+1"),
        (4, "role", "Wizard"),
        (4, "started_on", "soon"),
    ]
    assert list(form.fields) == ["name", "role", "started_on"]
    assert "Add the 2 good rows" in response.text
    assert Spell.objects.count() == 0


def test_import_adds_the_good_rows_when_told_and_only_once(
    checked, manager_client, path, run_jobs
):
    apply = path("register:import-apply", checked.key)

    manager_client.post(apply)
    waiting = manager_client.post(apply, follow=True)
    jobs = run_jobs()
    response = manager_client.post(apply, follow=True)

    assert jobs == 1
    assert "Adding people" in waiting.text
    assert response.redirect_chain == [
        (path("register:import-detail", checked.key), 302)
    ]
    assert "2 people added" in response.text
    assert Spell.objects.count() == 2


def test_import_that_was_discarded_cannot_be_applied(checked, manager_client, path):
    manager_client.post(path("register:import-discard", checked.key))

    response = manager_client.post(path("register:import-apply", checked.key))

    assert response.status_code == 409
    assert "This list was discarded" in response.text
    assert (Spell.objects.count(), StagedRow.objects.count()) == (0, 0)


def test_import_that_was_applied_cannot_be_discarded(
    checked, manager_client, path, run_jobs
):
    manager_client.post(path("register:import-apply", checked.key))
    run_jobs()

    response = manager_client.post(path("register:import-discard", checked.key))

    checked.refresh_from_db()
    assert response.status_code == 409
    assert "These people have already been added." in response.text
    assert checked.state == ImportState.APPLIED


def test_import_columns_named_twice_are_refused(staged, manager_client, path):
    response = manager_client.post(
        path("register:import-columns", staged.key), {**CHOICES, "column_1": "name"}
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Two columns are both “Name”. Choose one of them."
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
        (b"%PDF-1.7", "This is not a spreadsheet we can read."),
        (as_locked_xlsx(), "This file is protected with a password, or damaged."),
        (
            as_xlsx([["Name", *map(str, range(199))], ["A"]]),
            "This file has 200 columns",
        ),
        (b"Dear all,\nhello", "We found no headings in the first 10 rows."),
    ),
)
def test_import_upload_refuses_with_a_clear_sentence(send, content, sentence):
    response = send(content)

    errors = response.context["form"].errors["spreadsheet"]
    assert response.status_code == 422
    assert errors[0].startswith(sentence)
    assert StagedImport.objects.count() == 0


def test_import_upload_wants_a_file(manager_client, path):
    response = manager_client.post(path("register:import-upload"))

    assert response.context["form"].errors == {"spreadsheet": ["Choose a file first."]}


@pytest.mark.parametrize("make", (as_csv, as_xlsx, as_ods))
def test_import_upload_takes_csv_xlsx_and_ods(send, make):
    response = send(make(ROWS))

    staged = StagedImport.objects.get()
    assert response.url.endswith(f"/import/{staged.key}/")
    assert staged.rows.count() == 3


def test_manager_pages_are_closed_to_one_who_has_gone(link, manager_client, path):
    spell = SpellFactory.create(premises=link.premises)
    link.ended_at = timezone.now() - timedelta(minutes=1)
    link.save()

    response = manager_client.post(
        path("register:spell-left", spell.pk), {"last_day": "2026-11-17"}
    )

    spell.refresh_from_db()
    assert response.status_code == 404
    assert spell.ended_on is None
