from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem
from partners.register.views import (
    area_places,
    changes,
    mailings,
    managing,
    place_loads,
    places,
    premises,
    requests,
)

REQUEST_PATTERNS = [
    # /cms/requests/
    path("", requests.request_list, name="list"),
    path("<str:key>/", requests.request_detail, name="detail"),
    path("<str:key>/called/", requests.request_called, name="called"),
    path("<str:key>/approve/", requests.request_approve, name="approve"),
    path("<str:key>/decline/", requests.request_decline, name="decline"),
]
PREMISES_PATTERNS = [
    # /cms/premises/
    path("", premises.premises_list, name="list"),
    path("export/", premises.premises_export, name="export"),
    path("add/", changes.premises_add, name="add"),
    path("<str:key>/", premises.premises_detail, name="detail"),
    path("<str:key>/edit/", changes.premises_edit, name="edit"),
    path("<str:key>/close/", changes.premises_close, name="close"),
    path("<str:key>/reopen/", changes.premises_reopen, name="reopen"),
    path("<str:key>/owner/", changes.premises_owner, name="owner"),
    path("<str:key>/profile/", places.officer_profile, name="profile"),
    path("<str:key>/contacts/add/", places.officer_contact_add, name="contact-add"),
    path(
        "<str:key>/contacts/<int:pk>/",
        places.officer_contact_change,
        name="contact-change",
    ),
    path(
        "<str:key>/contacts/<int:pk>/remove/",
        places.officer_contact_remove,
        name="contact-remove",
    ),
    path(
        "<str:key>/managers/invite/",
        managing.officer_manager_invite,
        name="manager-invite",
    ),
    path(
        "<str:key>/managers/<int:pk>/again/",
        managing.officer_manager_invite_again,
        name="manager-again",
    ),
    path(
        "<str:key>/managers/<int:pk>/end/",
        managing.officer_manager_end,
        name="manager-end",
    ),
    path(
        "<str:key>/managers/<int:pk>/hand-over/",
        managing.officer_manager_hand_over,
        name="manager-hand-over",
    ),
]
MAILING_PATTERNS = [
    # /cms/mailings/
    path("to/<int:campaign_pk>/", mailings.mailing_write, name="write"),
    path("to/<int:campaign_pk>/confirm/", mailings.mailing_confirm, name="confirm"),
    path("<str:key>/", mailings.mailing_detail, name="detail"),
]
AREA_PLACE_PATTERNS = [
    # /cms/premises-in-area/
    path("", area_places.AreaPlacesView.as_view(), name="list"),
    path(
        "results/",
        area_places.AreaPlacesView.as_view(results_only=True),
        name="list-results",
    ),
    path("invited/", area_places.invite_all, name="invite-all"),
    path("<int:pk>/", area_places.place_detail, name="detail"),
    path("<int:pk>/<slug:act>/", area_places.place_change, name="change"),
    # /cms/premises-in-area/lists/
    path("lists/", place_loads.source_list, name="sources"),
    path("lists/add/", place_loads.source_add, name="source-add"),
    path("lists/<int:pk>/load/", place_loads.load_start, name="load"),
    path("loads/<str:key>/", place_loads.load_detail, name="load-detail"),
    path("loads/<str:key>/answer/", place_loads.load_answer, name="load-answer"),
    path("loads/<str:key>/resume/", place_loads.load_resume, name="load-resume"),
    path("loads/<str:key>/discard/", place_loads.load_discard, name="load-discard"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("requests/", include((REQUEST_PATTERNS, "join-requests"))),
        path("premises/", include((PREMISES_PATTERNS, "officer-premises"))),
        path("mailings/", include((MAILING_PATTERNS, "mailings"))),
        path("premises-in-area/", include((AREA_PLACE_PATTERNS, "area-places"))),
    ]


@hooks.register("register_admin_menu_item")
def requests_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Requests to join"),
        reverse("join-requests:list"),
        name="join-requests",
        icon_name="mail",
        order=210,
    )


@hooks.register("register_admin_menu_item")
def premises_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Premises"),
        reverse("officer-premises:list"),
        name="officer-premises",
        icon_name="home",
        order=200,
    )


@hooks.register("register_admin_menu_item")
def area_places_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Premises in the area"),
        reverse("area-places:list"),
        name="area-places",
        icon_name="globe",
        order=205,
    )
