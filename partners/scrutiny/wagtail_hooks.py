from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem
from partners.scrutiny import views


@hooks.register("register_admin_urls")
def evaluation_url() -> list[URLPattern]:
    return [path("evaluation/", views.evaluation, name="evaluation")]


@hooks.register("register_admin_menu_item")
def evaluation_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Evaluation"),
        reverse("evaluation"),
        name="evaluation",
        icon_name="crosshairs",
        order=330,
    )
