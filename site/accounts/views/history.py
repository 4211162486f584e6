from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry

from accounts.models import User


class OwnHistoryView(LogEntriesView):
    """Wagtail's site history, without what belongs to the areas of others."""

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        own = _seen_by(self.request.user, queryset)
        filtered: QuerySet[Any] = super().filter_queryset(own)
        return filtered


def _seen_by(user: User, entries: "QuerySet[Any]") -> "QuerySet[Any]":
    """Leave out the entries of rows that a person's own lists do not show."""
    if entries.model is not ModelLogEntry or user.is_superuser:
        return entries
    logged = ModelLogEntry.objects.values("content_type").distinct()
    for kind in ContentType.objects.filter(pk__in=logged):
        model = kind.model_class()
        rows: Any = getattr(model, "objects", None)
        if not hasattr(rows, "visible_to"):
            continue
        visible = rows.visible_to(user).annotate(text=Cast("pk", CharField()))
        # What was deleted since is left out too: nobody can tell whose it was.
        hidden = ModelLogEntry.objects.filter(content_type=kind).exclude(
            object_id__in=visible.values("text")
        )
        entries = entries.exclude(pk__in=hidden.values("pk"))
    return entries
