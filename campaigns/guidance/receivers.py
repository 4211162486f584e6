"""What Wagtail tells this room. Connected by the app when it is ready."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from campaigns.guidance.models import PublicPage
from campaigns.guidance.translating import (
    delete_translations,
    follow_english,
    follow_translation,
    is_english,
)


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
