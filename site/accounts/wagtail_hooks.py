from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from accounts.desk import Desk
from accounts.menu import AreaLeadMenuItem
from accounts.scoping import is_officer, is_safeguarding_lead


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


@hooks.register("construct_homepage_panels")
def lay_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    if is_officer(request.user) or is_safeguarding_lead(request.user):
        panels.append(Desk())
