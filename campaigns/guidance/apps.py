from datetime import timedelta

from django.apps import AppConfig

from core.jobs import run_every

JOBS = "campaigns.guidance.tasks"


class GuidanceConfig(AppConfig):
    name = "campaigns.guidance"
    label = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from campaigns.guidance import (  # noqa: PLC0415 -- apps are ready now
            portal_panels,
            receivers,
            services,
            uses,
        )
        from campaigns.guidance.models import (  # noqa: PLC0415 -- apps are ready now
            Campaign,
            CampaignMaterial,
            PageReview,
            PageWords,
            SearchSynonym,
        )
        from core import careful_words  # noqa: PLC0415 -- apps are ready now
        from core.generation import watch  # noqa: PLC0415 -- apps are ready now

        uses.register_uses()
        receivers.connect_approvals()
        careful_words.register(services.LanguageGuard())
        portal_panels.register_panels()
        receivers.connect_receivers()
        watch(Campaign, CampaignMaterial, PageReview, PageWords, SearchSynonym)
        run_every(timedelta(hours=1), f"{JOBS}.reindex_pages")
        run_every(timedelta(minutes=1), f"{JOBS}.turn_seasons")
        run_every(timedelta(minutes=1), f"{JOBS}.publish_due_pages")
        run_every(timedelta(days=1), f"{JOBS}.tell_of_overdue_pages")
