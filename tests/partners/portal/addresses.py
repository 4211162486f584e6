"""Every address of a part of the site, taken from the resolver: none can escape."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# What stands for a thing in an address, behind the word that says what it is.
THING = re.compile(r"(?P<word>[^/<>]+)/<(?:(?P<kind>\w+):)?\w+>")
# What follows a thing at once: the form in which it is wanted.
FORM = re.compile(rf"{THING.pattern}[/.]<(?:\w+:)?form>")
# No number and no key that anything has.
NOTHING = {"int": 99_999_999, "str": "nonsuch", "slug": "nonsuch"}


def routes_under(prefix: str) -> list[str]:
    """Return the patterns that begin with a prefix, as they are written in `urls.py`.

    >>> routes_under("partners/")[0]
    'partners/join/'
    """
    return [route for route in _routes(get_resolver(), "") if route.startswith(prefix)]


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def filled(route: str, things: Mapping[str, Any]) -> str:
    """Return the address of these things, told by the word before each.

    A word that `things` has not is an error: who adds an address says what is in it.
    """

    def form(found: re.Match[str]) -> str:
        return found[0].replace("<str:form>", str(things[f"form of {found['word']}"]))

    def thing(found: re.Match[str]) -> str:
        return f"{found['word']}/{things[found['word']]}"

    return "/" + THING.sub(thing, FORM.sub(form, route))


def words_in(route: str) -> list[str]:
    return [found["word"] for found in THING.finditer(route)]


def nothing_in(route: str) -> dict[str, Any]:
    """Return what leads nowhere for each thing of an address."""
    things = {found["word"]: NOTHING[found["kind"]] for found in THING.finditer(route)}
    forms = (f"form of {found['word']}" for found in FORM.finditer(route))
    return things | dict.fromkeys(forms, "nonsuch")
