"""Places on pages of a lower room that higher rooms fill.

The manager's home belongs to the portal; posters and scans come from media, which the
portal may not import. A higher room registers a function here when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest  # noqa: TID251 -- passed through, never used here


@dataclass(frozen=True)
class Panel:
    """A heading, the template that draws the panel, and what the template needs."""

    title: str
    template: str
    context: dict[str, Any]


type PanelMaker = Callable[[HttpRequest, Any], Panel | None]

_makers: dict[str, list[tuple[int, PanelMaker]]] = {}


def register(place: str, maker: PanelMaker, *, order: int) -> None:
    _makers.setdefault(place, []).append((order, maker))


def panels_for(place: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """Return the panels of a place in order; a maker may decline with None."""
    makers = sorted(_makers.get(place, []), key=lambda entry: entry[0])
    made = (maker(request, subject) for _, maker in makers)
    return [panel for panel in made if panel is not None]
