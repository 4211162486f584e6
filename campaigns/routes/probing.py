"""Asks web addresses of routes whether they still answer: politely, and only outside.

An address is typed by an editor, so it could lead into our own network: a connection
to anything but the public internet is closed before a word is sent over it.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from campaigns.routes.enums import LinkStatus
from campaigns.routes.rules import is_web_address, registrable

AGENT = "Mozilla/5.0 (compatible; link check)"
# Seconds to connect, and to wait for an answer.
TIMEOUT = (5, 10)
MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class PrivateAddressError(OSError):
    """The name leads to a machine that is not on the public internet."""


@dataclass(frozen=True)
class Probe:
    status: LinkStatus
    detail: str


def probe(url: str) -> Probe:
    """Ask an address with HEAD, then with GET when it does not like that."""
    with _session() as session:
        try:
            return _follow(session, url)
        except PrivateAddressError:
            return Probe(LinkStatus.FAILED, "not on the public internet")
        except requests.Timeout:
            return Probe(LinkStatus.FAILED, "no answer in time")
        except (requests.RequestException, OSError, ValueError) as error:
            if _has_private_cause(error):
                return Probe(LinkStatus.FAILED, "not on the public internet")
            return Probe(LinkStatus.FAILED, "cannot be reached")


def _follow(session: requests.Session, url: str) -> Probe:
    asked = url
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(session, asked)
        if answer.status_code not in REDIRECTS:
            is_fine = answer.status_code < 400
            status = LinkStatus.OK if is_fine else LinkStatus.FAILED
            return Probe(status, str(answer.status_code))
        target = urljoin(asked, answer.headers.get("Location", ""))
        if not _may_follow(target, start=url):
            host = urlsplit(target).hostname or ""
            return Probe(LinkStatus.MOVED, host[:120])
        asked = target
    return Probe(LinkStatus.FAILED, "too many redirects")


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


def _session() -> requests.Session:
    session = requests.Session()
    # No proxy, no netrc: what is asked depends on the address and on nothing else.
    session.trust_env = False
    session.headers["User-Agent"] = AGENT
    adapter = _PublicAdapter(max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _refuse_private(connected: socket.socket) -> socket.socket:
    peer = ip_address(connected.getpeername()[0])
    if peer.is_global or (peer.is_loopback and settings.ROUTE_LINK_LOOPBACK):
        return connected
    connected.close()
    raise PrivateAddressError(str(peer))


def _has_private_cause(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PrivateAddressError):
            return True
        error = error.__cause__ or error.__context__
    return False


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _refuse_private(super()._new_conn())


class _PublicTLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _refuse_private(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTLSPool}
