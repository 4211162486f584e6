"""Words of another language than those around them, marked so that they are read so.

A screen reader speaks a marked passage with the right voice, and right-to-left text
keeps it in order (WCAG 3.1.2).
"""

import re

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

# A name of one or more words, with the year that a law is known by.
WORD = r"[A-Za-z](?:[\w\u2019'.&@/:-]*\w)?"
LATIN_WORDS = re.compile(rf"{WORD}(?:,? (?:& )?{WORD})*(?: \d{{4}}\b)?", re.ASCII)


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr", as the attribute `dir` wants it."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def attributes(language: str) -> SafeString:
    """Return what an element says of its language."""
    return format_html('lang="{}" dir="{}"', language, direction_of(language))


def marked(text: str, language: str) -> SafeString:
    """Write a text as of this language; as it is when none is given."""
    if not language:
        return escape(text)
    return format_html("<span {}>{}</span>", attributes(language), text)


def names_marked(text: str, language: str) -> SafeString:
    """Write a text of this language, with the names in Latin letters in it marked.

    Where people write from right to left, Latin letters are never their own: what
    stands in them here is the name of a British service, law or word to say. Languages
    with Latin letters need nothing: WCAG exempts names, and no machine can tell them.
    """
    if not language or direction_of(language) == "ltr":
        return escape(text)
    parts: list[str] = []
    end = 0
    for found in LATIN_WORDS.finditer(text):
        parts += [escape(text[end : found.start()]), _name(found.group())]
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 -- each part is escaped


def _name(text: str) -> str:
    return format_html("<bdi {}>{}</bdi>", attributes(settings.LANGUAGE_CODE), text)
