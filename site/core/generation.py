"""One number for everything the public reads: a cached page is as old as it.

A process re-reads the number at most once a second (`core.page_cache`), so nothing is
stale for longer. Rooms name their models with `watch` when they are ready: whoever
saves a row, in the admin or in a shell, changes the number in the same transaction.
What writes past `save` (bulk statements) calls `bump` itself.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Model
from django.db.models.signals import post_delete, post_save

from core.models import PublicGeneration


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
        post_save.connect(bump, sender=model, dispatch_uid=f"bump-save-{model}")
        post_delete.connect(bump, sender=model, dispatch_uid=f"bump-delete-{model}")
