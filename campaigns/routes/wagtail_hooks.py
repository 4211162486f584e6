from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns.routes.views import checks
from campaigns.routes.viewsets import PlaceViewSet, RouteViewSet

patterns: list[URLPattern | URLResolver] = [
    # /cms/route-checks/
    path("", checks.check_list, name="list"),
    path("<int:pk>/", checks.check, name="check"),
]


@hooks.register("register_admin_viewset")
def register_routes() -> list[RouteViewSet | PlaceViewSet]:
    return [RouteViewSet(), PlaceViewSet()]


@hooks.register("register_admin_urls")
def route_check_urls() -> list[URLPattern | URLResolver]:
    return [path("route-checks/", include((patterns, "route_checks")))]


@hooks.register("register_admin_menu_item")
def route_checks_menu_item() -> MenuItem:
    return MenuItem(
        _("Route checks"),
        reverse("route_checks:list"),
        name="route-checks",
        icon_name="tick-inverse",
        order=301,
    )
