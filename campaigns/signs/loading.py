import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from campaigns.signs.models import Sign, SignWording
from core.audit import record
from core.models import Installation

CONTENT = Path(__file__).parent / "content" / "signs.toml"
# Signs stand in the order of the file, with room between them for an editor's own.
STEP = 10


@transaction.atomic
def load_signs(path: Path = CONTENT) -> list[str]:
    """Add the signs that are not there yet; never touch one an editor may have edited.

    Returns the keys of the new signs.
    """
    known = set(Sign.objects.values_list("key", flat=True))
    entries = list(enumerate(tomllib.loads(path.read_text())["sign"], start=1))
    keys = [entry["key"] for _, entry in entries if entry["key"] not in known]
    for place, entry in entries:
        if entry["key"] in keys:
            _add(entry, position=place * STEP)
    if keys:
        record("signs.loaded", Installation(pk=1), job=__name__, keys=keys)
    return keys


def _add(entry: dict[str, Any], *, position: int) -> None:
    sign = Sign.objects.create(
        key=entry["key"],
        harm=entry["harm"],
        source=entry["source"],
        status=entry["status"],
        position=position,
    )
    SignWording.objects.bulk_create(
        SignWording(sign=sign, audience=audience, language="en", text=text)
        for audience, text in entry["wording"].items()
    )
