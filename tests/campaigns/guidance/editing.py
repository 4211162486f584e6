"""What the editor of a page sends, for tests."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, streamfield


def page_form(
    *blocks: tuple[str, dict[str, Any]], action: str = "", **changes: str
) -> dict[str, str]:
    """Return the fields of a guidance page as a browser posts them."""
    fields: dict[str, Any] = {
        "title": "Parks",
        "slug": "parks",
        "heading": "Parks and play areas",
        "lead": "",
        "motif": "mark",
        "readers": "public",
        "content_note": "",
        "search_words": "",
        "body": streamfield(list(blocks)),
    }
    posted: dict[str, str] = nested_form_data(fields | changes)
    return posted | ({f"action-{action}": "on"} if action else {})


def words(text: str) -> tuple[str, dict[str, Any]]:
    return ("text", {"heading": "What you may see", "body": text})
