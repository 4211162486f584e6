from datetime import timedelta

from django.apps import AppConfig

from core.jobs import run_every


class RoutesConfig(AppConfig):
    name = "campaigns.routes"
    label = "routes"
    verbose_name = "Reporting routes"

    def ready(self) -> None:
        from campaigns.routes import models, portal_panels  # noqa: PLC0415 -- apps are ready now
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now
        from core.models import Area  # noqa: PLC0415 -- apps are ready now

        watch(models.Route, models.RouteFact, models.RouteWording)
        watch(models.ServedPlace, Area)
        portal_panels.register_panels()
        run_every(timedelta(days=1), "campaigns.routes.tasks.flag_overdue_routes")
        run_every(timedelta(days=7), "campaigns.routes.tasks.check_links")
