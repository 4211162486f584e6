from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.routes.models import Route


class RouteIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Route]":
        return Route.objects.with_overview().select_related("area")


class RouteViewSet(ModelViewSet):
    """Where a number is changed: once here, and with that everywhere."""

    model = Route
    name = "reporting-routes"
    icon = "mail"
    menu_label = _("Reporting routes")
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = RouteIndexView
    # A route is retired by emptying it: pages and printed posters refer to its key.
    copy_view_enabled = False
    default_ordering = ["position", "pk"]
    search_fields = ["key", "english_name"]
    list_filter = ["group", "area", "is_protected"]
    list_display = [
        Column("key", label=_("Key"), sort_key="key"),
        Column("english_name", label=_("Name")),
        Column("get_group_display", label=_("Kind"), sort_key="group"),
        Column("area", label=_("Area"), sort_key="area__name"),
        Column("to_check", label=_("Facts to be checked"), sort_key="to_check"),
        Column("check_by", label=_("Check by"), sort_key="check_by"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("group"), FieldPanel("position")]),
        FieldRowPanel(
            [
                FieldPanel("area"),
                FieldPanel("anonymity"),
                FieldPanel("is_protected"),
            ]
        ),
        InlinePanel(
            "facts",
            heading=_("Facts"),
            label=_("Fact"),
            help_text=_("The public sees a fact once it is verified."),
            panels=[
                FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
                FieldRowPanel([FieldPanel("status"), FieldPanel("source")]),
                FieldPanel("note"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_by")]),
            ],
        ),
        InlinePanel(
            "wordings",
            heading=_("Words"),
            label=_("Language"),
            min_num=1,
            panels=[
                FieldRowPanel([FieldPanel("language"), FieldPanel("name")]),
                FieldPanel("when"),
                MultiFieldPanel([FieldPanel("say"), FieldPanel("say_business")]),
                FieldPanel("note"),
                FieldPanel("confirmed_by"),
            ],
        ),
    ]
