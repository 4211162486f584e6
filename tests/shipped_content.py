from collections.abc import Iterable
from datetime import datetime

from campaigns.guidance.translating import load_translations
from core.models import Area, Installation
from county.content import load_content
from tests.remembered_rows import made_once


def load_shipped_content(*, now: datetime) -> None:
    """Load what every installation begins with, in earnest once per process."""
    made_once(("content", now.date(), *_surroundings()), lambda: load_content(now=now))


def load_shipped_translations(
    *, now: datetime, language: str, after: Iterable[str]
) -> None:
    """Load the pages in one more language, after others have been."""
    made_once(
        ("translations", language, frozenset(after), now.date(), *_surroundings()),
        lambda: load_translations(now=now, languages=[language]),
    )


def _surroundings() -> tuple[object, ...]:
    """Return what the words depend on beside themselves."""
    areas = Area.objects.order_by("pk").values_list("pk", "slug", "parent")
    return (Installation.objects.current().name, *areas)
