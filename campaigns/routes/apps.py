from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "campaigns.routes"
    label = "routes"
    verbose_name = "Reporting routes"

    def ready(self) -> None:
        from campaigns.routes.models import (  # noqa: PLC0415 -- apps are ready now
            Route,
            RouteFact,
            RouteWording,
        )
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now

        watch(Route, RouteFact, RouteWording)
