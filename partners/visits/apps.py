from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "partners.visits"
    label = "visits"
    verbose_name = "Test visits"

    def ready(self) -> None:
        from partners.visits import portal_panels, uses  # noqa: PLC0415 -- needs models

        portal_panels.register_panels()
        uses.register_uses()
