"""One number for everything the public reads: a cached page is as old as it.

A process re-reads the number at most once a second (`core.page_cache`), so nothing is
stale for longer. Rooms name their models with `watch` when they are ready: whoever
saves a row, in the admin or in a shell, changes the number in the same transaction.
What writes past `save` (bulk statements) calls `bump` itself.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.models import PublicGeneration

# What Wagtail writes to a page when a draft of it is saved: nothing a reader sees.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
    }
)

_watched: set[type[Model]] = set()


def bump(**_signal: Any) -> None:
    """Make every page kept in memory old, once this transaction commits."""
    changed = PublicGeneration.objects.filter(pk=1).update(number=F("number") + 1)
    if not changed:
        PublicGeneration.objects.get_or_create(pk=1, defaults={"number": 1})


def expect_change(at: datetime | None) -> None:
    """Note when the pages next change by themselves, and make them old now."""
    bump()
    PublicGeneration.objects.filter(pk=1).update(next_change_at=at)


def watch(*models: type[Model]) -> None:
    """Bump whenever a row of these models is saved or deleted."""
    for model in models:
        _watched.add(model)
        post_save.connect(bump, sender=model, dispatch_uid=f"bump-save-{model}")
        post_delete.connect(bump, sender=model, dispatch_uid=f"bump-delete-{model}")


def watch_pages() -> None:
    """Bump whenever a page of any kind changes for its readers; not for a draft."""
    for model in (Page, *get_page_models()):
        _watched.add(model)
        post_save.connect(_bump_for_page, sender=model)
        post_delete.connect(bump, sender=model)
    # Publishing saves the page; but what hangs on it may be written afterwards.
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(bump)


def watched_tables() -> set[str]:
    """Return the tables in which a change makes public pages old."""
    return {
        table
        for model in _watched
        for table in (
            model._meta.db_table,
            *(parent._meta.db_table for parent in model._meta.parents),
        )
    }


def _bump_for_page(
    update_fields: Collection[str] | None = None, **_signal: Any
) -> None:
    if update_fields is None or not DRAFT_FIELDS.issuperset(update_fields):
        bump()
