import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

TOOLS = settings.BASE_DIR / "tools"
PAGES = """
[[page]]
slug = "one"
type = "guidance"
title = "A heading"
nav_title = "Short"
lead = "Ring {route:101}."
[[page.section]]
kind = "steps"
heading = "What to do"
body = ["First words.", "Second words."]
items = ["Ring.", { question = "Why?", answer = "Because." }]
"""
ROUTES = """
[[route]]
key = "101"
[route.en]
name = "101"
when = "When they have gone."
[[route.fact]]
kind = "number"
value = "101"
[[route.fact]]
kind = "hours"
value = "Always open"
"""
SIGNS = """
[[sign]]
key = "cash"
source = "ours"
[sign.wording]
reception = "Pays in cash."
taxi = "Pays in cash."
"""
CAMPAIGNS = """
[index]
slug = "seasons"
title = "All seasons"
[[campaign]]
slug = "lift"
name = "Never shown"
theme = "Drivers notice."
[[campaign.material]]
title = "A card"
note = "Hand one to each driver."
"""
RUN = "import content_words as c, pathlib, sys; root = pathlib.Path(sys.argv[1]); "


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with one route, one sign and one page, collected."""
    files = (("routes", ROUTES), ("signs", SIGNS), ("guidance", PAGES))
    for room, text in files:
        folder = tmp_path / "campaigns" / room / "content"
        folder.mkdir(parents=True)
        (folder / "some.toml").write_text(text)
    for language in ("pl", "ro", "sk", "ur"):
        (tmp_path / "site/locale" / language / "LC_MESSAGES").mkdir(parents=True)
    update(tmp_path)
    return tmp_path


def run(root: Path, action: str) -> list[str]:
    """Run the tool as `make messages` does: it is a script, not a package."""
    done = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, "-c", RUN + action, str(root)],
        cwd=TOOLS,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def update(root: Path) -> list[str]:
    return run(root, "c.update(root)")


def problems(root: Path) -> list[str]:
    return run(root, "print(*c.problems(root, 'pl'), sep='\\n', end='')")


def words_of(root: Path) -> polib.POFile:
    return polib.pofile(str(root / "site/locale/pl/LC_MESSAGES/content.po"))


def test_texts_are_collected_once_in_the_order_of_the_files(root):
    assert [(entry.msgid, entry.comment) for entry in words_of(root)] == [
        ("When they have gone.", "route 101: when"),
        ("Always open", "route 101: hours"),
        ("Pays in cash.", "sign cash: reception\nsign cash: taxi"),
        ("A heading", "page one: title"),
        ("Short", "page one: nav_title"),
        ("Ring {route:101}.", "page one: lead"),
        ("What to do", "page one, steps “What to do”: heading"),
        ("First words.", "page one, steps “What to do”: body"),
        ("Second words.", "page one, steps “What to do”: body"),
        ("Ring.", "page one, steps “What to do”: items"),
        ("Why?", "page one, steps “What to do”: question"),
        ("Because.", "page one, steps “What to do”: answer"),
    ]


def test_texts_without_a_translation_are_counted_and_no_problem(root):
    assert update(root)[0] == (
        "pl: 12 texts of pages, routes and signs, "
        "12 without a translation, shown in English"
    )
    assert problems(root) == []


def test_collecting_again_keeps_words_and_drops_those_of_gone_texts(root):
    words = words_of(root)
    for text, translation in (("Why?", "Czemu?"), ("Short", "Krótko")):
        words.find(text).msgstr = translation
    words.save()
    path = root / "campaigns/guidance/content/some.toml"
    path.write_text(path.read_text().replace("Short", "Longer"))

    update(root)

    assert words_of(root).find("Why?").msgstr == "Czemu?"
    assert words_of(root).find("Longer").msgstr == ""
    assert [entry.msgid for entry in words_of(root).obsolete_entries()] == ["Short"]
    assert problems(root) == []


def test_a_text_that_was_not_collected_is_a_problem(root):
    path = root / "campaigns/guidance/content/some.toml"
    path.write_text(path.read_text().replace("Short", "Longer"))

    assert problems(root) == [
        "pl: text not collected: 'Longer'",
        "pl: 1 texts not collected",
    ]


def test_theme_and_materials_of_a_campaign_are_collected(root):
    path = root / "campaigns/guidance/content/some.toml"
    path.write_text(CAMPAIGNS)

    update(root)

    entries = [entry for entry in words_of(root) if not entry.obsolete]
    assert [(entry.msgid, entry.comment) for entry in entries][-4:] == [
        ("All seasons", "index seasons: title"),
        ("Drivers notice.", "campaign lift: theme"),
        ("A card", "campaign lift: title"),
        ("Hand one to each driver.", "campaign lift: note"),
    ]


@pytest.mark.parametrize(
    ("words", "faults"),
    (
        ("Zadzwoń pod {route:101}.", []),
        (
            "Zadzwoń pod 101.",
            ["pl: the tokens differ: 'Ring {route:101}.' 'Zadzwoń pod 101.'"],
        ),
    ),
)
def test_tokens_of_a_text_stay_in_its_translation(root, words, faults):
    catalogue = words_of(root)
    catalogue.find("Ring {route:101}.").msgstr = words
    catalogue.save()
    update(root)

    assert problems(root) == faults


def test_compiled_texts_older_than_their_source_are_a_problem(root):
    words = words_of(root)
    words.find("Why?").msgstr = "Czemu?"
    words.save()

    assert problems(root) == ["pl: the compiled texts are older than their source"]
