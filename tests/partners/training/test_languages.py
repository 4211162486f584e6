"""The language is changed at any moment, and nothing is lost."""

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent, LanguageConfirmation
from partners.register.models import StaffMember
from partners.register.services import RegisterError
from partners.training.models import Attempt, Progress
from partners.training.services import choose_language, start_module
from tests.factories.learning import ModuleVersionFactory, module_content
from tests.factories.training import ProgressFactory
from tests.partners.training.conftest import print_slip

MODULE = "/train/modules/reception/"
pytestmark = pytest.mark.usefixtures("confirmed_languages")


@pytest.fixture
def urdu(desk):
    content = module_content()
    content["lessons"][0]["title"] = "سبق"
    return ModuleVersionFactory.create(
        module=desk.version.module, language="ur", content=content
    )


def is_urdu(page):
    return '<html lang="ur"' in page.text and 'dir="rtl"' in page.text


def choose(client, language, path="/train/modules/"):
    return client.post("/train/language/", {"language": language, "next": path})


def test_learner_changes_the_language_in_the_middle_and_goes_on(desk, urdu, learner):
    learner.post(f"{MODULE}start/")
    for number in (1, 2):
        learner.post(f"{MODULE}lessons/{number}/")
    learner.post(f"{MODULE}questions/1/", {"option": "b"})

    changed = choose(learner, "ur", f"{MODULE}questions/2/")
    page = learner.get(changed.url)

    progress = Progress.objects.get()
    assert changed.url == f"{MODULE}questions/2/"
    assert is_urdu(page)
    assert page.headers["Content-Language"] == "ur"
    assert (progress.version, progress.answers) == (urdu, {"q1": "b"})
    assert "سبق" in learner.get(f"{MODULE}lessons/1/").text
    assert StaffMember.objects.get().language == "ur"
    assert AuditEvent.objects.filter(verb="staffmember.language_chosen").count() == 1


def test_back_to_english_is_where_it_was(desk, urdu, learner):
    learner.post(f"{MODULE}start/")
    learner.post(f"{MODULE}lessons/1/")

    choose(learner, "ur")
    choose(learner, "en")

    progress = Progress.objects.get()
    assert (progress.version, progress.lessons_read) == (desk.version, 1)
    assert not is_urdu(learner.get("/train/modules/"))


def test_what_ended_in_the_other_language_does_not_stand_in_the_way(desk, urdu, now):
    ProgressFactory.create(staff_member=desk.person, version=urdu, started_at=now)
    Attempt.objects.create(
        staff_member=desk.person,
        version=urdu,
        started_at=now,
        submitted_at=now,
        answers={},
        score=0,
        is_passed=False,
    )
    begun = start_module(
        staff_member=desk.person, module=desk.version.module, now=timezone.now()
    )

    choose_language(staff_member=desk.person, language="ur")

    begun.refresh_from_db()
    assert begun.version == urdu
    assert Progress.objects.count() == 1
    assert Attempt.objects.count() == 1


def test_module_without_the_language_stays_in_english(desk, learner):
    learner.post(f"{MODULE}start/")

    choose(learner, "pl")

    page = learner.get(f"{MODULE}lessons/1/")
    assert Progress.objects.get().version == desk.version
    assert '<html lang="pl"' in page.text
    assert '<article class="lesson" lang="en">' in page.text


def test_language_chosen_before_signing_in_is_gone_on_with(desk):
    printed = print_slip(desk, timezone.now())
    client = Client()

    choose(client, "ur", f"/train/{printed.staff_code}/")
    first = client.get(f"/train/{printed.staff_code}/")
    client.post(
        "/train/",
        {
            "staff_code": printed.staff_code,
            "personal_code": printed.code,
            "pin": printed.pin,
        },
    )

    assert is_urdu(first)
    assert is_urdu(client.get("/train/modules/"))
    assert StaffMember.objects.get().language == "ur"


def test_signing_out_leaves_no_language_behind_for_the_next_person(learner):
    choose(learner, "ur")

    last = learner.post("/train/sign-out/")

    assert is_urdu(last)
    assert not is_urdu(learner.get("/train/"))


@pytest.mark.parametrize(
    ("path", "place"),
    (
        ("https://elsewhere.example/train/", "/train/"),
        ("//elsewhere.example/train/", "/train/"),
        ("/partners/", "/train/"),
        ("/train/sign-out/", "/train/"),
        ("", "/train/"),
        ("/train/modules/", "/train/modules/"),
    ),
)
def test_choice_leads_back_to_a_page_of_training_only(learner, path, place):
    assert choose(learner, "ur", path).url == place


@pytest.mark.parametrize("language", ("xx", "", "de"))
def test_language_that_is_none_of_ours_changes_nothing(desk, learner, language):
    choose(learner, language)

    assert StaffMember.objects.get().language == "en"
    assert not is_urdu(learner.get("/train/modules/"))
    with pytest.raises(RegisterError, match="Choose a language from the list"):
        choose_language(staff_member=desk.person, language=language)


def test_every_page_of_a_learner_offers_the_languages(learner):
    for path in ("/train/modules/", MODULE):
        page = learner.get(path)

        assert f'<input type="hidden" name="next" value="{path}">' in page.text
        assert 'lang="ur"' in page.text


def test_only_spoken_languages_are_offered(desk, learner):
    desk.person.language = "ur"
    desk.person.save()
    LanguageConfirmation.objects.filter(language="ur").delete()

    page = learner.get("/train/modules/")

    assert not is_urdu(page)
    assert 'value="ur"' not in page.text
    assert 'value="pl"' in page.text
