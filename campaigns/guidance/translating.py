"""How pages get their words in other languages, and keep them honest afterwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from campaigns.guidance.models import HomePage, PageWords, PublicPage
from campaigns.guidance.parts import parts_of
from campaigns.guidance.segments import Words, draft_page, fill_with_drafts, words_for
from core.audit import record
from core.content_words import translated
from core.languages import OTHER_LANGUAGES
from core.models import Installation
from core.wording import fingerprint


@transaction.atomic
def load_translations(
    *, now: datetime, languages: Iterable[str] = OTHER_LANGUAGES
) -> dict[str, int]:
    """Publish the pages in the languages we ship drafts of, as far as we have words.

    Adds what is missing and leaves alone what a person has translated. A page of which
    we have no heading is not made: readers get the English one, and are told so.
    Returns how many pages were made or completed, by language.
    """
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        return {}
    pages = list(home.get_descendants(inclusive=True).order_by("path").specific())
    made: dict[str, int] = {}
    for language in languages:
        locale, _is_new = Locale.objects.get_or_create(language_code=language)
        for page in pages:
            if isinstance(page, PublicPage) and _load(page, locale, now=now):
                made[language] = made.get(language, 0) + 1
    if made:
        record("translations.loaded", Installation(pk=1), job=__name__, pages=made)
    return made


@transaction.atomic
def follow_english(*, page: PublicPage, now: datetime) -> None:
    """Bring the translations of an English page up to what was just published.

    Words that are still true stay, earlier ones are carried over, new ones stand in
    English until someone translates them (`parts.choose_parts` says what is shown).
    """
    _remember_english(page)
    if not TranslationSource.objects.filter(object_id=page.translation_key).exists():
        return
    source, _has_changed = TranslationSource.update_or_create_from_instance(page)
    for translation in source.translations.filter(enabled=True):
        publish_translation(translation, now=now)
    if page.keeps_meaning:
        # The tick was for this publication and not for the next one.
        type(page).objects.filter(pk=page.pk).update(keeps_meaning=False)


@transaction.atomic
def follow_translation(*, page: PublicPage, now: datetime) -> None:
    """Look again at a translation that a person has just published."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).first()
    if translation:
        publish_translation(translation, now=now)


@transaction.atomic
def delete_translations(*, page: Page) -> None:
    """Delete the other languages of an English page that is gone."""
    others = Page.objects.filter(translation_key=page.translation_key)
    for other in others.exclude(pk=page.pk):
        other.specific.delete()


def publish_translation(translation: Translation, *, now: datetime) -> Page:
    """Make a page of the strings translated so far, and publish it if it is new.

    The page's row of words then says, part by part, which English words they stand for.
    """
    source, locale = translation.source, translation.target_locale
    words = words_for(source, locale)
    english = source.get_source_instance()
    parent = _parent(english, locale, now=now)
    page, has_changed = draft_page(source, locale, parent, words)
    if page.pk is None:
        page.first_published_at = now
        parent.add_child(instance=page)
    if has_changed:
        revision = page.save_revision(clean=False)
        # The receiver of Wagtail's signal then knows that it is told of its own work.
        revision.is_our_own = True
        revision.publish()
    _remember_translation(page, english, words)
    return page


def _load(page: PublicPage, locale: Locale, *, now: datetime) -> bool:
    """Publish one page if we have its heading and something is new; say whether.

    The words of a draft, such as a campaign still to come, wait and are published with
    it (`follow_english`).
    """
    if translated(page.heading, locale.language_code) is None:
        return False
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    if not fill_with_drafts(source, locale):
        return False
    translation, _is_new = Translation.objects.get_or_create(
        source=source, target_locale=locale
    )
    if not translation.enabled:
        return False
    if page.live:
        publish_translation(translation, now=now)
    return True


def _parent(english: Page, locale: Locale, *, now: datetime) -> Page:
    """Return the page above in this language, making it when it is not there yet.

    Wagtail's root has no language: home pages stand beside each other below it.
    """
    above = english.get_parent().specific
    if above.is_root():
        return above
    parent = above.get_translation_or_none(locale)
    if parent:
        return parent.specific
    source, _is_new = TranslationSource.get_or_create_from_instance(above)
    translation, _is_new = Translation.objects.get_or_create(
        source=source, target_locale=locale
    )
    return publish_translation(translation, now=now)


def _remember_english(page: PublicPage) -> None:
    """Note what each part says now, and which earlier words meant the same."""
    row, _is_new = PageWords.objects.get_or_create(page=page)
    current = {key: part.fingerprint for key, part in parts_of(page).items()}
    for key, print_now in current.items():
        earlier = row.fingerprints.get(key)
        if earlier in {None, print_now}:
            continue
        same = [*row.same_meaning.get(key, []), earlier] if page.keeps_meaning else []
        row.same_meaning[key] = [
            hash_ for hash_ in same if hash_ and hash_ != print_now
        ]
    row.fingerprints = current
    row.save()


def _remember_translation(page: Page, english: Page, words: Words) -> None:
    """Note which English words each part stands for; new words are nobody's yet."""
    row, _is_new = PageWords.objects.get_or_create(page_id=page.pk)
    made_from = {}
    for key, part in parts_of(english).items():
        if key in words.current:
            made_from[key] = part.fingerprint
        elif key in words.readable and key in row.fingerprints:
            made_from[key] = row.fingerprints[key]
    row.fingerprints = made_from
    words_hash = hash_of(page)
    if row.words_hash != words_hash:
        row.words_hash = words_hash
        row.confirmed_by_name = ""
        row.confirmed_at = row.confirmation_entered_by = None
    row.save()


def hash_of(page: Page) -> str:
    """Return the hash of everything a reader reads of a page."""
    texts: list[str] = []
    for part in parts_of(page).values():
        texts += part.texts
    return fingerprint(*texts)


def is_english(page: Any) -> bool:
    code: str = page.locale.language_code
    return code == settings.LANGUAGE_CODE
