from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import personal_data
from core.jobs import run_every
from outbox.rounds import Schedule, each_day_at, schedule

ROUND = "reminders"


class TrainingConfig(AppConfig):
    name = "partners.training"
    label = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        from partners.training import personal_copy, portal_panels, receivers  # noqa: F401, PLC0415 -- need models

        portal_panels.register_panels()
        personal_data.register(personal_copy.about_training, order=20)
        schedule(Schedule(ROUND, _("The reminders to staff"), each_day_at(9)))
        run_every(timedelta(minutes=10), "partners.training.tasks.send_reminders")
        run_every(timedelta(hours=6), "partners.training.tasks.send_leaver_notices")
        # Once a day is enough; every hour, a day that failed is not missing for long.
        run_every(timedelta(hours=1), "partners.training.tasks.keep_coverage")
