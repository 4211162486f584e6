import re
from pathlib import Path

import polib
import pytest
from pytest_django import Settings

from campaigns.signs.enums import Audience, Harm, SignStatus
from campaigns.signs.loading import load_signs
from campaigns.signs.models import Sign, SignWording
from core import content_words
from core.models import AuditEvent
from core.wording import fingerprint

pytestmark = pytest.mark.django_db

# What lists of signs elsewhere say of a child, or of where someone comes from.
LOOKS = re.compile(
    r"\b(accents?|make-?up|dress(?:ed|es)?|wear(?:s|ing)?|outfits?|foreign\w*|"
    r"nationalit\w+|ethnic\w*|skin|race|religio\w+|girls?|boys?|boyfriends?|"
    r"girlfriends?|prostitut\w+|promiscuous|looks? (?:older|like))\b",
    re.IGNORECASE,
)
CONTENT = """
[[sign]]
key = "pays-cash"
harm = "any"
source = "a-source"
status = "verified"
[sign.wording]
reception = "An adult pays in cash."
professionals = "A room is paid in cash."

[[sign]]
key = "no-luggage"
harm = "sexual"
source = ""
status = "draft"
[sign.wording]
reception = "They have no bags."
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "signs.toml"
    path.write_text(CONTENT)
    return path


def test_load_signs_keeps_the_order_of_the_file(content: Path):
    assert load_signs(content) == ["pays-cash", "no-luggage"]

    signs = Sign.objects.order_by("position")
    assert [(sign.key, sign.status) for sign in signs] == [
        ("pays-cash", SignStatus.VERIFIED),
        ("no-luggage", SignStatus.DRAFT),
    ]
    assert SignWording.objects.count() == 3


def test_load_signs_again_keeps_what_an_editor_changed(content: Path):
    load_signs(content)
    SignWording.objects.filter(sign__key="no-luggage").update(text="No bags at all.")

    assert load_signs(content) == []

    assert SignWording.objects.get(sign__key="no-luggage").text == "No bags at all."


def test_load_signs_is_audited_once(content: Path):
    load_signs(content)
    load_signs(content)

    (event,) = AuditEvent.objects.all()
    assert (event.verb, event.facts) == (
        "signs.loaded",
        {"keys": ["pays-cash", "no-luggage"]},
    )


@pytest.fixture
def polish(tmp_path: Path, settings: Settings):
    """Make a Polish catalogue with one of the signs the only one."""
    folder = tmp_path / "pl/LC_MESSAGES"
    folder.mkdir(parents=True)
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    words.append(polib.POEntry(msgid="An adult pays in cash.", msgstr="Gotówka."))
    words.save_as_mofile(str(folder / "content.mo"))
    settings.LOCALE_PATHS = [tmp_path]
    content_words._catalogue.cache_clear()
    yield
    content_words._catalogue.cache_clear()


def drafts():
    return SignWording.objects.exclude(language="en").order_by("pk")


def test_load_signs_adds_the_drafts_of_other_languages(content: Path, polish):
    load_signs(content)

    (draft,) = drafts()
    assert (draft.sign.key, draft.audience, draft.language, draft.text) == (
        "pays-cash",
        Audience.RECEPTION,
        "pl",
        "Gotówka.",
    )
    assert (draft.source_hash, draft.confirmed_by) == (
        fingerprint("An adult pays in cash."),
        "",
    )
    assert AuditEvent.objects.get(verb="signs.drafts_loaded").facts == {
        "languages": {"pl": 1}
    }


def test_load_signs_again_keeps_a_translation_an_editor_changed(content: Path, polish):
    load_signs(content)
    drafts().update(text="Płaci gotówką.", confirmed_by="Ana Novak")

    load_signs(content)

    (draft,) = drafts()
    assert (draft.text, draft.confirmed_by) == ("Płaci gotówką.", "Ana Novak")
    assert AuditEvent.objects.filter(verb="signs.drafts_loaded").count() == 1


def test_load_signs_has_no_draft_for_words_an_editor_changed(content: Path, polish):
    load_signs(content)
    drafts().delete()
    SignWording.objects.filter(text="An adult pays in cash.").update(text="In cash.")

    load_signs(content)

    assert drafts().count() == 0


def test_signs_we_ship_reach_every_audience_and_every_harm():
    load_signs()

    shown = SignWording.objects.public().filter(language="en")
    assert {wording.audience for wording in shown} == set(Audience.values)
    assert {wording.sign.harm for wording in shown.select_related("sign")} == set(
        Harm.values
    )


def test_signs_we_ship_describe_behaviour_and_never_looks():
    load_signs()

    words = " ".join(
        SignWording.objects.filter(language="en").values_list("text", flat=True)
    )
    assert LOOKS.findall(words) == []


def test_signs_we_ship_are_short_sentences():
    load_signs()

    for wording in SignWording.objects.filter(language="en"):
        for sentence in re.split(r"[.?!] ", wording.text):
            assert len(sentence.split()) <= 22, wording.text


def test_load_signs_reads_the_signs_we_ship():
    keys = load_signs()

    assert len(keys) == 73
