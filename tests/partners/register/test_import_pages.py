"""The screens between a spreadsheet and the staff list."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.register.enums import ImportState
from partners.register.models import Spell, StagedImport, StagedRow
from tests.factories.accounts import UserFactory
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.partners.register.spreadsheets.files import as_csv

pytestmark = pytest.mark.django_db

ROWS = [
    ["Nowak, Zoë", "Front desk", "2/11/2026"],
    ["Ben Okafor", "Astronaut", "25/10/2026"],
    ["Ana Varga", "Astronaut", "25/10/2026"],
]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def manager(link, client_of):
    return client_of(link.user)


@pytest.fixture
def path(link):
    def path_of(act, *args):
        return reverse(f"register:import-{act}", args=[link.premises.key, *args])

    return path_of


@pytest.fixture
def checked(check):
    return check(ROWS)


@pytest.fixture
def no_disk(settings, tmp_path):
    """Let nothing that is sent be written anywhere."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")


@pytest.mark.usefixtures("no_disk")
def test_a_spreadsheet_is_never_a_file_on_the_disk(stage, manager, path):
    content = as_csv([["Name", "Role", "Start date"], *ROWS] + [["", "", ""]] * 100)
    staged = stage(ROWS)
    file = SimpleUploadedFile("staff.csv", content)
    again = SimpleUploadedFile("staff.csv", content)

    sent = manager.post(path("upload"), {"spreadsheet": file})
    resent = manager.post(path("again", staged.key), {"again-spreadsheet": again})

    assert (sent.status_code, resent.status_code) == (302, 302)
    assert StagedRow.objects.exclude(staged_import=staged).count() == 2 * len(ROWS)


@pytest.mark.usefixtures("no_disk")
def test_a_spreadsheet_that_is_too_large_is_counted_and_not_held(manager, path):
    file = SimpleUploadedFile("staff.csv", b"x" * (11 * 1024 * 1024))

    response = manager.post(path("upload"), {"spreadsheet": file})

    assert response.context["form"].errors == {
        "spreadsheet": ["This file is larger than 10 MB. Save only the staff list."]
    }


@pytest.mark.parametrize("act", ("upload", "again"))
def test_forged_spreadsheets_are_refused(stage, link, path, act):
    staged = stage(ROWS)
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(
        link.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    file = SimpleUploadedFile("staff.csv", as_csv([["Name", "Role"], ["A", "Bar"]]))
    keys = [staged.key] if act == "again" else []

    response = forger.post(path(act, *keys), {"spreadsheet": file})

    assert response.status_code == 403
    assert StagedImport.objects.count() == 1


def test_unknown_columns_may_be_named_and_the_file_read_again(
    stage, manager, path, link
):
    headings = ["Name", "Role", "Start date", "Zzz", "Salary"]
    rows = [["Zoë", "Bar", "2/11/2026", "x-1", "9"]]
    staged = stage(rows, headings)
    file = SimpleUploadedFile("staff.csv", as_csv([headings, *rows]))

    page = manager.get(path("columns", staged.key))
    response = manager.post(
        path("again", staged.key),
        {"again-heading_0": "staff_number", "again-spreadsheet": file},
    )

    anew = StagedImport.objects.exclude(pk=staged.pk).get()
    staged.refresh_from_db()
    assert list(page.context["again"].headings.values()) == ["Zzz"]
    assert response.url == path("columns", anew.key)
    assert [column["field"] for column in anew.columns][-1] == "staff_number"
    assert [column["heading"] for column in anew.dropped] == ["Salary"]
    assert staged.state == ImportState.DISCARDED


def test_reading_again_needs_the_file(stage, manager, path):
    staged = stage([["Zoë", "Bar", "2/11/2026", "x"]], ["Name", "Role", "Start", "Zzz"])

    response = manager.post(
        path("again", staged.key), {"again-heading_0": "staff_number"}
    )

    assert response.status_code == 422
    assert response.context["again"].errors == {"spreadsheet": ["Choose a file first."]}


def test_a_row_is_put_right_without_script(checked, manager, path):
    response = manager.post(
        path("fix", checked.key, 3), {"row3-role": "bar"}, follow=True
    )

    assert response.redirect_chain == [(path("detail", checked.key), 302)]
    assert "Row 3 is right now." in response.text
    assert "Add the 2 good rows" in response.text


def test_a_script_gets_the_piece_that_changed(checked, manager, path):
    response = manager.post(
        path("fix", checked.key, 3),
        {"row3-role": "bar", "row3-same_role": "on"},
        headers=SCRIPT,
    )

    assert response.text.strip().startswith('<div id="checked">')
    assert "Row 3 is right now." in response.text
    assert "Add the 3 good rows" in response.text
    assert "<h1>" not in response.text


@pytest.mark.parametrize(("headers", "status"), (({}, 422), (SCRIPT, 200)))
def test_a_row_without_an_answer_says_so(checked, manager, path, headers, status):
    response = manager.post(path("fix", checked.key, 3), {}, headers=headers)

    forms = {row.number: form for row, form in response.context["wrong_rows"]}
    assert response.status_code == status
    assert forms[3].errors == {"role": ["This field is required."]}
    assert forms[4].errors == {}


def test_a_row_that_is_right_already_is_left_alone(checked, manager, path):
    response = manager.post(path("fix", checked.key, 2), {"row2-role": "bar"})

    assert response.url == path("detail", checked.key)
    assert checked.rows.get(number=2).cells[1] == "Front desk"


def test_a_row_is_left_out_and_taken_up_again(checked, manager, path):
    skipped = manager.post(path("skip", checked.key, 3), follow=True)
    again = manager.post(path("skip", checked.key, 3), {"take_up": "1"}, follow=True)

    assert skipped.context["skipped"] == [(3, "Ben Okafor")]
    assert "Row 3 is left out." in skipped.text
    assert again.context["skipped"] == []


def test_waiting_shows_how_far_it_is_and_then_what_came_of_it(
    checked, manager, path, run_jobs
):
    manager.post(path("apply", checked.key))
    StagedImport.objects.update(looked_at=2)
    page = manager.get(path("detail", checked.key))
    bar = manager.get(path("progress", checked.key), headers=SCRIPT)
    run_jobs()
    done = manager.get(path("progress", checked.key), headers=SCRIPT)
    plain = manager.get(path("progress", checked.key))

    assert '<meta http-equiv="refresh" content="3">' in page.text
    assert "2 of 3 rows read" in page.text
    assert bar.text.strip().startswith('<div id="bar"')
    assert "<h1>" not in bar.text
    assert done.headers["HX-Redirect"] == path("detail", checked.key)
    assert plain.url == path("detail", checked.key)


def test_slips_of_those_added_are_one_press_away(check, manager, path, run_jobs):
    staged = check([*ROWS, ["Ivo Reid", "Bar", "2/3/2027"]])
    manager.post(path("apply", staged.key))
    run_jobs()

    page = manager.get(path("detail", staged.key))

    today = Spell.objects.get(staff_member__name="Zoë Nowak")
    assert page.context["slips_for"] == [today.staff_member.key]
    assert "Print their slips" in page.text


def test_people_who_are_missing_are_marked_as_left(link, check, manager, path):
    gone = SpellFactory.create(premises=link.premises, started_on=date(2025, 1, 1))
    staged = check(ROWS, is_everybody=True)
    day = timezone.localdate() - timedelta(days=1)
    answers = {f"left_{gone.pk}": "on", f"day_{gone.pk}": day.isoformat()}

    listed = manager.get(path("detail", staged.key))
    response = manager.post(path("missing", staged.key), answers, follow=True)

    gone.refresh_from_db()
    assert "1 person is missing from this list: have they left?" in listed.text
    assert "1 person is marked as left." in response.text
    assert gone.ended_on == day


@pytest.mark.parametrize(
    ("answers", "sentence"),
    (
        ({}, "Tick who has left, and give the last day."),
        ({"left": "on"}, "Give the last day at work."),
        ({"left": "on", "day": "2024-01-01"}, "is before the first day"),
    ),
)
def test_people_who_are_missing_stay_until_all_is_said(
    link, check, manager, path, answers, sentence
):
    gone = SpellFactory.create(premises=link.premises, started_on=date(2025, 1, 1))
    staged = check(ROWS, is_everybody=True)

    response = manager.post(
        path("missing", staged.key),
        {f"{name}_{gone.pk}": value for name, value in answers.items()},
    )

    gone.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.text
    assert gone.ended_on is None


def test_a_list_is_taken_back_after_a_look_at_what_stays(
    check, manager, path, run_jobs
):
    staged = check(ROWS)
    manager.post(path("apply", staged.key))
    run_jobs()

    look = manager.get(path("undo", staged.key))
    response = manager.post(path("undo", staged.key), follow=True)

    assert "1 entry is taken off your list again." in look.text
    assert "This list was taken back" in response.text
    assert Spell.objects.standing().count() == 0


def test_a_list_that_was_never_applied_cannot_be_taken_back(checked, manager, path):
    response = manager.post(path("undo", checked.key))

    assert response.status_code == 409
    assert "Nobody was added from this list yet." in response.text


def test_a_failed_list_says_why(checked, manager, path):
    StagedImport.objects.update(state=ImportState.FAILED, failure="It broke.")

    page = manager.get(path("detail", checked.key))

    assert "It broke." in page.text
    assert path("columns", checked.key) in page.text


@pytest.mark.parametrize("wrong", (1, 3))
def test_a_checked_list_is_shown_in_as_many_queries_whatever_it_holds(
    check, manager, path, wrong, django_assert_num_queries
):
    staged = check(ROWS[:1] + [["X Y", f"Odd {n}", "1/2/2026"] for n in range(wrong)])

    with django_assert_num_queries(CHECKED_QUERIES):
        manager.get(path("detail", staged.key))


CHECKED_QUERIES = 12


ACTS = (
    *("detail", "columns", "again", "apply", "discard", "progress", "missing", "undo"),
    *("fix", "skip"),
)


@pytest.mark.parametrize("act", ACTS)
def test_imports_are_there_for_nobody_else(checked, link, client_of, path, act):
    """Another organisation, one who managed it once, a learner's colleague, nobody."""
    number = [3] if act in {"fix", "skip"} else []
    other = ManagerLinkFactory.create()
    gone = ManagerLinkFactory.create(premises=link.premises, ended_at=timezone.now())
    answers = {"row3-role": "bar"}

    def ask(client, premises, key):
        url = reverse(f"register:import-{act}", args=[premises.key, key, *number])
        return (
            client.post(url, answers)
            if act not in {"detail", "progress"}
            else client.get(url)
        )

    theirs = ask(client_of(other.user), link.premises, checked.key)
    mixed = ask(client_of(other.user), other.premises, checked.key)
    nowhere = ask(client_of(other.user), other.premises, "nonsuch")
    former = ask(client_of(gone.user), link.premises, checked.key)
    stranger = ask(client_of(UserFactory.create()), link.premises, checked.key)

    checked.refresh_from_db()
    answers_given = (theirs, mixed, nowhere, former, stranger)
    assert [r.status_code for r in answers_given] == [404] * 5
    assert theirs.text == mixed.text == nowhere.text
    assert checked.state == ImportState.CHECKED
    assert StagedRow.objects.filter(number=3).get().cells[1] == "Astronaut"


@pytest.mark.parametrize("act", ACTS)
def test_imports_ask_who_is_there(checked, client, path, act):
    number = [3] if act in {"fix", "skip"} else []

    response = client.get(path(act, checked.key, *number))

    assert response.status_code in {302, 405}
    assert "Zoë" not in response.text
