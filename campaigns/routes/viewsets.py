from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.own_areas import OwnAreasViewSet
from campaigns.routes.admin_forms import FactsPanel, PlaceForm, RouteForm
from campaigns.routes.models import Route, RouteFact, ServedPlace
from campaigns.routes.services import RouteError, save_place, save_route
from core.careful_forms import careful_words_panel


class OwnAreasMixin(PermissionCheckedMixin):
    """Load only what the person looks after; anything else is not found."""

    def get_queryset(self) -> "QuerySet[Any]":
        own: QuerySet[Any] = super().get_queryset().visible_to(self.request.user)
        return own


class OwnDeleteView(OwnAreasMixin, DeleteView):
    pass


class RouteIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Route]":
        return (
            Route.objects.visible_to(self.request.user)
            .with_overview()
            .select_related("area")
        )


class RouteSavingMixin(PermissionCheckedMixin):
    """Save through the one service that knows what follows from a change."""

    # Wagtail sets it only where it saves drafts, and reads it for every refusal.
    produced_error_message: str | None = None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except RouteError as refusal:
            self.produced_error_message = str(refusal)
            form.add_error(None, str(refusal))
            response = self.form_invalid(form)
        return response

    def save_instance(self) -> Route:
        form: Any = self.form
        route: Route = form.instance
        save_route(
            route=route,
            save=super().save_instance,
            by=self.request.user,
            checked=_checked_facts(form),
            is_cosmetic=form.cleaned_data["is_cosmetic"],
            today=timezone.localdate(),
        )
        return route


def _checked_facts(form: Any) -> list[RouteFact]:
    formset = form.formsets["facts"]
    return [
        row.instance
        for row in formset.forms
        if row not in formset.deleted_forms and row.cleaned_data.get("is_checked")
    ]


class RouteCreateView(RouteSavingMixin, CreateView):
    pass


class RouteEditView(OwnAreasMixin, RouteSavingMixin, EditView):
    pass


class RouteViewSet(OwnAreasViewSet):
    """Where a number is changed: once here, and with that everywhere."""

    model = Route
    name = "reporting-routes"
    icon = "mail"
    menu_label = _("Reporting routes")
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = RouteIndexView
    add_view_class = RouteCreateView
    edit_view_class = RouteEditView
    delete_view_class = OwnDeleteView
    # A route is retired by emptying it: pages and printed posters refer to its key.
    copy_view_enabled = False
    ordering = ["position", "pk"]
    search_fields = ["key", "english_name"]
    list_filter = ["group", "area", "is_protected"]
    list_display = [
        Column("key", label=_("Key"), sort_key="key"),
        Column("english_name", label=_("Name")),
        Column("get_group_display", label=_("Kind"), sort_key="group"),
        Column("area", label=_("Area"), sort_key="area__name"),
        Column("to_check", label=_("To be checked before launch"), sort_key="to_check"),
        Column("last_checked", label=_("Last checked"), sort_key="last_checked"),
        Column("check_by", label=_("Check by"), sort_key="check_by"),
        Column("links_failing", label=_("Links failing"), sort_key="links_failing"),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [FieldPanel("key"), FieldPanel("group"), FieldPanel("position")]
            ),
            FieldRowPanel([FieldPanel("area"), FieldPanel("anonymity")]),
            FieldRowPanel([FieldPanel("access"), FieldPanel("alternative_to")]),
            FieldRowPanel(
                [
                    FieldPanel("is_protected"),
                    FieldPanel("fallback"),
                    FieldPanel("check_every_days"),
                ]
            ),
            FactsPanel(
                "facts",
                heading=_("Facts"),
                label=_("Fact"),
                help_text=_("The public sees a fact once it is verified."),
                panels=[
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
                    FieldPanel("is_checked"),
                    FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
                    FieldPanel("note"),
                    FieldRowPanel(
                        [
                            FieldPanel("status", read_only=True),
                            FieldPanel("checked_on", read_only=True),
                            FieldPanel("check_by", read_only=True),
                            FieldPanel("link_status", read_only=True),
                        ]
                    ),
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
                    FieldPanel("confirmed_by", read_only=True),
                ],
            ),
            FieldPanel("is_cosmetic"),
            careful_words_panel(),
        ],
        base_form_class=RouteForm,
    )


class PlaceIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[ServedPlace]":
        places = ServedPlace.objects.visible_to(self.request.user)
        return places.select_related("area")


class PlaceSavingMixin(PermissionCheckedMixin):
    def save_instance(self) -> ServedPlace:
        place: ServedPlace = self.form.instance
        save_place(
            place=place,
            save=super().save_instance,
            by=self.request.user,
        )
        return place


class PlaceCreateView(PlaceSavingMixin, CreateView):
    pass


class PlaceEditView(OwnAreasMixin, PlaceSavingMixin, EditView):
    pass


class PlaceViewSet(OwnAreasViewSet):
    """Towns and postcodes, as readers of the finder type them."""

    model = ServedPlace
    name = "places"
    icon = "site"
    menu_label = _("Places")
    menu_order = 302
    add_to_admin_menu = True
    index_view_class = PlaceIndexView
    add_view_class = PlaceCreateView
    edit_view_class = PlaceEditView
    delete_view_class = OwnDeleteView
    copy_view_enabled = False
    default_ordering = ["name", "pk"]
    search_fields = ["name"]
    list_filter = ["area"]
    list_display = [
        Column("name", label=_("Place"), sort_key="name"),
        Column("area", label=_("Area"), sort_key="area__name"),
    ]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("area")], base_form_class=PlaceForm
    )
