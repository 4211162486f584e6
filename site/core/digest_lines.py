"""Lines that higher rooms add to a manager's weekly summary of one premises.

A maker takes the premises, the manager and the day, and returns plain lines of text in
the language that is active: open tasks, say. Nothing to tell is no line.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

type LineMaker = Callable[[Any, Any, date], list[str]]

_makers: list[tuple[int, LineMaker]] = []


def register(maker: LineMaker, *, order: int) -> None:
    _makers.append((order, maker))


def lines_for(premises: Any, manager: Any, today: date) -> list[str]:
    """Return the lines of all rooms, in order."""
    makers = sorted(_makers, key=lambda entry: entry[0])
    return [line for _, maker in makers for line in maker(premises, manager, today)]
