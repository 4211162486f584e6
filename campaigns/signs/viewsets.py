from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.signs.models import Sign


class SignIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Sign]":
        return Sign.objects.with_english_text()


class SignViewSet(ModelViewSet):
    model = Sign
    name = "signs"
    icon = "view"
    menu_label = _("Signs")
    menu_order = 305
    add_to_admin_menu = True
    index_view_class = SignIndexView
    copy_view_enabled = False
    default_ordering = ["position", "pk"]
    search_fields = ["key", "english_text", "source"]
    list_filter = ["status", "harm"]
    list_display = [
        Column("key", label=_("Key"), sort_key="key"),
        Column("english_text", label=_("In English")),
        Column("get_harm_display", label=_("Kind of harm"), sort_key="harm"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        Column("source", label=_("Source")),
    ]
    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("harm"), FieldPanel("status")]),
        FieldPanel("source"),
        InlinePanel(
            "wordings",
            heading=_("Words"),
            label=_("Wording"),
            min_num=1,
            help_text=_(
                "Say what people do. Never looks, accent, clothes or nationality."
            ),
            panels=[
                FieldRowPanel([FieldPanel("audience"), FieldPanel("language")]),
                FieldPanel("text"),
                FieldPanel("confirmed_by"),
            ],
        ),
    ]
