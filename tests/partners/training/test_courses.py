"""What one person is taught and asked, through the pages they see."""

import pytest

from campaigns.learning.models import ModuleVersion
from partners.training.models import Attempt, Progress
from partners.training.services import start_module
from tests.factories.learning import ModuleVersionFactory, first_content, module_content
from tests.partners.training.test_journey import MODULE, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(desk):
    """Publish a newer version with a pool, and parts for the bar alone."""
    content = module_content(questions=8) | {"ask": 3}
    content["lessons"][1]["roles"] = ["bar"]
    content["questions"][0]["must_get_right"] = True
    content["questions"][4]["roles"] = ["bar"]
    content["lessons"][0]["parts"] = [
        {
            "kind": "dialogue",
            "lines": [
                {"who": "You", "text": "“Who is staying?”"},
                {"who": "Guest", "text": "“Just us.”"},
            ],
        },
        {
            "kind": "scene",
            "motif": "reception",
            "text": "Two people walk in.",
            "spots": [
                {"text": "One answers.", "is_sign": True, "explain": "For both."},
                {"text": "It is late.", "is_sign": False, "explain": "Trains are."},
            ],
        },
    ]
    return ModuleVersionFactory.create(
        module=desk.version.module, number=2, content=content
    )


def begun(learner):
    learner.post(f"{MODULE}start/")
    return Progress.objects.select_related("version").latest("pk")


def right_answers(progress):
    return {
        question["id"]: next(o["id"] for o in question["options"] if o["correct"])
        for question in progress.course["questions"]
    }


def test_lesson_shows_dialogue_and_scene(learner, pool):
    begun(learner)

    shown = text_of(learner.get(f"{MODULE}lessons/1/"))

    assert "Lesson 1 of 1" in shown
    assert "You “Who is staying?” Guest “Just us.”" in shown
    assert "Two people walk in." in shown
    assert "One answers. Look closer For both." in shown
    assert "It is late. Not a sign Trains are." in shown


def test_questions_are_drawn_once_and_stay_after_a_pause(learner, pool):
    progress = begun(learner)
    learner.post(f"{MODULE}lessons/1/")
    first = text_of(learner.get(f"{MODULE}questions/1/"))

    again = begun(learner)

    assert (again.pk, again.seed, again.roles) == (
        progress.pk,
        progress.seed,
        ["reception"],
    )
    assert text_of(learner.get(f"{MODULE}questions/1/")) == first
    assert "Question 1 of 3" in first
    asked = {question["id"] for question in progress.course["questions"]}
    assert "q1" in asked
    assert "q5" not in asked
    assert learner.get(f"{MODULE}questions/4/").status_code == 404


def test_score_is_of_what_was_asked(learner, pool):
    progress = begun(learner)
    learner.post(f"{MODULE}lessons/1/")
    answers = right_answers(progress)
    for number, option in enumerate(answers.values(), start=1):
        learner.post(f"{MODULE}questions/{number}/", {"option": option})

    learner.post(f"{MODULE}finish/")

    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_passed) == (100, True)
    assert (attempt.answers, attempt.seed) == (answers, progress.seed)
    assert attempt.course == progress.course


def test_another_try_draws_anew(desk, pool, now):
    progress = start_module(
        staff_member=desk.person, module=desk.version.module, now=now
    )
    first = progress.seed
    Attempt.objects.create(
        staff_member=desk.person,
        version=progress.version,
        started_at=progress.started_at,
        submitted_at=now,
        answers={},
        score=0,
        is_passed=False,
    )

    again = start_module(staff_member=desk.person, module=pool.module, now=now)

    assert (again.pk, again.seed != first) == (progress.pk, True)


def test_version_of_the_first_shape_is_still_learned(learner, desk):
    ModuleVersionFactory.create(
        module=desk.version.module, number=2, content=first_content()
    )

    progress = begun(learner)

    assert progress.version == ModuleVersion.objects.get(number=2)
    assert "Look, ask, call." in text_of(learner.get(f"{MODULE}lessons/1/"))


def test_lesson_may_be_skipped_for_something_kinder(learner, pool, desk):
    content = pool.content | {"skip_note": "Ring 999 if they are here."}
    ModuleVersionFactory.create(module=pool.module, number=3, content=content)
    begun(learner)
    link = f"{MODULE}lessons/1/instead/"
    assert link in learner.get(f"{MODULE}lessons/1/").content.decode()
    assert "Ring 999 if they are here." in text_of(learner.get(link))

    answer = learner.post(link)

    assert answer.url == f"{MODULE}questions/1/"
    progress = Progress.objects.get()
    assert (progress.skipped, progress.lessons_read) == (["lesson-1"], 1)
    for number, option in enumerate(right_answers(progress).values(), start=1):
        learner.post(f"{MODULE}questions/{number}/", {"option": option})
    learner.post(f"{MODULE}finish/")
    assert Attempt.objects.get().skipped == ["lesson-1"]


def test_lesson_without_anything_in_its_place_is_read(learner, pool):
    begun(learner)

    assert "/instead/" not in learner.get(f"{MODULE}lessons/1/").content.decode()
    answer = learner.post(f"{MODULE}lessons/1/instead/")

    assert answer.url == f"{MODULE}lessons/1/"
    assert Progress.objects.get().skipped == []
