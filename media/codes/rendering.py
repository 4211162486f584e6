"""The page behind a printed code: one answer that holds all it needs."""

import base64
import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from campaigns.routes.enums import CALLABLE_KINDS
from campaigns.routes.models import Route, in_language
from core.models import Installation
from media.codes.models import Code

EMERGENCY_KEY = "999"
ROUTE_KEYS = (EMERGENCY_KEY, "101", "crimestoppers")
# A corrected number is on every landing page this many seconds later at most.
SECONDS_CACHED = 10


@dataclass(frozen=True)
class BusinessRoute:
    """A route as staff of a premises use it: when, which number, what to say."""

    key: str
    name: str
    when: str
    say: str
    number: str
    number_href: str
    is_emergency: bool = False


def business_routes(language: str) -> tuple[BusinessRoute, ...]:
    """Return 999, 101 and Crimestoppers, from memory for a few seconds."""
    return _routes_at(language, int(time.monotonic() // SECONDS_CACHED))


@lru_cache(maxsize=32)
def _routes_at(language: str, moment: int) -> tuple[BusinessRoute, ...]:
    routes = Route.objects.filter(key__in=ROUTE_KEYS).with_words(language)
    return tuple(_business_route(route, language) for route in routes)


def _business_route(route: Route, language: str) -> BusinessRoute:
    words = in_language(route.wordings.all(), language)
    fact = next(fact for fact in route.facts.all() if fact.kind in CALLABLE_KINDS)
    return BusinessRoute(
        key=route.key,
        name=words.name if words else route.key,
        when=words.when if words else "",
        say=(words.say_business or words.say) if words else "",
        number=fact.value,
        number_href=fact.href,
        is_emergency=route.key == EMERGENCY_KEY,
    )


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
def landing_policy(style: str) -> dict[str, list[str]]:
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
