from django.apps import AppConfig


class PrintConfig(AppConfig):
    name = "media.print"
    label = "print"
    verbose_name = "Print"

    def ready(self) -> None:
        from media.print import portal_panels  # noqa: PLC0415 -- apps are ready here

        portal_panels.register_panels()
