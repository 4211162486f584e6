from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "campaigns.learning"
    label = "learning"
    verbose_name = "Modules"

    def ready(self) -> None:
        from campaigns.learning import uses  # noqa: PLC0415 -- apps are ready now

        uses.register_uses()
