import pytest
from django.test import override_settings

from accounts.enums import Role
from campaigns.learning.enums import Change
from campaigns.learning.models import ModuleVersion, ModuleWording
from campaigns.learning.rules.words import OPENING, blocks_of, words_of
from campaigns.learning.services import (
    LearningError,
    change_words,
    confirm_words,
    freeze_version,
)
from core.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.learning import AuthoredModuleFactory, module_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(now):
    module = AuthoredModuleFactory.create()
    freeze_version(module=module, now=now)
    return module


@pytest.fixture
def editor(area):
    return UserFactory.create(roles=[Role.EDITOR], areas=[area])


def newest(module, language="en"):
    return ModuleVersion.objects.current(module, language)


def reword(module, **changes):
    """Give the second lesson, or what is named, other words in the row of editors."""
    content = module.content() | changes
    if not changes:
        content["lessons"][1]["parts"][0]["paragraphs"] = ["Look again."]
    AuthoredModuleFactory.write(module, content)


def translate(module, editor, part, language="pl"):
    version = newest(module)
    words = words_of(blocks_of(version.words)[part])
    told = {place: f"PL {text}" for place, text in words.items()}
    return change_words(
        version=version, language=language, blocks={part: told}, actor=editor
    )


def test_published_module_is_frozen_as_it_says(module):
    version = newest(module)

    assert version.content == module.content() == module_content()
    assert (version.number, version.is_material, version.changed) == (1, True, [])
    assert AuditEvent.objects.get().verb == "moduleversion.published"


def test_publishing_the_same_again_makes_nothing(module, now):
    assert freeze_version(module=module, now=now) == []
    assert ModuleVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "is_material", "requires_delta", "changed"),
    (
        (Change.COSMETIC, False, False, []),
        (Change.MATERIAL, True, False, ["lesson-2"]),
        (Change.DELTA, True, True, ["lesson-2"]),
    ),
)
def test_change_is_what_its_editor_says(
    module, now, change, is_material, requires_delta, changed
):
    reword(module)
    module.change = change

    [version] = freeze_version(module=module, now=now)

    assert version.number == 2
    assert version.is_material is is_material
    assert version.requires_delta is requires_delta
    assert version.changed == changed


def test_other_title_alone_requires_no_delta(module, now):
    reword(module, title="At the desk")
    module.change = Change.DELTA

    [version] = freeze_version(module=module, now=now)

    assert (version.requires_delta, version.changed) == (False, [])


def test_unsound_module_is_not_published(module, now):
    reword(module, questions=[])

    with pytest.raises(LearningError, match="everybody has to get right"):
        freeze_version(module=module, now=now)

    assert ModuleVersion.objects.count() == 1


def test_confirmed_words_are_published_in_their_language(module, now, editor):
    translate(module, editor, "q1")
    ModuleWording.objects.update(confirmed_by="Ewa Nowak")

    english, polish = freeze_version(module=module, now=now)

    assert [(one.number, one.language) for one in (english, polish)] == [
        (2, "en"),
        (2, "pl"),
    ]
    assert (english.is_material, english.content) == (False, module.content())
    told = {part["id"]: part["language"] for part in polish.words["questions"]}
    assert told == {"q1": "pl", "q2": "en", "q3": "en", "q4": "en"}
    assert polish.words["questions"][0]["text"] == "PL Question 1?"
    assert (newest(module, "pl"), newest(module, "ur")) == (polish, english)
    assert ModuleVersion.objects.same_in(english, "pl") == polish
    assert ModuleVersion.objects.same_in(polish, "ur") == english


def test_unconfirmed_words_are_published_in_a_demonstration_only(module, now, editor):
    translate(module, editor, OPENING)

    assert freeze_version(module=module, now=now) == []
    with override_settings(DEMONSTRATION=True):
        [_english, polish] = freeze_version(module=module, now=now)
    assert (polish.words["title"], polish.words["language"]) == (
        "PL At reception",
        "pl",
    )


@pytest.mark.parametrize(
    ("change", "language"), ((Change.COSMETIC, "pl"), (Change.MATERIAL, "en"))
)
def test_outdated_words_are_english_again_but_where_they_mean_the_same(
    module, now, editor, change, language
):
    translate(module, editor, "lesson-1")
    translate(module, editor, "lesson-2")
    ModuleWording.objects.update(confirmed_by="Ewa Nowak")
    freeze_version(module=module, now=now)
    reword(module)
    module.change = change

    _english, polish = freeze_version(module=module, now=now)

    told = [lesson["language"] for lesson in polish.words["lessons"]]
    assert told == ["pl", language]


def test_words_that_change_are_a_draft_again(module, editor):
    [row] = translate(module, editor, "q1")
    ModuleWording.objects.update(confirmed_by="Ewa Nowak")

    assert translate(module, editor, "q1") == []
    row.refresh_from_db()
    assert row.confirmed_by == "Ewa Nowak"

    change_words(
        version=newest(module),
        language="pl",
        blocks={"q1": {".text": "Inne? "}, "q2": {".text": ""}},
        actor=editor,
    )
    row = ModuleWording.objects.get()
    assert (row.words, row.confirmed_by) == ({".text": "Inne?"}, "")
    assert AuditEvent.objects.filter(verb="module.translated").count() == 2


@pytest.mark.parametrize(("language", "part"), (("en", "q1"), ("pl", "gone")))
def test_words_of_nothing_are_refused(module, editor, language, part):
    with pytest.raises(LearningError):
        change_words(
            version=newest(module),
            language=language,
            blocks={part: {".text": "?"}},
            actor=editor,
        )

    assert ModuleWording.objects.count() == 0


def test_words_that_were_read_are_published_at_once(module, editor, now):
    translate(module, editor, "q1")
    reading = {"module": module, "language": "pl", "actor": editor, "now": now}

    assert confirm_words(**reading, name="Ewa Nowak") == 1
    assert newest(module, "pl").language == "pl"
    assert confirm_words(**reading, name="Ewa Nowak") == 0
    assert newest(module).number == 2


def test_outdated_words_are_not_confirmed(module, editor, now):
    translate(module, editor, "lesson-2")
    reword(module)
    freeze_version(module=module, now=now)

    read = confirm_words(
        module=module, language="pl", name="Ewa Nowak", actor=editor, now=now
    )

    assert read == 0
    assert ModuleWording.objects.get().confirmed_by == ""
