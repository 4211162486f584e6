"""The page behind a printed code: one answer that holds all it needs."""

import base64
import hashlib
import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from campaigns.routes.rendering import RouteCard, public_routes
from core.models import Installation
from media.codes.models import Code

ROUTE_KEYS = ("999", "101", "crimestoppers")
# A corrected number is on every landing page this many seconds later at most.
SECONDS_CACHED = 10


def business_routes(language: str) -> tuple[RouteCard, ...]:
    """Return 999, 101 and Crimestoppers, from memory for a few seconds."""
    return _routes_at(language, int(time.monotonic() // SECONDS_CACHED))


@lru_cache(maxsize=32)
def _routes_at(language: str, moment: int) -> tuple[RouteCard, ...]:
    routes = public_routes(
        language=language,
        today=timezone.localdate(),
        keys=ROUTE_KEYS,
        for_business=True,
    )
    return tuple(routes)


def forget_routes() -> None:
    _routes_at.cache_clear()


def landing_style(installation: Installation) -> str:
    """Return the page's styles with the installation's own two colours."""
    own = f"--brand:{installation.brand};--accent:{installation.accent}"
    return f"{_landing_css()}:root{{{own}}}"


@lru_cache(maxsize=1)
def _landing_css() -> str:
    return (settings.SITE_DIR / "static/css/landing.css").read_text()


@lru_cache(maxsize=8)
def landing_policy(style: str) -> dict[str, Any]:
    """Allow this one style by its hash. A nonce would go stale in a cache."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        **settings.SECURE_CSP,
        "style-src": [f"'sha256-{digest}'"],
        "script-src": ["'none'"],
    }


def landing_page(
    *, code: Code | None, language: str, installation: Installation, style: str
) -> str:
    """Write the page. It needs no request: nothing about the reader is known."""
    routes = business_routes(language)
    context: dict[str, Any] = {
        "premises": code.premises if code and code.names_premises else None,
        "emergency": next((one for one in routes if one.is_emergency), None),
        "routes": [one for one in routes if not one.is_emergency],
        "installation": installation,
        "style": style,
        "languages": settings.LANGUAGES,
    }
    with override(language):
        return render_to_string("codes/landing.html", context)
