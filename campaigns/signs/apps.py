from django.apps import AppConfig


class SignsConfig(AppConfig):
    name = "campaigns.signs"
    label = "signs"
    verbose_name = "Signs"

    def ready(self) -> None:
        from campaigns.signs.models import (  # noqa: PLC0415 -- apps are ready now
            Sign,
            SignWording,
        )
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now

        watch(Sign, SignWording)
