from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        from outbox import clock  # noqa: PLC0415 -- jobs are known when apps are ready

        clock.register_jobs()
