"""The officer's desk on the first page of the admin: what waits, and where.

Each room registers its lines for the place "officer.desk"; the subject is the officer.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from core.panels import Panel, panels_for

PLACE = "officer.desk"


class Desk(Component):
    name = "officer_desk"
    template_name = "accounts/desk.html"
    order = 50

    def get_context_data(
        self, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {"lines": panels_for(PLACE, request, request.user)}


def desk_line(*, title: str, state: str, count: int, url: str) -> Panel | None:
    """Make a line of the desk; none when nothing waits."""
    if not count:
        return None
    context = {"title": title, "state": state, "count": count, "url": url}
    return Panel(title=title, template="accounts/desk_line.html", context=context)
