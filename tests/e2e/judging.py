"""What is wrong with a page a person looks at, as far as a machine can tell."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    "best-practice",
]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
}
# A page must be readable this narrow, which is 1280 at four times its size.
NARROWEST = 320
IS_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def complaints(page: Page) -> list[str]:
    """Return what is wrong with the page a person looks at."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    wrong = [
        f"{rule['id']}: {node['html'][:200]} {json.dumps(_reasons(node))}"
        for rule in found
        for node in rule["nodes"]
    ]
    if page.locator("h1").count() != 1:
        wrong.append("not exactly one h1")
    if not page.locator("html").get_attribute("lang"):
        wrong.append("no language")
    size = page.viewport_size
    assert size is not None
    for width in (size["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": size["height"]})
        if page.evaluate(IS_TOO_WIDE):
            wrong.append(f"too wide at {width}")
    page.set_viewport_size(size)
    return wrong


def _reasons(node: dict[str, Any]) -> list[str]:
    return [check["message"] for part in ("any", "all", "none") for check in node[part]]
