import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from partners.followups import services
from partners.followups.enums import TaskOwner, TaskState
from partners.followups.models import FollowUpTask, TaskEvidence
from partners.register.enums import StaffRole
from partners.visits.enums import Step
from tests.factories.followups import (
    GapRuleFactory,
    complete_module,
    make_training_rule,
    released,
)
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, manager):
    return client_of(manager)


@pytest.fixture
def task(visit, officer, now):
    GapRuleFactory.create(title="Brief your team", why="One kind question is enough.")
    released(visit, officer=officer, now=now, asked="no")
    return FollowUpTask.objects.get()


def address(name, premises, *args):
    return reverse(f"followups:{name}", args=[premises.key, *args])


def picture(kind="PNG", size=(4, 4), **options):
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_shows_own_tasks_by_urgency(
    client, visit, officer, premises, now, item_count, django_assert_num_queries
):
    for days in range(item_count):
        GapRuleFactory.create(due_days=30 - days)
    GapRuleFactory.create(owner=TaskOwner.OFFICER, title="For officers")
    released(visit, officer=officer, now=now, asked="no")
    client.get(address("task-list", premises))

    with django_assert_num_queries(8):
        response = client.get(address("task-list", premises))

    tasks = FollowUpTask.objects.filter(owner="manager").order_by("due_on")
    assert list(response.context["page"].object_list) == list(tasks)
    assert len(tasks) == item_count
    assert "For officers" not in response.text


def test_task_says_why_what_and_by_when(client, task, premises):
    page = client.get(address("task-detail", premises, task.key)).text

    for words in (
        "Brief your team",
        "One kind question is enough.",
        "A short note: the day and how many people were there.",
        "2 December 2026",
        "To do",
    ):
        assert words in page


def test_mark_as_done_with_note_and_picture(client, task, premises, officer):
    upload = SimpleUploadedFile("wall.php", picture(), content_type="text/html")

    response = client.post(
        address("task-detail", premises, task.key),
        {"note": "Briefed 6 people", "evidence": upload},
    )

    task.refresh_from_db()
    kept = TaskEvidence.objects.get()
    assert response.url == address("task-list", premises)
    assert task.state == TaskState.DONE
    assert kept.content_type == "image/png"
    assert str(kept.file.name).endswith(".png")
    page = client.get(address("task-detail", premises, task.key)).text
    assert "Briefed 6 people" in page
    assert "Mark as done" not in page
    kept.file.delete(save=False)


def test_task_closed_without_evidence_gets_a_sentence(client, task, premises):
    response = client.post(address("task-detail", premises, task.key), {"note": "  "})

    task.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "note": [
            "Write what was done. A task closed without evidence cannot be checked."
        ]
    }
    assert task.state == TaskState.OPEN


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (b"<html><script>", "This is not a PDF, PNG or JPEG file"),
        (b"\x89PNG\r\n\x1a\n broken", "This is not a PDF, PNG or JPEG file"),
        (picture("GIF"), "This is not a PDF, PNG or JPEG file"),
        (b"%PDF-1.7" + b"x" * 5 * 1024 * 1024, "This file is larger than"),
    ),
)
def test_bad_file_gets_a_sentence_and_keeps_the_note(
    client, task, premises, content, sentence
):
    response = client.post(
        address("task-detail", premises, task.key),
        {"note": "Briefed 6", "evidence": SimpleUploadedFile("a.pdf", content)},
    )

    task.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["evidence"][0]
    assert "Briefed 6" in response.text
    assert task.state == TaskState.OPEN
    assert not TaskEvidence.objects.exists()


def test_place_of_a_photograph_is_gone(client, task, premises):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ana"
    upload = SimpleUploadedFile("a.jpg", picture("JPEG", exif=exif))

    client.post(
        address("task-detail", premises, task.key),
        {"note": "See photo", "evidence": upload},
    )

    kept = TaskEvidence.objects.get()
    with kept.file.open() as opened:
        content = opened.read()
    assert b"Camera of Ana" not in content
    assert Image.open(BytesIO(content)).format == "JPEG"
    kept.file.delete(save=False)


def test_file_is_handed_out_as_attachment_to_own_manager_only(
    client, client_of, task, premises
):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
    client.post(
        address("task-detail", premises, task.key),
        {"note": "See file", "evidence": upload},
    )
    kept = TaskEvidence.objects.get()
    path = address("task-evidence", premises, task.key, kept.key)
    stranger = client_of(ManagerLinkFactory.create().user)

    response = client.get(path)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(path).status_code == 404
    kept.file.delete(save=False)


def test_training_task_shows_numbers_and_larger_roles_only(
    client, visit, officer, premises, now
):
    _rule, module = make_training_rule(StaffRole.RECEPTION, StaffRole.BAR)
    spells = SpellFactory.create_batch(3, premises=premises)
    SpellFactory.create(premises=premises, role=StaffRole.BAR)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get()
    done_at = now + datetime.timedelta(hours=1)
    complete_module(spells[0].staff_member, module, started_at=done_at)

    response = client.get(address("task-detail", premises, task.key))

    progress = response.context["progress"]
    assert (progress.done, progress.asked) == (1, 4)
    assert progress.roles == "Reception, others on duty"
    for covert in ("Bar and restaurant", "Night", "Mark as done"):
        assert covert not in response.text
    for spell in spells:
        assert spell.staff_member.name not in response.text


def test_small_teams_are_staff_on_duty(client, visit, officer, premises, now):
    make_training_rule(StaffRole.RECEPTION)
    SpellFactory.create(premises=premises)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get()

    response = client.get(address("task-detail", premises, task.key))

    assert response.context["progress"].roles == "staff on duty"
    assert "Asked: staff on duty." in response.text


def test_feedback_begins_with_strengths_and_blames_nobody(
    client, task, premises, visit
):
    page = client.get(address("feedback", premises, visit.key)).text

    well = page.index("What went well")
    practise = page.index("What to practise")
    assert well < page.index("Staff did: Asked for identification") < practise
    assert practise < page.index("Asked a friendly question")
    assert "A retest may follow." in page
    assert "November 2026" in page
    for word in ("17 November", "Night", visit.tester.name, "fail", "AUTH-1"):
        assert word not in page


def test_feedback_of_a_good_visit_asks_for_nothing(
    client, visit, officer, premises, now
):
    released(visit, officer=officer, now=now)

    page = client.get(address("feedback", premises, visit.key)).text

    assert "Your team did everything the standard asks for." in page
    assert "A retest may follow." not in page


def test_other_managers_find_nothing(client_of, task, premises, visit):
    link = ManagerLinkFactory.create()
    stranger = client_of(link.user)
    paths = (
        address("task-list", premises),
        address("task-detail", premises, task.key),
        address("feedback", premises, visit.key),
        address("task-detail", link.premises, task.key),
        address("feedback", link.premises, visit.key),
    )

    assert {stranger.get(path).status_code for path in paths} == {404}
    response = stranger.post(paths[1], {"note": "Done"})
    task.refresh_from_db()
    assert response.status_code == 404
    assert task.state == TaskState.OPEN


def test_officers_task_is_not_on_managers_pages(client, visit, officer, premises, now):
    GapRuleFactory.create(owner=TaskOwner.OFFICER, step=Step.ASKED)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get()

    assert client.get(address("task-detail", premises, task.key)).status_code == 404
    feedback = client.get(address("feedback", premises, visit.key)).text
    assert "An officer will get in touch to meet you." in feedback


def test_home_shows_what_is_to_do(client, task, premises, manager, officer, now):
    home = reverse("portal:premises", args=[premises.key])
    panels = client.get(home).context["panels"]
    (panel,) = [p for p in panels if p.template.startswith("followups/")]
    assert panel.context["tasks"] == [task]

    services.mark_done(task=task, note="Briefed", actor=manager, now=now)

    panels = client.get(home).context["panels"]
    (panel,) = [p for p in panels if p.template.startswith("followups/")]
    assert panel.context["tasks"] == []


def test_past_due_day_is_said(client, premises, officer, area):
    long_ago = timezone.now() - datetime.timedelta(days=60)
    GapRuleFactory.create(due_days=5)
    old = make_visit(premises=premises, planned_on=timezone.localdate(long_ago))
    released(old, officer=officer, now=long_ago, asked="no")

    page = client.get(address("task-list", premises)).text

    assert "(this day has passed)" in page
