from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import (
    CreateView,
    EditView,
    IndexView,
    InspectView,
)
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.own_areas import OwnAreasViewSet
from campaigns.guidance import seasons
from campaigns.guidance.admin_forms import CampaignForm
from campaigns.guidance.models import Campaign, GuardedPhrase, SearchSynonym
from campaigns.guidance.panels import CAMPAIGN_DESK
from core.careful_forms import careful_words_panel
from core.panels import panels_for


def desk_url(campaign: Campaign) -> str:
    return reverse("campaigns:desk", args=[campaign.pk])


class CampaignIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Campaign]":
        return Campaign.objects.visible_to(self.request.user)


class ArrangingMixin:
    """After saving: the public's pages turn over, and the desk shows what is next."""

    object: Campaign
    request: HttpRequest

    def save_instance(self) -> Campaign:
        campaign: Campaign = super().save_instance()  # type: ignore[misc] # a mixin
        seasons.arrange(
            campaign=campaign,
            actor=self.request.user,  # type: ignore[arg-type] # the admin knows who
            now=timezone.now(),
        )
        return campaign

    def get_success_url(self) -> str:
        return desk_url(self.object)


class CampaignCreateView(ArrangingMixin, CreateView):
    pass


class CampaignEditView(ArrangingMixin, EditView):
    def get_queryset(self) -> "QuerySet[Campaign]":
        return Campaign.objects.visible_to(self.request.user)


class OwnAreasMixin:
    """A campaign of other areas is not there, whichever page asks for it."""

    request: HttpRequest
    pk: str

    def get_object(self, queryset: Any = None) -> Campaign:
        visible = Campaign.objects.visible_to(self.request.user)
        return get_object_or_404(
            visible.select_related("page").prefetch_related("areas"), pk=self.pk
        )


class CampaignHistoryView(OwnAreasMixin, HistoryView):
    pass


class CampaignUsageView(OwnAreasMixin, UsageView):
    pass


class CampaignDeskView(OwnAreasMixin, InspectView):
    """All there is about one campaign; each room adds its own part."""

    page_title = _("Desk")

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "campaign": self.object,
            "state": self.object.state_at(timezone.now()),
            "panels": panels_for(CAMPAIGN_DESK, self.request, self.object),
        }


class BeginPageView(CampaignDeskView):
    """Make the draft of the page and go on to writing it."""

    any_permission_required = ["change"]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        campaign = self.object
        try:
            seasons.begin_page(
                campaign=campaign,
                actor=request.user,  # type: ignore[arg-type] # the admin knows who
                now=timezone.now(),
            )
        except seasons.SeasonError as refusal:
            messages.error(request, str(refusal))
            return redirect(desk_url(campaign))
        campaign.refresh_from_db(fields=["page"])
        return redirect("wagtailadmin_pages:edit", campaign.page_id)


class CampaignViewSet(OwnAreasViewSet):
    model = Campaign
    name = "campaigns"
    icon = "calendar"
    menu_label = _("Campaigns")
    menu_order = 200
    add_to_admin_menu = True
    index_view_class = CampaignIndexView
    add_view_class = CampaignCreateView
    edit_view_class = CampaignEditView
    history_view_class = CampaignHistoryView
    usage_view_class = CampaignUsageView
    copy_view_enabled = False
    ordering = ["-opens_at", "pk"]
    search_fields = ["name", "theme"]
    list_display = [
        Column("name", label=_("Name"), sort_key="name"),
        TitleColumn(
            "desk",
            label=_("Desk"),
            accessor=lambda _campaign: _("Open the desk"),
            get_url=desk_url,
        ),
        Column("theme", label=_("Theme")),
        Column(
            "state",
            label=_("State"),
            accessor=lambda campaign: campaign.state_at(timezone.now()).label,
        ),
        Column("opens_at", label=_("Opens"), sort_key="opens_at"),
        Column("closes_at", label=_("Closes"), sort_key="closes_at"),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldPanel("theme"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("audiences"),
            FieldPanel("areas"),
            FieldPanel("routes"),
            FieldPanel("modules"),
            InlinePanel(
                "materials",
                heading=_("Materials"),
                label=_("Material"),
                help_text=_(
                    "A poster, a card, a sheet. Say in words what it is; add the file "
                    "when there is one to download."
                ),
                panels=[
                    FieldRowPanel([FieldPanel("title"), FieldPanel("position")]),
                    FieldPanel("note"),
                    FieldPanel("document"),
                ],
            ),
            FieldPanel("what_came_of_it"),
            careful_words_panel(),
        ],
        base_form_class=CampaignForm,
    )

    @property
    def desk_view(self) -> Any:
        return self.construct_view(
            CampaignDeskView, template_name="guidance/desk/campaign.html"
        )

    @property
    def begin_page_view(self) -> Any:
        return self.construct_view(BeginPageView)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [
            *patterns,
            path("<int:pk>/desk/", self.desk_view, name="desk"),
            path("<int:pk>/page/", self.begin_page_view, name="begin-page"),
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
    ordering = ["language", "pk"]
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


class SearchSynonymViewSet(ModelViewSet):
    model = SearchSynonym
    name = "search-words"
    icon = "search"
    menu_label = _("Search words")
    menu_order = 320
    add_to_admin_menu = True
    copy_view_enabled = False
    default_ordering = ["language", "words"]
    search_fields = ["words", "means", "leads_to"]
    list_filter = ["language", "is_topic", "is_urgent"]
    list_display = [
        Column("words", label=_("People type"), sort_key="words"),
        Column("means", label=_("We also search for")),
        Column("leads_to", label=_("Best page"), sort_key="leads_to"),
        Column("get_language_display", label=_("Language"), sort_key="language"),
        BooleanColumn("is_topic", label=_("In the A to Z")),
        BooleanColumn("is_urgent", label=_("Danger now")),
    ]
    panels = [
        FieldPanel("language"),
        FieldPanel("words"),
        FieldPanel("means"),
        FieldPanel("leads_to"),
        FieldRowPanel([FieldPanel("is_topic"), FieldPanel("is_urgent")]),
    ]
