"""A local twin of the open data service, its site of files, and what may go wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.partners.register.opendata.lists import (
    AUTHORITY,
    as_answer,
    as_authorities,
    as_xml,
)

AUTHORITY_NUMBER = 7001
FILE = f"/api/open-data-files/FHRS{AUTHORITY}en-GB.xml"

type Mishap = Callable[["Handler"], None]


class FoodService:
    """What the server tells, what it was asked, and the mishaps that come first."""

    def __init__(self) -> None:
        self.address = ""
        self.places: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.mishaps: list[Mishap] = []
        self.largest_page = 5000

    @property
    def pages_asked(self) -> list[int]:
        return [
            int(question["pageNumber"])
            for _path, question in self.asked
            if "pageNumber" in question
        ]


class Handler(BaseHTTPRequestHandler):
    service: FoodService

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        question = dict(parse_qsl(parts.query))
        self.service.asked.append((parts.path, question))
        if self.service.mishaps:
            self.service.mishaps.pop(0)(self)
        elif parts.path == FILE:
            self.say(200, as_xml(self.service.places), kind="text/xml")
        elif self.headers.get("x-api-version") != "2":
            # What the service says to a question without the right version.
            self.say(404, b'{"Message": "No HTTP resource was found."}')
        elif parts.path == "/Authorities/basic":
            self.say(200, as_authorities())
        elif parts.path == "/Establishments":
            self.say(200, self.page(question))
        else:
            self.say(404, b"")

    def page(self, question: dict[str, str]) -> bytes:
        wanted = int(question["businessTypeId"])
        if int(question["localAuthorityId"]) != AUTHORITY_NUMBER:
            return as_answer([])
        return as_answer(
            [one for one in self.service.places if one["BusinessTypeID"] == wanted],
            number=int(question["pageNumber"]),
            size=min(int(question["pageSize"]), self.service.largest_page),
        )

    def say(
        self,
        status: int,
        content: bytes,
        *,
        kind: str = "application/json",
        length: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
        pass


def fails(status: int, **headers: str) -> Mishap:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.say(status, b"", headers=told)


def leads_to(address: str) -> Mishap:
    return lambda handler: handler.say(302, b"", headers={"Location": address})


def says(content: bytes) -> Mishap:
    return lambda handler: handler.say(200, content)


def breaks_off(content: bytes) -> Mishap:
    """Promise more than comes."""
    return lambda handler: handler.say(200, content, length=len(content) + 10)


@contextmanager
def running(service: FoodService) -> Iterator[FoodService]:
    handler = type("BoundHandler", (Handler,), {"service": service})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        service.address = f"http://127.0.0.1:{server.server_port}"
        yield service
        server.shutdown()
        thread.join()
