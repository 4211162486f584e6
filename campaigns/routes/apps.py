from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "campaigns.routes"
    label = "routes"
    verbose_name = "Reporting routes"

    def ready(self) -> None:
        from campaigns.routes import models  # noqa: PLC0415 -- apps are ready now
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now
        from core.models import Area  # noqa: PLC0415 -- apps are ready now

        watch(models.Route, models.RouteFact, models.RouteWording)
        watch(models.ServedPlace, Area)
