"""The draft translations we ship of pages, routes and signs.

A gettext domain of its own, beside that of the interface: the source texts are content,
which an editor may change here, so a text that is not in the catalogue is normal.
"""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation

from django.conf import settings

DOMAIN = "content"
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
LETTER = re.compile(r"[^\W\d_]")


class _Nothing(NullTranslations):
    """Answer an unknown text with nothing, so that it differs from its own copy."""

    def gettext(self, message: str) -> str:
        return ""


def translated(text: str, language: str) -> str | None:
    """Return our words in this language for an English text, or None.

    A text of several paragraphs is translated when each of its paragraphs is, so that
    one changed sentence costs one paragraph and not the page. What has no letters, such
    as 999, is the same everywhere.
    """
    if language == settings.LANGUAGE_CODE:
        return text
    catalogue = _catalogue(str(settings.LOCALE_PATHS[0]), language)
    parts = [_part(catalogue, part) for part in PARAGRAPH_BREAK.split(text.strip())]
    return None if None in parts else "\n\n".join(filter(None, parts))


def _part(catalogue: NullTranslations, text: str) -> str | None:
    part = text.strip()
    if not LETTER.search(part):
        return part
    return catalogue.gettext(part) or None


@cache
def _catalogue(folder: str, language: str) -> NullTranslations:
    """Read the catalogue once per process; without a file nothing is translated."""
    catalogue = translation(DOMAIN, folder, languages=[language], fallback=True)
    if not isinstance(catalogue, GNUTranslations):
        return _Nothing()
    catalogue.add_fallback(_Nothing())
    return catalogue
