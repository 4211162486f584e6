from partners.portal.services.bulletins import note_bulletin_read
from partners.portal.services.digests import (
    DIGESTS,
    count_readers,
    send_digests,
    wish,
)
from partners.portal.services.errors import PortalError
from partners.portal.services.leavers import say_left, say_still_here
from partners.portal.services.links import Outcome, send_links

__all__ = [
    "DIGESTS",
    "Outcome",
    "PortalError",
    "count_readers",
    "note_bulletin_read",
    "say_left",
    "say_still_here",
    "send_digests",
    "send_links",
    "wish",
]
