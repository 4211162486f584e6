"""What Wagtail tells this room. Connected by the app when it is ready."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from campaigns.guidance.models import PublicPage
from campaigns.guidance.services.reindexing import ask_to_reindex
from campaigns.guidance.translating import (
    delete_translations,
    follow_english,
    follow_translation,
    is_english,
)
from campaigns.routes.models import Route, RouteWording
from campaigns.signs.models import Sign, SignWording

# What a page shows of these is among the words by which search finds it.
PLACED_MODELS = (Sign, SignWording, Route, RouteWording)


@receiver(page_published)
def keep_translations_true(instance: Page, revision: Revision, **kwargs: Any) -> None:
    if not isinstance(instance, PublicPage) or hasattr(revision, "is_our_own"):
        return
    if is_english(instance):
        follow_english(page=instance, now=timezone.now())
    else:
        follow_translation(page=instance, now=timezone.now())


@receiver(post_delete)
def take_translations_away(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PublicPage) and is_english(instance):
        delete_translations(page=instance)


def placed_words_changed(*, raw: bool = False, **_signal: Any) -> None:
    if not raw:
        ask_to_reindex()


def connect_receivers() -> None:
    for model in PLACED_MODELS:
        for signal in (post_save, post_delete):
            signal.connect(placed_words_changed, sender=model)
