from django.template import Context, Template
from django.utils import translation

from core.remembering import Remembered, shared_by_readers

EMERGENCY = Template(
    '{% load shared %}{% shared "components/emergency_strip.html" emergency_url=url %}'
)


def drawn(url: str) -> str:
    return EMERGENCY.render(Context({"url": url, "other": "not given"}))


def test_shared_part_is_drawn_with_what_it_is_given():
    memory: Remembered = {}

    with shared_by_readers(memory):
        first, other = drawn("/now/"), drawn("/elsewhere/")
        with translation.override("pl"):
            polish = drawn("/now/")

    assert 'href="/now/"' in first
    assert 'href="/elsewhere/"' in other
    assert "Call 999" in first
    assert "Call 999" not in polish
    assert len(memory) == 3


def test_shared_part_is_drawn_once_for_the_same():
    memory: Remembered = {}

    with shared_by_readers(memory):
        assert drawn("/now/") == drawn("/now/")

    assert len(memory) == 1
