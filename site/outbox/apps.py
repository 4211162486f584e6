from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        from outbox import checks, clock, portal_panels  # noqa: F401, PLC0415 -- need models

        portal_panels.register_panels()
        clock.register_jobs()
