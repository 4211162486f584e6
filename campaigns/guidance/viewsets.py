from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.guidance.models import Campaign


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "campaigns"
    icon = "calendar"
    menu_label = _("Campaigns")
    menu_order = 200
    add_to_admin_menu = True
    copy_view_enabled = False
    default_ordering = ["-opens_at", "pk"]
    search_fields = ["name", "theme"]
    list_display = [
        Column("name", label=_("Name"), sort_key="name"),
        Column("theme", label=_("Theme")),
        Column("opens_at", label=_("Opens"), sort_key="opens_at"),
        Column("closes_at", label=_("Closes"), sort_key="closes_at"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("theme"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ]
