from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet


class OwnAreasURLFinder(ModelAdminURLFinder):
    """Where a row is edited, told of a person's own rows only.

    Screens that say what is used where name all others “Private”.
    """

    model: Any

    @cached_property
    def own(self) -> set[Any]:
        rows = self.model.objects.visible_to(self.user)
        return set(rows.values_list("pk", flat=True))

    def get_edit_url(self, instance: Model) -> str | None:
        if self.user and instance.pk not in self.own:
            return None
        url: str | None = super().get_edit_url(instance)
        return url


class OwnObjectMixin(BaseObjectMixin):
    """A row of other areas is not there, whichever page asks for it."""

    def get_base_object_queryset(self) -> "QuerySet[Any]":
        found = super().get_base_object_queryset()
        own: QuerySet[Any] = found.visible_to(self.request.user)
        return own


class OwnHistoryView(OwnObjectMixin, HistoryView):
    pass


class OwnUsageView(OwnObjectMixin, UsageView):
    pass


class OwnAreasViewSet(ModelViewSet):
    """The screens of a model whose rows belong to areas."""

    history_view_class = OwnHistoryView
    usage_view_class = OwnUsageView

    @property
    def url_finder_class(self) -> type[OwnAreasURLFinder]:
        names = {"model": self.model, "edit_url_name": self.get_url_name("edit")}
        return type("_OwnAreasURLFinder", (OwnAreasURLFinder,), names)
