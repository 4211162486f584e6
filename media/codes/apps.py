from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "media.codes"
    label = "codes"
    verbose_name = "Codes"

    def ready(self) -> None:
        from media.codes import portal_panels  # noqa: PLC0415 -- apps are ready now

        portal_panels.register_panels()
