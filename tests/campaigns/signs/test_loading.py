from pathlib import Path

import pytest

from campaigns.signs.enums import SignStatus
from campaigns.signs.loading import load_signs
from campaigns.signs.models import Sign, SignWording
from core.models import AuditEvent

pytestmark = pytest.mark.django_db

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


def test_load_signs_reads_the_signs_we_ship():
    keys = load_signs()

    assert len(keys) == 72
