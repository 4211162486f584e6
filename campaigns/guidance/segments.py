"""The strings of a page as wagtail-localize keeps them, and the page made of them."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from core.content_words import translated

# What wagtail-localize's editor says of a translation that no person here has typed.
OUR_DRAFTS = "our drafts"


@dataclass(frozen=True)
class Words:
    """The strings of one page for one language.

    `current` are the parts of which each string is translated as it stands today, and
    `readable` those that lack none when earlier translations are carried over.
    """

    values: list[StringSegmentValue]
    current: frozenset[str]
    readable: frozenset[str]


def part_of(path: str) -> str:
    """Return the key of the part a string stands in: `body.<id>` or `heading`."""
    return ".".join(path.split(".")[:2])


def fill_with_drafts(source: TranslationSource, locale: Locale) -> int:
    """Add the drafts we ship for strings nobody has translated; return how many."""
    language = locale.language_code
    done = set(
        StringTranslation.objects.filter(
            locale=locale, context__object_id=source.object_id
        ).values_list("context_id", "translation_of_id")
    )
    drafts = []
    for segment in _segments(source):
        if (segment.context_id, segment.string_id) in done:
            continue
        words = translated(_plain(segment.string.data), language)
        if words and _fits(source, segment.context.path, words):
            drafts.append(_draft(segment, locale, words))
    StringTranslation.objects.bulk_create(drafts)
    return len(drafts)


def words_for(source: TranslationSource, locale: Locale) -> Words:
    """Return today's translations, where there is none the one before, else English."""
    now, before = _translations(source, locale)
    missing: dict[str, set[bool]] = defaultdict(set)
    outdated: dict[str, set[bool]] = defaultdict(set)
    values = []
    for segment in _segments(source):
        path = segment.context.path
        current = now.get((segment.context_id, segment.string_id))
        words = current or before.get(segment.context_id)
        outdated[part_of(path)].add(current is None)
        missing[part_of(path)].add(words is None)
        value = StringValue(words or segment.string.data)
        values.append(StringSegmentValue(path, value).with_order(segment.order))
    return Words(
        values,
        current=frozenset(
            part for part, faults in outdated.items() if True not in faults
        ),
        readable=frozenset(
            part for part, faults in missing.items() if True not in faults
        ),
    )


def draft_page(
    source: TranslationSource, locale: Locale, parent: Page | None, words: Words
) -> tuple[Page, bool]:
    """Build the page in this language; say whether it differs from what is there.

    A new one is made below `parent`, at the address of the English page; nothing of one
    that is there is saved.
    """
    english = source.as_instance()
    page = type(english).objects.filter(
        translation_key=english.translation_key, locale=locale
    ).first() or type(english)(
        translation_key=english.translation_key, locale=locale, title=english.title
    )
    before = _contents(page)
    slug = page.slug
    copy_synchronised_fields(english, page)
    ingest_segments(english, page, english.locale, locale, words.values)
    home = parent or page.get_parent()
    is_home = english.depth == 2
    if not (is_home and slug):
        wished = f"{english.slug}-{locale.language_code}" if is_home else english.slug
        page.slug = find_available_slug(home, wished, ignore_page_id=page.pk)
    else:
        page.slug = slug
    page.alias_of = None
    return page, page.pk is None or _contents(page) != before


def _contents(page: Page) -> dict[str, Any]:
    """Return what a page holds, to compare: PostgreSQL reorders keys in JSON."""
    return {name: _parsed(value) for name, value in page.serializable_data().items()}


def _parsed(value: Any) -> Any:
    if not (isinstance(value, str) and value.startswith("[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _segments(source: TranslationSource) -> list[StringSegment]:
    segments = StringSegment.objects.filter(source=source)
    return list(segments.select_related("context", "string").order_by("order"))


def _translations(
    source: TranslationSource, locale: Locale
) -> tuple[dict[tuple[int, int], str], dict[int, str]]:
    """Return the translations by place and string, and the latest of each place."""
    rows = (
        StringTranslation.objects.filter(
            locale=locale, context__object_id=source.object_id, has_error=False
        )
        .order_by("updated_at", "pk")
        .values_list("context_id", "translation_of_id", "data")
    )
    by_string = {(context, string): words for context, string, words in rows}
    latest = {context: words for (context, _), words in by_string.items()}
    return by_string, latest


def _plain(html: str) -> str:
    text: str = StringValue(html).render_text()
    return text


def _fits(source: TranslationSource, path: str, words: str) -> bool:
    """Say whether words fit their field: those of a block are stored in one column."""
    if "." in path:
        return True
    field = source.specific_content_type.model_class()._meta.get_field(path)
    limit = field.max_length if isinstance(field, CharField) else None
    return limit is None or len(words) <= limit


def _draft(segment: StringSegment, locale: Locale, words: str) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=locale,
        data=StringValue.from_plaintext(words).data,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name=OUR_DRAFTS,
    )
