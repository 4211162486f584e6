from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import AreaLeadMenuItem


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern | URLResolver]:
    return [path("people/", include("accounts.people_urls"))]


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    return AreaLeadMenuItem(
        _("Colleagues"),
        reverse("people:person-list"),
        name="people",
        icon_name="group",
        order=900,
    )
