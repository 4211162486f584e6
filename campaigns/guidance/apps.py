from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "campaigns.guidance"
    label = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from campaigns.guidance import services, uses  # noqa: PLC0415 -- apps are ready now
        from core import careful_words  # noqa: PLC0415 -- apps are ready now

        uses.register_uses()
        careful_words.register(services.LanguageGuard())
