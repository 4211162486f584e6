import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from outbox.models import Message
from partners.followups import services
from partners.followups.enums import TaskOwner, TaskState
from partners.followups.models import FollowUpTask, TaskEvidence
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


@pytest.fixture
def task(visit, officer, manager, now):
    GapRuleFactory.create()
    released(visit, officer=officer, now=now, asked="no")
    return FollowUpTask.objects.get()


def address(name, *args):
    return reverse(f"followups_admin:{name}", args=args)


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_shows_tasks_of_own_area(
    client, visit, officer, area, now, item_count, django_assert_num_queries
):
    GapRuleFactory.create_batch(item_count)
    released(visit, officer=officer, now=now, asked="no")
    far = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    other = make_visit(
        premises__area=far.areas.get(), planned_on=datetime.date(2026, 11, 17)
    )
    released(other, officer=far, now=now, asked="no")
    client.get(address("list"))

    with django_assert_num_queries(14):
        response = client.get(address("list"))

    shown = response.context["page"].object_list
    assert set(shown) == set(FollowUpTask.objects.filter(visit=visit))


def test_list_is_filtered_by_state_and_overdue(client, premises, officer, manager):
    GapRuleFactory.create(due_days=5)
    now = timezone.now()
    tasks = []
    for days in (60, 1):
        then = now - datetime.timedelta(days=days)
        visit = make_visit(premises=premises, planned_on=timezone.localdate(then))
        released(visit, officer=officer, now=then, asked="no")
        tasks.append(FollowUpTask.objects.get(visit=visit))
    services.mark_done(task=tasks[1], note="Briefed", actor=manager, now=now)

    def shown(**filters):
        return list(client.get(address("list"), filters).context["page"].object_list)

    assert shown(overdue="on") == [tasks[0]]
    assert shown(state="done") == [tasks[1]]
    assert shown(state="verified") == []
    assert shown(state="nonsense") == tasks


def test_verify_closes_and_return_asks(client, task, manager, now):
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)

    refused = client.post(address("return", task.key), {"question": ""})
    assert refused.status_code == 422
    client.post(address("return", task.key), {"question": "Nights too?"})
    task.refresh_from_db()
    assert task.state == TaskState.RETURNED
    assert Message.objects.filter(template="task_returned").count() == 1

    services.mark_done(task=task, note="Yes", actor=manager, now=now)
    response = client.post(address("verify", task.key))
    task.refresh_from_db()
    assert response.url == address("detail", task.key)
    assert task.state == TaskState.VERIFIED


def test_verify_of_an_open_task_gets_a_sentence(client, task):
    response = client.post(address("verify", task.key), follow=True)

    task.refresh_from_db()
    assert "Only a task that is marked as done can be verified" in response.text
    assert task.state == TaskState.OPEN


def test_return_of_an_open_task_gets_a_sentence(client, task):
    response = client.post(address("return", task.key), {"question": "Why?"})

    assert response.status_code == 422
    assert "not possible any more" in response.text


def test_own_task_is_done_with_a_note(client, visit, officer, manager, now):
    GapRuleFactory.create(owner=TaskOwner.OFFICER)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get()

    refused = client.post(address("done", task.key), {"note": ""})
    client.post(address("done", task.key), {"note": "Met on 20 November"})

    task.refresh_from_db()
    assert refused.status_code == 422
    assert task.state == TaskState.DONE


def test_managers_task_is_not_done_by_an_officer(client, task):
    response = client.post(address("done", task.key), {"note": "Done"})

    task.refresh_from_db()
    assert response.status_code == 422
    assert "belongs to the managers" in response.text
    assert task.state == TaskState.OPEN


def test_detail_shows_history_and_file(client, client_of, task, manager, premises):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
    client_of(manager).post(
        reverse("followups:task-detail", args=[premises.key, task.key]),
        {"note": "Briefed 6", "evidence": upload},
    )
    kept = TaskEvidence.objects.get()
    path = address("evidence", task.key, kept.key)

    page = client.get(address("detail", task.key)).text

    assert "Briefed 6" in page
    assert manager.name in page
    assert path in page
    assert b"".join(client.get(path).streaming_content) == b"%PDF-1.7 x"
    kept.file.delete(save=False)


def test_visit_page_shows_what_followed_and_leads_to_the_retest(
    client, task, visit, officer, manager, now
):
    detail = reverse("visits_admin:detail", args=[visit.key])
    plan = f"{reverse('visits_admin:plan')}?retest_of={visit.key}"
    before = client.get(detail).text
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)
    services.verify_task(task=task, actor=officer, now=now)

    after = client.get(detail).text

    assert task.title in before
    assert "Waiting for the follow-up" in before
    assert plan not in before
    assert "Window open" in after
    assert plan in after


def test_premises_page_lists_open_follow_ups(client, task, officer, manager, now):
    premises = task.premises
    page = reverse("officer-premises:detail", args=[premises.key])
    before = client.get(page).text
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)
    services.verify_task(task=task, actor=officer, now=now)

    after = client.get(page).text

    plan = f"{reverse('visits_admin:plan')}?premises={premises.key}"
    assert address("detail", task.key) in before
    assert address("detail", task.key) not in after
    assert plan in after
    assert f'value="{premises.key}" selected' in client.get(plan).text


@pytest.mark.parametrize("name", ("list", "detail", "verify", "return", "done"))
def test_others_find_nothing(client_of, task, area, manager, name):
    args = [] if name == "list" else [task.key]
    far = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    for person in (editor, far) if args else (editor,):
        client = client_of(person)
        assert client.get(address(name, *args)).status_code in {404, 405}
        assert client.post(address(name, *args)).status_code in {404, 405}
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_open_follow_ups_are_named_before_premises_close(client, task):
    page = client.get(reverse("officer-premises:close", args=[task.premises.key]))

    assert task.title in page.text
