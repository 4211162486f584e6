import pytest

from campaigns.learning.loading import LearningError, load_modules
from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.rendering import lesson_signs
from campaigns.signs.loading import load_signs
from core.models import AuditEvent
from partners.register.enums import StaffRole

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


def write(folder, *, title="At the desk", pass_mark=80, correct="true", name="desk.en"):
    text = FILE.format(title=title, pass_mark=pass_mark, correct=correct)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_modules_of_the_project_are_sound_and_load(now):
    versions = load_modules(now=now)

    assert {(version.module.slug, version.number) for version in versions} == {
        ("reception", 1),
        ("housekeeping", 1),
        ("bar-and-security", 1),
        ("manager", 1),
    }
    for version in versions:
        assert len(version.content["lessons"]) == 5
        assert len(version.content["questions"]) == 8
        assert set(version.content["roles"]) <= set(StaffRole.values)


def test_every_sign_of_the_modules_has_words(now):
    load_signs()
    for version in load_modules(now=now):
        content = version.content
        for lesson in content["lessons"]:
            worded = lesson_signs(
                keys=lesson["signs"], roles=content["roles"], language="en"
            )
            assert len(worded) == len(lesson["signs"]), lesson["id"]


def test_unchanged_file_makes_nothing(tmp_path, now):
    write(tmp_path)
    load_modules(now=now, folder=tmp_path)

    assert load_modules(now=now, folder=tmp_path) == []
    assert ModuleVersion.objects.count() == 1


def test_changed_file_makes_the_next_version_and_keeps_the_old(tmp_path, now):
    write(tmp_path)
    load_modules(now=now, folder=tmp_path)
    write(tmp_path, title="At reception", pass_mark=90)

    [version] = load_modules(now=now, folder=tmp_path)

    assert (version.number, version.content["title"]) == (2, "At reception")
    old = ModuleVersion.objects.get(number=1)
    assert (old.content["title"], old.content["pass_mark"]) == ("At the desk", 80)
    module = Module.objects.get()
    assert (module.title, module.pass_mark) == ("At reception", 90)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "moduleversion.published",
        "module.changed",
        "moduleversion.published",
    ]


def test_another_language_is_a_version_of_the_same_module(tmp_path, now):
    write(tmp_path)
    write(tmp_path, title="W recepcji", name="desk.pl")

    versions = load_modules(now=now, folder=tmp_path)

    assert [(version.language, version.number) for version in versions] == [
        ("en", 1),
        ("pl", 1),
    ]
    module = Module.objects.get()
    assert module.title == "At the desk"
    assert ModuleVersion.objects.current(module, "pl") == versions[1]
    assert ModuleVersion.objects.current(module, "ur") == versions[0]


def test_unsound_file_loads_nothing_at_all(tmp_path, now):
    write(tmp_path)
    write(tmp_path, correct="false", name="zz.en")

    with pytest.raises(LearningError, match=r"zz.en.toml: .*exactly one right answer"):
        load_modules(now=now, folder=tmp_path)

    assert Module.objects.count() == 0
