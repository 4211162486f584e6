from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    IndexView,
    InspectView,
    SnippetViewSet,
    UnpublishView,
)

from campaigns.learning.models import Module
from campaigns.learning.translating import language_rows
from core.careful_forms import careful_words_panel


class ModulePolicy(ModelPermissionPolicy):
    """Editors write, leads publish. A module has been learned: it is never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        allowed = {*actions} - {"delete"}
        return bool(super().user_has_any_permission(user, allowed))


class ModuleIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Module]":
        return Module.objects.with_newest_version().order_by("title", "pk")


class ModuleInspectView(InspectView):
    """What is taught now, in which languages, and every version before it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        versions = [*self.object.versions.newest_first()]
        may_change = self.permission_policy.user_has_permission(
            self.request.user, "change"
        )
        return {
            **context,
            "versions": versions,
            "languages": language_rows(self.object, versions),
            "may_translate": may_change,
        }


class ModuleUnpublishView(UnpublishView):
    """Nothing to take back: versions stay, and a requirement ends by its last day."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        raise PermissionDenied


class ModuleViewSet(SnippetViewSet):
    model = Module
    admin_url_namespace = "modules"
    base_url_path = "modules"
    icon = "openquote"
    menu_label = _("Modules")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = ModuleIndexView
    inspect_view_class = ModuleInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["slug", "minutes", "pass_mark"]
    inspect_template_name = "learning/module_inspect.html"
    unpublish_view_class = ModuleUnpublishView
    copy_view_enabled = False
    list_display = [
        "title",
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("pass_mark", label=_("Pass mark in per cent"), sort_key="pass_mark"),
        Column("newest_number", label=_("Newest version")),
        DateColumn("newest_at", label=_("Published")),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("roles")]),
        MultiFieldPanel(
            [
                FieldPanel("support_note"),
                FieldPanel("support_routes"),
                FieldPanel("skip_note"),
            ],
            heading=_("Care for who reads it"),
        ),
        FieldPanel("lessons"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("ask"), FieldPanel("pass_mark")]),
                FieldPanel("questions"),
            ],
            heading=_("Questions"),
        ),
        FieldPanel("change"),
        careful_words_panel(),
        HelpPanel(template="learning/reading_help.html"),
    ]
