from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.scoping import may_enter_admin
from media.images.models import SiteVideo


class VideoPolicy(ModelPermissionPolicy):
    """Editors add and change videos. None is deleted: pages refer to it."""

    ACTIONS = frozenset({"add", "change", "view"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.ACTIONS and may_enter_admin(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(self.ACTIONS & {*actions}) and may_enter_admin(user)


class VideoViewSet(ModelViewSet):
    model = SiteVideo
    name = "videos"
    icon = "media"
    menu_label = _("Videos")
    menu_order = 307
    add_to_admin_menu = True
    copy_view_enabled = False
    ordering = ["title", "pk"]
    search_fields = ["title"]
    list_display = [
        "title",
        Column("licence", label=_("Licence")),
        DateColumn("licence_until", label=_("Licence until"), sort_key="licence_until"),
        DateColumn("consent_until", label=_("Consent until"), sort_key="consent_until"),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("licence"),
        FieldRowPanel([FieldPanel("licence_until"), FieldPanel("consent_until")]),
        InlinePanel(
            "captions",
            heading=_("Captions and transcript"),
            label=_("Language"),
            min_num=1,
            panels=[
                FieldRowPanel([FieldPanel("language"), FieldPanel("file")]),
                FieldPanel("transcript"),
            ],
        ),
    ]
