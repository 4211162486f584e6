from collections.abc import Mapping

from django.utils.translation import gettext as _

# What a browser sends when it fetches a page that nobody has asked to see yet.
EARLY_FETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz")


def banded(openings: int) -> str:
    """Say a count so that nobody can be singled out; none and few read alike."""
    if openings < 5:
        return _("fewer than 5")
    for first, last in ((5, 9), (10, 19), (20, 49), (50, 99)):
        if openings <= last:
            return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _("100 or more")


def is_opening(method: str, headers: Mapping[str, str]) -> bool:
    """Say whether somebody opened the page, as far as a simple look can tell.

    Left out are HEAD and what a browser fetches early. Link previews and scanners of
    mail servers that pose as browsers are counted: nothing here looks at the agent.
    """
    early = any(
        headers.get(name, "").startswith(("prefetch", "preview"))
        for name in EARLY_FETCH_HEADERS
    )
    return method == "GET" and not early
