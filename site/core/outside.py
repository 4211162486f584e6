"""Questions to machines on the public internet, and to no others.

What is asked may be an address that somebody typed or a redirect that somebody sent, so
it could lead into our own network: a connection to anything but the public internet is
closed before a word is sent over it.
"""

import socket
from ipaddress import ip_address
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class PrivateAddressError(OSError):
    """The name leads to a machine that is not on the public internet."""


def outside_session(*, agent: str, may_ask_itself: bool = False) -> requests.Session:
    """Return a session that asks public machines only and tries each question once.

    `may_ask_itself` lets it ask this machine too: for tests with a local server.
    """
    session = requests.Session()
    # No proxy, no netrc: what is asked depends on the address and on nothing else.
    session.trust_env = False
    session.headers["User-Agent"] = agent
    adapter = _LocalAdapter() if may_ask_itself else _PublicAdapter()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def has_private_cause(error: BaseException | None) -> bool:
    """Say whether a question failed because it led into our own network."""
    while error is not None:
        if isinstance(error, PrivateAddressError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refuse_private(
    connected: socket.socket, *, may_be_loopback: bool
) -> socket.socket:
    peer = ip_address(connected.getpeername()[0])
    if peer.is_global or (may_be_loopback and peer.is_loopback):
        return connected
    connected.close()
    raise PrivateAddressError(str(peer))


class _PublicConnection(HTTPConnection):
    may_be_loopback = False

    def _new_conn(self) -> socket.socket:
        return _refuse_private(
            super()._new_conn(), may_be_loopback=self.may_be_loopback
        )


class _PublicTLSConnection(HTTPSConnection):
    may_be_loopback = False

    def _new_conn(self) -> socket.socket:
        return _refuse_private(
            super()._new_conn(), may_be_loopback=self.may_be_loopback
        )


class _LocalConnection(_PublicConnection):
    may_be_loopback = True


class _LocalTLSConnection(_PublicTLSConnection):
    may_be_loopback = True


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


class _LocalPool(HTTPConnectionPool):
    ConnectionCls = _LocalConnection


class _LocalTLSPool(HTTPSConnectionPool):
    ConnectionCls = _LocalTLSConnection


class _PublicAdapter(HTTPAdapter):
    pools: dict[str, type[HTTPConnectionPool]] = {
        "http": _PublicPool,
        "https": _PublicTLSPool,
    }

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = self.pools


class _LocalAdapter(_PublicAdapter):
    pools: dict[str, type[HTTPConnectionPool]] = {
        "http": _LocalPool,
        "https": _LocalTLSPool,
    }
