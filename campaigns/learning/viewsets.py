from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.scoping import may_enter_admin
from campaigns.learning.models import Module


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Editors and officers read modules; published words are frozen for good."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_enter_admin(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and may_enter_admin(user)


class ModuleIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Module]":
        return Module.objects.with_newest_version().order_by("title", "pk")


class ModuleInspectView(InspectView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "versions": self.object.versions.newest_first()}


class ModuleViewSet(ModelViewSet):
    model = Module
    name = "modules"
    icon = "openquote"
    menu_label = _("Modules")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = ModuleIndexView
    inspect_view_class = ModuleInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["slug", "minutes", "pass_mark"]
    inspect_template_name = "learning/module_inspect.html"
    copy_view_enabled = False
    form_fields = ["title"]
    list_display = [
        "title",
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("pass_mark", label=_("Pass mark in per cent"), sort_key="pass_mark"),
        Column("newest_number", label=_("Newest version")),
        Column("newest_at", label=_("Published")),
    ]
