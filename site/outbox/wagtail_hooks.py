from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem


@hooks.register("register_admin_urls")
def outbox_urls() -> list[URLPattern | URLResolver]:
    return [path("outbox/", include("outbox.urls"))]


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Outbox"),
        reverse("outbox:message-list"),
        name="outbox",
        icon_name="mail",
        order=850,
    )
