import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent
from partners.training.coverage import Coverage, coverage_by_premises
from partners.training.models import Attempt, Completion, Progress, Requirement
from tests.factories.learning import ModuleVersionFactory
from tests.factories.training import (
    CompletionFactory,
    ProgressFactory,
    RequirementFactory,
)
from tests.partners.training.conftest import print_slip

MODULE = "/train/modules/reception/"


def text_of(response):
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def answer_all(client, options):
    for number, option in enumerate(options, start=1):
        client.post(f"{MODULE}questions/{number}/", {"option": option})


def read_all(client):
    client.post(f"{MODULE}start/")
    for number in (1, 2):
        client.post(f"{MODULE}lessons/{number}/")


def test_worker_walks_from_the_slip_to_the_certificate(desk):
    printed = print_slip(desk, timezone.now())
    today = timezone.localdate()
    client = Client()

    start = client.get(f"/train/{printed.staff_code.lower()}/")
    assert f'value="{printed.staff_code}"' in start.content.decode()
    assert "your employer holds this record" in text_of(start)
    modules = client.post(
        "/train/",
        {
            "staff_code": printed.staff_code,
            "personal_code": printed.code.lower(),
            "pin": printed.pin,
        },
        follow=True,
    )
    assert modules.redirect_chain == [("/train/modules/", 302)]
    assert "Hello Ana Kowalska" in text_of(modules)
    intro = client.get(MODULE)
    assert "If this is hard to read, talk to someone you trust." in text_of(intro)
    lesson = client.post(f"{MODULE}start/", follow=True)
    assert "Lesson 1 of 2" in text_of(lesson)
    assert 'href="/report/"' in lesson.content.decode()
    lesson = client.post(f"{MODULE}lessons/1/", follow=True)
    assert "Lesson 2 of 2" in text_of(lesson)
    question = client.post(f"{MODULE}lessons/2/", follow=True)
    assert question.redirect_chain == [(f"{MODULE}questions/1/", 302)]
    for number in (1, 2, 3, 4):
        question = client.post(
            f"{MODULE}questions/{number}/", {"option": "b"}, follow=True
        )
        assert "Right Call 999 Yes." in text_of(question)
    certificate = client.post(f"{MODULE}finish/", follow=True)

    completion = Completion.objects.get()
    assert completion.valid_from == today
    assert certificate.request["PATH_INFO"] == (
        f"/train/certificates/{completion.certificate_code}/"
    )
    shown = text_of(certificate)
    assert f"Ana Kowalska {completion.module.title}" in shown
    assert f"http://testserver/verify/{completion.certificate_code}/" in shown
    coverage = coverage_by_premises(day=today, premises=[desk.premises])
    assert coverage == {desk.premises.pk: Coverage(1, 1, 1, 0, 0, 0)}


def test_forms_hold_all_that_a_browser_without_script_needs(desk):
    printed = print_slip(desk, timezone.now())
    client = Client(enforce_csrf_checks=True)
    page = client.get("/train/")
    typed = {"personal_code": printed.code, "pin": printed.pin}

    for fields in (
        {"staff_code": printed.staff_code, **typed},
        {"begin": ""},
        *[{}] * 2,
        *[{"option": "b"}, {}] * 4,
    ):
        page = send_first_form(client, page, fields)

    assert "Well done" in text_of(page)


def send_first_form(client, page, fields):
    """Send the first form of a page as it stands, or else follow its last button."""
    body = page.content.decode().split("<main", 1)[1]
    here = page.request["PATH_INFO"]
    if "begin" in fields:
        body = client.get(re.findall(r'href="(/train/modules/[^"]+)"', body)[0])
        here, body = body.request["PATH_INFO"], body.content.decode()
        body = body.split("<main", 1)[1]
    form = re.search(r"<form(.*?)>(.*?)</form>", body, re.DOTALL)
    next_page = re.search(r'class="button button--big"\s+href="([^"]+)"', body)
    if next_page:
        return client.get(next_page[1])
    assert form
    action = re.search(r'action="([^"]+)"', form[1])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[2]))
    return client.post(action[1] if action else here, {**hidden, **fields}, follow=True)


def test_wrong_answer_explains_itself_and_the_first_answer_counts(learner):
    read_all(learner)
    wrong = learner.post(f"{MODULE}questions/1/", {"option": "a"}, follow=True)
    learner.post(f"{MODULE}questions/1/", {"option": "b"})

    assert "Not quite Wait Call. Best answer Call 999" in text_of(wrong)
    assert Progress.objects.get().answers == {"q1": "a"}


def test_must_get_right_question_fails_alone_and_can_be_tried_again(learner):
    read_all(learner)
    answer_all(learner, "abbb")
    failed = learner.post(f"{MODULE}finish/", follow=True)
    assert "Nearly there" in text_of(failed)
    assert "This one has to be right Call 999" in text_of(failed)
    assert Completion.objects.count() == 0

    again = learner.post(f"{MODULE}start/", follow=True)
    answer_all(learner, "bbbb")
    learner.post(f"{MODULE}finish/")

    assert again.redirect_chain == [(f"{MODULE}questions/1/", 302)]
    attempts = Attempt.objects.order_by("pk").values_list("score", "is_passed")
    assert list(attempts) == [(75, False), (100, True)]


def test_finishing_twice_is_one_attempt(learner):
    read_all(learner)
    answer_all(learner, "bbbb")

    first = learner.post(f"{MODULE}finish/")
    second = learner.post(f"{MODULE}finish/")

    assert first.headers["Location"] == second.headers["Location"]
    assert Attempt.objects.count() == 1
    assert Completion.objects.count() == 1


def test_finishing_too_early_leads_to_where_the_person_is(learner):
    learner.post(f"{MODULE}start/")
    learner.post(f"{MODULE}lessons/1/")

    early = learner.post(f"{MODULE}finish/")

    assert early.url == f"{MODULE}lessons/2/"
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("ahead", ("lessons/2/", "questions/1/", "questions/4/"))
def test_nothing_can_be_skipped(learner, ahead):
    learner.post(f"{MODULE}start/")

    assert learner.get(f"{MODULE}{ahead}").headers["Location"] == (
        f"{MODULE}lessons/1/"
    )


@pytest.mark.parametrize("path", ("lessons/0/", "lessons/3/", "questions/5/"))
def test_pages_that_are_not_there_are_404(learner, path):
    learner.post(f"{MODULE}start/")

    assert learner.get(f"{MODULE}{path}").status_code == 404


def test_person_goes_on_where_they_were_on_another_phone(desk, learner):
    read_all(learner)
    learner.post(f"{MODULE}questions/1/", {"option": "b"})
    printed = print_slip(desk, timezone.now())
    other = Client()
    other.post(
        "/train/",
        {
            "staff_code": printed.staff_code,
            "personal_code": printed.code,
            "pin": printed.pin,
        },
    )

    resumed = other.post(f"{MODULE}start/")

    assert resumed.headers["Location"] == f"{MODULE}questions/2/"


def test_newer_version_waits_for_whoever_is_in_the_middle(desk, learner):
    learner.post(f"{MODULE}start/")
    ModuleVersionFactory.create(module=desk.version.module, number=2)
    learner.post(f"{MODULE}lessons/1/")

    resumed = learner.post(f"{MODULE}start/")

    assert resumed.url == f"{MODULE}lessons/2/"
    assert Progress.objects.get().version == desk.version


def test_answer_that_is_none_is_asked_for_again(learner):
    read_all(learner)

    refused = learner.post(f"{MODULE}questions/1/", {"option": "z"})

    assert refused.status_code == 422
    assert "Choose one of the answers." in text_of(refused)
    assert Progress.objects.get().answers == {}


def test_module_that_is_not_required_is_not_there(learner):
    other = ModuleVersionFactory.create(module__slug="bar")
    RequirementFactory.create(module=other.module, roles=["bar"])

    assert learner.get("/train/modules/bar/").status_code == 404
    assert learner.post("/train/modules/bar/start/").status_code == 404
    assert learner.get("/train/modules/bar/lessons/1/").status_code == 404


def test_results_and_certificates_of_others_are_not_there(learner):
    other = CompletionFactory.create()

    certificate = learner.get(f"/train/certificates/{other.certificate_code}/")
    result = learner.get(f"/train/results/{other.attempt_id}/")

    assert (certificate.status_code, result.status_code) == (404, 404)


def test_certificate_of_ones_own_can_be_seen_again(desk, learner):
    mine = CompletionFactory.create(
        staff_member=desk.person,
        module=desk.version.module,
        attempt__version=desk.version,
        valid_until=timezone.localdate().replace(year=2099, month=1, day=5),
    )

    listed = learner.get("/train/modules/")

    assert "In date until 5 January 2099" in text_of(listed)
    assert f"/train/certificates/{mine.certificate_code}/" in listed.content.decode()
    shown = text_of(learner.get(f"/train/certificates/{mine.certificate_code}/"))
    assert "Valid until 5 January 2099" in shown


def test_person_without_required_modules_is_told_so(desk, learner):
    desk.version.module.requirements.all()[0].required_roles.all().delete()

    assert "Nothing to learn right now" in text_of(learner.get("/train/modules/"))


def test_progress_and_attempts_are_audited(learner):
    read_all(learner)
    answer_all(learner, "bbbb")
    learner.post(f"{MODULE}finish/")

    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "slips.printed",
        "slip.used",
        "progress.started",
        "attempt.submitted",
        "completion.recorded",
    ]


@pytest.mark.parametrize("item_count", (1, 3))
def test_module_list_asks_the_same_however_many(
    desk, learner, item_count, django_assert_num_queries
):
    for _ in range(item_count - 1):
        version = ModuleVersionFactory.create()
        RequirementFactory.create(module=version.module)
        ProgressFactory.create(staff_member=desk.person, version=version)

    with django_assert_num_queries(9):
        page = learner.get("/train/modules/")

    assert page.content.decode().count("It was due on") == item_count


@pytest.mark.parametrize(
    ("facts", "ended_ago", "words"),
    (
        ({"within_days": 2000}, None, ["Finish it by"]),
        ({"within_days": 0}, None, ["It was due on"]),
        (
            {"within_days": 0, "grace_days": 365},
            None,
            ["It was due on", "Finish it by"],
        ),
        ({}, 1, ["You did it before, and it ran out on"]),
        (
            {"grace_days": 30},
            1,
            ["You did it before, and it ran out on", "Finish it by"],
        ),
        ({}, -1, ["In date until"]),
    ),
)
def test_module_list_says_from_when_and_until_when(
    desk, learner, facts, ended_ago, words
):
    Requirement.objects.update(**facts)
    if ended_ago is not None:
        until = timezone.localdate() - timedelta(days=ended_ago)
        CompletionFactory.create(
            staff_member=desk.person, module=desk.version.module, valid_until=until
        )

    page = learner.get("/train/modules/").text

    every = (
        "Finish it by",
        "It was due on",
        "You did it before, and it ran out on",
        "In date until",
    )
    assert {one for one in every if one in page} == set(words)


def test_lesson_and_question_ask_little(learner, django_assert_num_queries):
    learner.post(f"{MODULE}start/")

    with django_assert_num_queries(5):
        lesson = learner.get(f"{MODULE}lessons/1/")
    read_all(learner)
    with django_assert_num_queries(5):
        question = learner.get(f"{MODULE}questions/1/")

    assert "Lesson 1 of 2" in text_of(lesson)
    assert "Question 1?" in text_of(question)
