from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from wagtail.models import (  # noqa: PLC0415 -- apps are ready now
            Locale,
            PageViewRestriction,
            Site,
        )

        from core import checks  # noqa: F401, PLC0415 -- checks register when ready
        from core.generation import watch, watch_pages  # noqa: PLC0415 -- the same
        from core.models import (  # noqa: PLC0415 -- the same
            Area,
            Installation,
            LanguageConfirmation,
        )

        watch(
            Installation, Area, LanguageConfirmation, Locale, PageViewRestriction, Site
        )
        watch_pages()
