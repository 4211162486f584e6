"""Everything that changes a route, a check of it or a place."""

from campaigns.routes.services.checks import RouteError, record_check

__all__ = ["RouteError", "record_check"]
