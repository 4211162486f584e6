import pytest

from campaigns.guidance.rules.reading import joined, reading_age
from campaigns.learning.loading import load_modules
from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.rendering import lesson_signs
from campaigns.learning.rules.shape import sign_keys
from campaigns.learning.rules.words import blocks_of, words_of
from campaigns.learning.services import LearningError
from campaigns.routes.loading import load_routes
from campaigns.routes.models import Route
from campaigns.signs.loading import load_signs
from core.models import AuditEvent
from partners.register.enums import StaffRole
from tests.factories.learning import (
    ModuleFactory,
    ModuleVersionFactory,
    first_content,
)

pytestmark = pytest.mark.django_db

FILE = """
slug = "desk"
title = "{title}"
summary = "What to notice."
minutes = 5
roles = ["reception"]
pass_mark = {pass_mark}
support_note = "Talk to someone."

[[lesson]]
id = "look"
title = "Look"
body = ["Look closer."]

[[question]]
id = "still-here"
text = "They are still here?"
must_get_right = true
[[question.option]]
id = "a"
text = "Wait"
correct = false
explain = "Ring 999."
[[question.option]]
id = "b"
text = "Ring 999"
correct = {correct}
explain = "Yes."
"""


MORE = """
[[lesson]]
id = "see"
title = "See"
say = "“Hello.”"
alternative = "Ring 999 if they are here."
[[lesson.part]]
kind = "dialogue"
[[lesson.part.line]]
who = "You"
text = "Who is staying?"
[[lesson.part.line]]
who = "Guest"
text = "Us two."
[[lesson.part]]
kind = "scene"
motif = "bar"
text = "They sit down."
[[lesson.part.spot]]
text = "They whisper."
is_sign = false
explain = "Many do."
[[lesson.part.spot]]
text = "He holds her arm."
is_sign = true
explain = "Look."
"""


def write(folder, *, title="At the desk", pass_mark=80, correct="true", name="desk"):
    text = FILE.format(title=title, pass_mark=pass_mark, correct=correct)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_modules_of_the_project_are_sound_and_load(now):
    versions = [one for one in load_modules(now=now) if one.language == "en"]

    assert {(version.module.slug, version.number) for version in versions} == {
        ("reception", 1),
        ("housekeeping", 1),
        ("bar-and-security", 1),
        ("manager", 1),
    }
    for version in versions:
        words = version.words
        assert len(words["lessons"]) >= 5
        assert len(words["questions"]) >= words["ask"] + 2
        assert set(words["roles"]) <= set(StaffRole.values)
        assert version.module.content() == version.content


def test_modules_of_the_project_read_easily(now):
    for version in load_modules(now=now):
        if version.language == "en":
            texts = [
                text
                for block in blocks_of(version.words).values()
                for text in words_of(block).values()
            ]
            assert (reading_age(joined(texts)) or 0) <= 11, version.module.slug


def test_every_route_of_the_modules_is_known(now):
    load_routes(today=now.date())
    known = {*Route.objects.values_list("key", flat=True)}
    for version in load_modules(now=now):
        named = {*version.words["support_routes"]}
        for lesson in version.words["lessons"]:
            for part in lesson["parts"]:
                named |= {*part.get("keys", ())} if part["kind"] == "routes" else set()
        assert named <= known


def test_every_sign_of_the_modules_has_words(now):
    load_signs()
    for version in load_modules(now=now):
        keys = [*sign_keys(version.words)]
        worded = lesson_signs(keys=keys, roles=version.words["roles"], language="en")
        assert [sign.key for sign in worded] == keys


def test_second_run_makes_nothing(tmp_path, now):
    write(tmp_path)
    load_modules(now=now, folder=tmp_path)

    assert load_modules(now=now, folder=tmp_path) == []
    assert ModuleVersion.objects.count() == 1


def test_editors_own_a_module_once_it_is_loaded(tmp_path, now):
    write(tmp_path)
    [first] = load_modules(now=now, folder=tmp_path)
    Module.objects.update(title="Our desk")
    write(tmp_path, title="At reception", pass_mark=90)

    assert load_modules(now=now, folder=tmp_path) == []
    module = Module.objects.get()
    assert (module.title, module.pass_mark) == ("Our desk", 80)
    assert [*module.versions.all()] == [first]
    assert [*AuditEvent.objects.order_by("pk").values_list("verb", flat=True)] == [
        "module.loaded",
        "moduleversion.published",
    ]


def test_module_from_before_editors_gets_its_words_and_the_next_number(tmp_path, now):
    write(tmp_path)
    module = ModuleFactory.create(slug="desk", title="Before")
    ModuleVersionFactory.create(module=module, content=first_content())

    [version] = load_modules(now=now, folder=tmp_path)

    module.refresh_from_db()
    assert (version.module, version.number) == (module, 2)
    assert (version.content["title"], module.title) == ("At the desk", "At the desk")
    assert [child.id for child in module.lessons] == ["look"]
    assert [child.id for child in module.questions] == ["still-here"]


def test_parts_of_a_file_become_parts_of_a_lesson(tmp_path, now):
    write(tmp_path)
    with (tmp_path / "desk.toml").open("a", encoding="utf-8") as file:
        file.write(MORE)

    [version] = load_modules(now=now, folder=tmp_path)

    lesson = version.content["lessons"][1]
    assert lesson["alternative"] == "Ring 999 if they are here."
    assert lesson["parts"] == [
        {"kind": "say", "text": "“Hello.”"},
        {
            "kind": "dialogue",
            "lines": [
                {"who": "You", "text": "Who is staying?"},
                {"who": "Guest", "text": "Us two."},
            ],
        },
        {
            "kind": "scene",
            "motif": "bar",
            "text": "They sit down.",
            "spots": [
                {"text": "They whisper.", "is_sign": False, "explain": "Many do."},
                {"text": "He holds her arm.", "is_sign": True, "explain": "Look."},
            ],
        },
    ]


def test_unsound_file_loads_nothing_at_all(tmp_path, now):
    write(tmp_path)
    write(tmp_path, correct="false", name="zz")

    with pytest.raises(LearningError, match=r"zz.toml: .*exactly one right answer"):
        load_modules(now=now, folder=tmp_path)

    assert Module.objects.count() == 0
