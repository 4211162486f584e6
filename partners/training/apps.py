from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "partners.training"
    label = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        from partners.training import portal_panels  # noqa: PLC0415 -- needs models

        portal_panels.register_panels()
