from datetime import timedelta

from django.apps import AppConfig

from core.jobs import run_every


class FollowupsConfig(AppConfig):
    name = "partners.followups"
    label = "followups"
    verbose_name = "Follow-ups"

    def ready(self) -> None:
        from partners.followups import portal_panels, receivers  # noqa: F401, PLC0415 -- need models

        portal_panels.register_panels()
        run_every(timedelta(hours=1), "partners.followups.tasks.remind_overdue_tasks")
        run_every(timedelta(hours=6), "partners.followups.tasks.settle_training_tasks")
