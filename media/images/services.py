from datetime import date, timedelta

from django.db.models import Q

from core.generation import bump
from media.images.models import SiteImage, SiteVideo


def make_pages_old_when_something_ended(*, today: date) -> bool:
    """Draw the public pages anew when a picture or video may not be shown since today.

    A date that passes saves no row, so nothing else would tell. Run it as often as you
    like: the pages are drawn again, and nothing more.
    """
    yesterday = today - timedelta(days=1)
    ended = Q(licence_until=yesterday) | Q(consent_until=yesterday)
    has_ended = any(
        model.objects.filter(ended).exists() for model in (SiteImage, SiteVideo)
    )
    if has_ended:
        bump()
    return has_ended
