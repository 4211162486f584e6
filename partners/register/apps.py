from datetime import timedelta

from django.apps import AppConfig

from core import personal_data
from core.jobs import run_every


class RegisterConfig(AppConfig):
    name = "partners.register"
    label = "register"
    verbose_name = "Register"

    def ready(self) -> None:
        from partners.register import personal_copy, portal_panels, receivers  # noqa: F401, PLC0415 -- need models

        portal_panels.register_panels()
        personal_data.register(
            personal_copy.about_person,
            order=10,
            forgetter=personal_copy.forget_messages,
        )
        run_every(timedelta(days=1), "partners.register.tasks.forget_old_rows")
        run_every(timedelta(minutes=5), "partners.register.tasks.finish_mailings")
        run_every(timedelta(hours=1), "partners.register.tasks.watch_over_premises")
        run_every(timedelta(minutes=5), "partners.register.tasks.finish_place_loads")
        run_every(timedelta(days=1), "partners.register.tasks.forget_old_place_loads")
        run_every(timedelta(minutes=1), "partners.register.tasks.finish_imports")
        run_every(timedelta(days=1), "partners.register.tasks.anonymise_leavers")
        run_every(timedelta(days=1), "partners.register.tasks.forget_spent_challenges")
