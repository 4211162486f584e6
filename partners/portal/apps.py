from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import personal_data
from core.jobs import run_every
from outbox.rounds import Schedule, each_week_at, schedule


class PortalConfig(AppConfig):
    name = "partners.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from partners.portal import (  # noqa: PLC0415 -- need models
            personal_copy,
            portal_panels,
            services,
        )

        portal_panels.register_panels()
        personal_data.register(personal_copy.about_answers, order=30)
        schedule(
            Schedule(
                services.DIGESTS,
                _("The weekly summaries for managers"),
                each_week_at(7),
                services.count_readers,
            )
        )
        run_every(timedelta(minutes=10), "partners.portal.tasks.send_digests")
