from django.apps import AppConfig


class SignsConfig(AppConfig):
    name = "campaigns.signs"
    label = "signs"
    verbose_name = "Signs"

    def ready(self) -> None:
        from campaigns.signs import (  # noqa: PLC0415 -- apps are ready now
            models,
            portal_panels,
        )
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now

        watch(models.Sign, models.SignWording)
        portal_panels.register_panels()
