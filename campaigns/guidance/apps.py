from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "campaigns.guidance"
    label = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from campaigns.guidance import uses  # noqa: PLC0415 -- apps are ready now

        uses.register_uses()
