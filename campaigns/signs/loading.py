import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.signs.models import Sign, SignWording
from core.audit import record
from core.content_words import translated
from core.generation import bump
from core.models import Installation

CONTENT = Path(__file__).parent / "content" / "signs.toml"
# Signs stand in the order of the file, with room between them for an editor's own.
STEP = 10


@transaction.atomic
def load_signs(path: Path = CONTENT) -> list[str]:
    """Add the signs that are not there yet; never touch one an editor may have edited.

    Every English wording without a translation gets the draft we ship, if there is one
    of just these words. Returns the keys of the new signs.
    """
    known = set(Sign.objects.values_list("key", flat=True))
    entries = list(enumerate(tomllib.loads(path.read_text())["sign"], start=1))
    keys = [entry["key"] for _, entry in entries if entry["key"] not in known]
    for place, entry in entries:
        if entry["key"] in keys:
            _add(entry, position=place * STEP)
    if keys:
        record("signs.loaded", Installation(pk=1), job=__name__, keys=keys)
    _add_drafts()
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


def _add_drafts() -> None:
    drafts = SignWording.objects.bulk_create(_drafts())
    if drafts:
        bump()
        counted = Counter(draft.language for draft in drafts)
        record(
            "signs.drafts_loaded", Installation(pk=1), job=__name__, languages=counted
        )


def _drafts() -> Iterator[SignWording]:
    """Make the translations that are missing: drafts, until a person confirms them."""
    wordings = SignWording.objects.order_by("sign__position", "pk")
    known = {(row.sign_id, row.audience, row.language) for row in wordings}
    for english in wordings:
        if english.language != settings.LANGUAGE_CODE:
            continue
        for language, _name in settings.LANGUAGES:
            words = translated(english.text, language)
            place = (english.sign_id, english.audience, language)
            if words and place not in known:
                yield SignWording(
                    sign_id=english.sign_id,
                    audience=english.audience,
                    language=language,
                    text=words,
                    source_hash=english.hash,
                )
