from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem
from partners.register.views import mailings, premises, requests

REQUEST_PATTERNS = [
    # /cms/requests/
    path("", requests.request_list, name="list"),
    path("<str:key>/", requests.request_detail, name="detail"),
    path("<str:key>/approve/", requests.request_approve, name="approve"),
    path("<str:key>/decline/", requests.request_decline, name="decline"),
]
PREMISES_PATTERNS = [
    # /cms/premises/
    path("", premises.premises_list, name="list"),
    path("<str:key>/", premises.premises_detail, name="detail"),
]
MAILING_PATTERNS = [
    # /cms/mailings/
    path("to/<int:campaign_pk>/", mailings.mailing_write, name="write"),
    path("to/<int:campaign_pk>/confirm/", mailings.mailing_confirm, name="confirm"),
    path("<str:key>/", mailings.mailing_detail, name="detail"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("requests/", include((REQUEST_PATTERNS, "join-requests"))),
        path("premises/", include((PREMISES_PATTERNS, "officer-premises"))),
        path("mailings/", include((MAILING_PATTERNS, "mailings"))),
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
