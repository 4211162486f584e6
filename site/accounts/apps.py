from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People who sign in"

    def ready(self) -> None:
        from accounts.groups import ensure_groups  # noqa: PLC0415 -- models are ready now

        post_migrate.connect(ensure_groups, sender=self)
