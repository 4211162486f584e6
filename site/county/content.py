"""What every installation begins with: the words of the rooms, in their order."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from campaigns.guidance.loading import load_pages, load_phrases, load_synonyms
from campaigns.guidance.season_loading import load_campaigns
from campaigns.guidance.services import grant_permissions
from campaigns.guidance.translating import load_translations
from campaigns.learning.loading import load_modules
from campaigns.routes.loading import load_routes
from campaigns.signs.loading import load_signs
from core.models import Installation
from partners.followups.loading import load_gap_rules
from partners.training.loading import load_requirements
from partners.visits.loading import load_checklists


def load_content(*, now: datetime, languages: Iterable[str] = ()) -> None:
    """Load what each room begins with, from routes to gap rules.

    With `languages`, the pages in these languages too: some seconds for all four.
    Each loader adds what is missing and leaves alone what is there. Areas come before:
    a local route waits until its area exists.
    """
    load_routes(today=timezone.localdate(now))
    load_signs()
    load_phrases()
    load_pages(site_name=Installation.objects.current().name, now=now)
    load_synonyms()
    grant_permissions()
    load_modules(now=now)
    load_campaigns(now=now)
    # When every page is there, those of campaigns too.
    load_translations(now=now, languages=languages)
    load_requirements(now)
    load_checklists(now=now)
    load_gap_rules()
