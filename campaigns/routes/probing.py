"""Asks web addresses of routes whether they still answer: politely and only outside."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings

from campaigns.routes.enums import LinkStatus
from campaigns.routes.rules import is_web_address, registrable
from core.outside import (
    REDIRECTS,
    PrivateAddressError,
    has_private_cause,
    outside_session,
)

AGENT = "Mozilla/5.0 (compatible; link check)"
# Seconds to connect, and to wait for an answer.
TIMEOUT = (5, 10)
MAX_REDIRECTS = 5
# What a door that keeps programs out answers: a person may well be let in.
REFUSALS = frozenset({403, 406, 429})


@dataclass(frozen=True)
class Probe:
    status: LinkStatus
    detail: str


def probe(url: str) -> Probe:
    """Ask an address with HEAD, then with GET when it does not like that."""
    with outside_session(
        agent=AGENT, may_ask_itself=settings.ROUTE_LINK_LOOPBACK
    ) as session:
        try:
            return _follow(session, url)
        except PrivateAddressError:
            return Probe(LinkStatus.FAILED, "not on the public internet")
        except requests.Timeout:
            return Probe(LinkStatus.FAILED, "no answer in time")
        except (requests.RequestException, OSError, ValueError) as error:
            if has_private_cause(error):
                return Probe(LinkStatus.FAILED, "not on the public internet")
            return Probe(LinkStatus.FAILED, "cannot be reached")


def _follow(session: requests.Session, url: str) -> Probe:
    asked = url
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(session, asked)
        if answer.status_code not in REDIRECTS:
            return Probe(_status_of(answer.status_code), str(answer.status_code))
        target = urljoin(asked, answer.headers.get("Location", ""))
        if not _may_follow(target, start=url):
            host = urlsplit(target).hostname or ""
            return Probe(LinkStatus.MOVED, host[:120])
        asked = target
    return Probe(LinkStatus.FAILED, "too many redirects")


def _status_of(code: int) -> LinkStatus:
    if code in REFUSALS:
        return LinkStatus.REFUSES
    return LinkStatus.OK if code < 400 else LinkStatus.FAILED


def _ask(session: requests.Session, url: str) -> requests.Response:
    """Ask for the head only, else for the page, of which nothing is read."""
    for method in ("HEAD", "GET"):
        answer = session.request(
            method, url, timeout=TIMEOUT, allow_redirects=False, stream=True
        )
        answer.close()
        if answer.status_code < 400:
            break
    return answer


def _may_follow(target: str, *, start: str) -> bool:
    if not is_web_address(target):
        return False
    host = urlsplit(target).hostname or ""
    allowed = {name.lower() for name in settings.ROUTE_LINK_HOSTS}
    return host in allowed or registrable(host) == registrable(
        urlsplit(start).hostname or ""
    )
