"""Everything that changes a route, a check of it or a place."""

from campaigns.routes.services.checks import RouteError, record_check
from campaigns.routes.services.editing import save_place, save_route
from campaigns.routes.services.flagging import flag_overdue_routes
from campaigns.routes.services.links import check_links, note_link

__all__ = [
    "RouteError",
    "check_links",
    "flag_overdue_routes",
    "note_link",
    "record_check",
    "save_place",
    "save_route",
]
