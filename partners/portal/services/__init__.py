from partners.portal.services.digests import (
    DIGESTS,
    count_readers,
    send_digests,
    wish,
)
from partners.portal.services.links import Outcome, send_links

__all__ = [
    "DIGESTS",
    "Outcome",
    "count_readers",
    "send_digests",
    "send_links",
    "wish",
]
