from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "campaigns.learning"
    label = "learning"
    verbose_name = "Modules"

    def ready(self) -> None:
        from campaigns.learning import (  # noqa: F401, PLC0415 -- apps are ready now
            receivers,
            uses,
        )

        uses.register_uses()
