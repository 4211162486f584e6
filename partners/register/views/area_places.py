"""The businesses of an officer's areas: who takes part, and who has not answered."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.exports import NEUTRAL_CELLS
from core.models import AreaQuerySet
from partners.register import services
from partners.register.enums import BusinessType, NotCounted, PlaceState
from partners.register.forms.area_places import LeaveOutForm, LinkForm
from partners.register.models import AreaPlace, AreaPlaceQuerySet, Premises
from partners.register.opendata.matching import Known, Matcher
from partners.register.services import RegisterError
from partners.register.views.officers import for_officers


def own_areas(request: HttpRequest) -> AreaQuerySet:
    return areas_of(request.user).order_by("name", "pk")


class AreaPlaceFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=PlaceState.choices, method="in_state"
    )
    business_type = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=BusinessType.choices
    )
    district = django_filters.CharFilter(
        label=gettext_lazy("Postcode district"),
        lookup_expr="iexact",
        widget=forms.TextInput(attrs={"size": 6, "placeholder": "AB1"}),
    )
    source__area = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Area"), queryset=own_areas
    )

    class Meta:
        model = AreaPlace
        fields: list[str] = []

    def in_state(
        self, places: AreaPlaceQuerySet, name: str, value: str
    ) -> AreaPlaceQuerySet:
        return places.in_state(PlaceState(value))


def state_label(place: Any) -> str:
    return str(PlaceState(place.state).label)


class AreaPlacesView(IndexView):
    """The list, with the figures of sign-up above it."""

    model = AreaPlace
    permission_policy = None
    any_permission_required = None
    template_name = "register/places/list.html"
    results_template_name = "register/places/results.html"
    page_title = gettext_lazy("Premises in the area")
    header_icon = "globe"
    index_url_name = "area-places:list"
    index_results_url_name = "area-places:list-results"
    filterset_class = AreaPlaceFilterSet
    search_fields = ["name", "street", "town", "postcode"]
    default_ordering = "name"
    paginate_by = 50
    export_filename = "premises-in-the-area"
    custom_value_preprocess = IndexView.custom_value_preprocess | NEUTRAL_CELLS
    list_export = [
        *("name", "get_business_type_display", "street", "town", "postcode"),
        *("source.area.name", "state", "invited_on", "declined_on", "scheme_id"),
    ]
    export_headings = {
        "name": gettext_lazy("Business"),
        "get_business_type_display": gettext_lazy("Kind"),
        "street": gettext_lazy("Street"),
        "town": gettext_lazy("Town"),
        "postcode": gettext_lazy("Postcode"),
        "source.area.name": gettext_lazy("Area"),
        "state": gettext_lazy("State"),
        "invited_on": gettext_lazy("Invited on"),
        "declined_on": gettext_lazy("Said no on"),
        "scheme_id": gettext_lazy("Number in the scheme"),
    }
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Business"),
            sort_key="name",
            get_url=lambda place: reverse("area-places:detail", args=[place.pk]),
        ),
        Column("address", label=gettext_lazy("Address"), sort_key="postcode"),
        Column(
            "kind",
            label=gettext_lazy("Kind"),
            accessor="get_business_type_display",
            sort_key="business_type",
        ),
        Column(
            "area",
            label=gettext_lazy("Area"),
            accessor="source.area.name",
            sort_key="source__area__name",
        ),
        Column(
            "state",
            label=gettext_lazy("State"),
            accessor=state_label,
            sort_key="state",
        ),
        Column("invited_on", label=gettext_lazy("Invited"), sort_key="invited_on"),
    ]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not is_officer(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> AreaPlaceQuerySet:
        places = AreaPlace.objects.in_areas_of(self.request.user)
        return places.with_state().select_related("source__area", "premises")

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)
        return row | {"state": state_label(item)}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                gettext_lazy("Lists of authorities"),
                url=reverse("area-places:sources"),
                icon_name="download",
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        places = AreaPlace.objects.in_areas_of(self.request.user)
        wanted = self.request.GET.copy()
        wanted.pop("p", None)
        return context | {
            "sign_up": [] if self.results_only else places.sign_up(),
            "may_invite_all": wanted.get("state") == PlaceState.NOT_INVITED,
            "wanted": wanted.urlencode(),
        }


@require_POST
@for_officers
def invite_all(request: HttpRequest, officer: User) -> HttpResponse:
    """Note as invited what the list shows, found by the same questions."""
    places = AreaPlace.objects.in_areas_of(officer)
    found = AreaPlaceFilterSet(request.GET, queryset=places, request=request)
    if not found.is_valid() or request.GET.get("state") != PlaceState.NOT_INVITED:
        messages.error(request, _("Show those who are not invited yet first."))
        return redirect("area-places:list")
    number = services.note_invited(
        places=found.qs.matching(request.GET.get("q", "")),
        actor=officer,
        today=timezone.localdate(),
    )
    done = ngettext(
        "%(count)d business is noted as invited today.",
        "%(count)d businesses are noted as invited today.",
        number,
    )
    messages.success(request, done % {"count": number})
    return redirect("area-places:list")


@require_GET
@for_officers
def place_detail(request: HttpRequest, officer: User, pk: int) -> HttpResponse:
    return _render_detail(request, officer, _visible(officer, pk))


@require_POST
@for_officers
def place_change(
    request: HttpRequest, officer: User, pk: int, act: str
) -> HttpResponse:
    """Note one thing about a business; `act` says which, see `ACTS`."""
    place = _visible(officer, pk)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](request, officer, place)
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return _render_detail(request, officer, place, status=422)
    messages.success(request, done)
    return redirect("area-places:detail", place.pk)


def _link(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    form = LinkForm(request.POST, premises=Premises.objects.in_areas_of(officer))
    if not form.is_valid():
        raise RegisterError(_first_error(form))
    services.link_place(
        place=place, premises=form.cleaned_data["premises"], actor=officer
    )
    return _("Noted: this business is these premises.")


def _unlink(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    services.unlink_place(place=place, actor=officer)
    return _("Noted: this business is another place. It is not suggested again.")


def _leave_out(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        raise RegisterError(_first_error(form))
    reason = NotCounted(form.cleaned_data["reason"])
    services.leave_out(place=place, reason=reason, actor=officer)
    return _("This business is not counted any more.")


def _count(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    services.count_again(place=place, actor=officer)
    return _("This business is counted again.")


def _invited(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    services.note_invited(
        places=AreaPlace.objects.filter(pk=place.pk),
        actor=officer,
        today=timezone.localdate(),
    )
    return _("Noted: invited today.")


def _declined(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    services.note_declined(place=place, actor=officer, today=timezone.localdate())
    return _("Noted: it does not want to take part. It stays in the count.")


def _take_back(request: HttpRequest, officer: User, place: AreaPlace) -> str:
    services.take_back_answer(place=place, actor=officer)
    return _("Taken back: it counts as not invited.")


ACTS = {
    "link": _link,
    "unlink": _unlink,
    "leave-out": _leave_out,
    "count": _count,
    "invited": _invited,
    "declined": _declined,
    "take-back": _take_back,
}


def _first_error(form: forms.Form) -> str:
    return next(str(sentences[0]) for sentences in form.errors.values())


def _visible(officer: User, pk: int) -> AreaPlace:
    places = AreaPlace.objects.in_areas_of(officer).with_state()
    return get_object_or_404(places.select_related("source__area", "premises"), pk=pk)


def _render_detail(
    request: HttpRequest, officer: User, place: AreaPlace, *, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": place.name,
        "header_icon": "globe",
        "place": place,
        "state_label": state_label(place),
        "likely": _likely(officer, place),
        "add_address": add_premises_address(place),
        "leave_out_form": LeaveOutForm(),
    }
    return render(request, "register/places/detail.html", context, status=status)


def _likely(officer: User, place: AreaPlace) -> list[Premises]:
    """List the premises this business may be, when it is not tied to any."""
    if place.premises_id is not None:
        return []
    near = Premises.objects.in_areas_of(officer).filter(
        area_place__isnull=True, postcode__istartswith=place.district or "-"
    )
    by_pk = {one.pk: one for one in near}
    known = [
        Known(one.pk, one.place, one.kind, may_be_assumed=False)
        for one in by_pk.values()
    ]
    candidates = Matcher(known).candidates(place.place, apart=frozenset())
    return [by_pk[one.known.pk] for one in candidates]


def add_premises_address(place: AreaPlace) -> str:
    """Return where an officer adds premises, with what we know filled in.

    Nothing when this installation has no such page.
    """
    try:
        address = reverse("officer-premises:add")
    except NoReverseMatch:
        return ""
    known = {
        "name": place.name,
        "street": place.street,
        "town": place.town,
        "postcode": place.postcode,
        "kind": place.likely_kind,
    }
    return f"{address}?{urlencode(known)}"
