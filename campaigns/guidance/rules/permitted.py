"""What may not be published: pictures and videos whose licence or consent has ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

MEDIA = {"picture": "image", "video": "video"}


def media_faults(body: Iterable[Any], today: date) -> list[str]:
    """Return a sentence for each reason why the parts of a page may not be shown."""
    faults: list[str] = []
    for part in body:
        shown = part.value.get(MEDIA.get(part.block_type, ""))
        if shown:
            faults += shown.faults(today)
    return list(dict.fromkeys(faults))
