from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.scoping import is_officer
from media.codes.models import Code
from media.codes.rules import banded

DAYS_COUNTED = 30


class OfficersLookPolicy(ModelPermissionPolicy):
    """Officers see the list. Codes are issued where posters are made, never here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and is_officer(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and is_officer(user)


class CodeIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Code]":
        midnight = timezone.localtime().replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        return (
            Code.objects.visible_to(self.request.user)
            .with_openings(midnight - timedelta(days=DAYS_COUNTED), midnight)
            .select_related("premises", "area")
        )


class CodeViewSet(ModelViewSet):
    model = Code
    name = "poster-codes"
    icon = "code"
    menu_label = _("Posters and codes")
    menu_order = 600
    add_to_admin_menu = True
    index_view_class = CodeIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields = ["place"]
    ordering = ["-issued_at", "-pk"]
    search_fields = ["text", "place", "premises__name"]
    list_display = [
        Column("text", label=_("Code"), sort_key="text"),
        Column("premises", label=_("Premises"), sort_key="premises__name"),
        Column("place", label=_("Where it hangs")),
        Column("area", label=_("Area"), sort_key="area__name"),
        Column("issued_at", label=_("Issued"), sort_key="issued_at"),
        Column("retired_on", label=_("Taken out of use")),
        Column(
            "openings",
            label=_("Openings in 30 days, until yesterday"),
            accessor=lambda code: banded(code.openings),
        ),
    ]
