from wagtail import hooks

from campaigns.routes.viewsets import RouteViewSet


@hooks.register("register_admin_viewset")
def register_routes() -> RouteViewSet:
    return RouteViewSet()
