from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.guidance.models import Campaign, GuardedPhrase


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


class GuardedPhraseViewSet(ModelViewSet):
    """The pairs of the language guard. A pair goes out of use; it is never deleted."""

    model = GuardedPhrase
    name = "guarded-phrases"
    icon = "warning"
    menu_label = _("Words that need care")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    default_ordering = ["language", "pk"]
    search_fields = ["avoid", "instead", "reason"]
    list_filter = ["language", "is_active"]
    list_display = [
        Column("__str__", label=_("Words")),
        Column("instead", label=_("Write instead")),
        Column("reason", label=_("Why")),
        Column("get_language_display", label=_("Language"), sort_key="language"),
        BooleanColumn("is_active", label=_("Looked for"), sort_key="is_active"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("is_active")]),
        FieldPanel("avoid"),
        FieldPanel("instead"),
        FieldPanel("reason"),
        FieldPanel("source"),
    ]
