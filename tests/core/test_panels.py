from django.template import engines
from django.test import RequestFactory

from core import panels
from core.panels import Panel


def test_panels_come_in_order_and_may_decline(settings):
    place = "tests.order"
    panels.register(place, lambda *_: Panel("Second", "x.html", {}), order=2)
    panels.register(place, lambda *_: None, order=3)
    panels.register(place, lambda *_: Panel("First", "x.html", {}), order=1)

    found = panels.panels_for(place, RequestFactory().get("/"), None)

    assert [panel.title for panel in found] == ["First", "Second"]


def test_draw_panel_lays_its_context_over_the_pages():
    panel = Panel("Hot", "components/tag.html", {"text": "Now", "tone": "warn"})
    page = engines["django"].from_string(
        "{% load panels %}{% draw_panel panel %}{{ text }}"
    )

    drawn = page.render({"panel": panel, "text": " page"})

    assert drawn.partition("\n")[2].strip() == (
        '<strong class="tag tag--warn">Now</strong>\n page'
    )
