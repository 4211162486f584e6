from functools import cached_property
from typing import Any

from django.db.models import Model
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
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


class OwnAreasViewSet(ModelViewSet):
    """The screens of a model whose rows belong to areas."""

    @property
    def url_finder_class(self) -> type[OwnAreasURLFinder]:
        names = {"model": self.model, "edit_url_name": self.get_url_name("edit")}
        return type("_OwnAreasURLFinder", (OwnAreasURLFinder,), names)
