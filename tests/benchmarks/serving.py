"""A production web server for a benchmark, and a reader that keeps its connection."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.benchmarks.harness import HOST, ROOT

# What a phone sends through the proxy that ends TLS.
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile",
    "Accept": "text/html",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en-GB,en;q=0.8",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
}

PATIENCE = 60.0


@dataclass(frozen=True)
class Timing:
    """Seconds of each answer, in order."""

    seconds: list[float]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


@contextmanager
def web_server(settings_module: str) -> Iterator[int]:
    """Serve the product on a free port with one process; give the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 -- our own arguments
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
            *("--blocking-threads", "4", "--backpressure", "64"),
            *("--log-level", "warning", "config.wsgi:application"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": settings_module,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        },
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            read(port, "/health/", 1)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def read(port: int, path: str, times: int) -> Timing:
    """Ask for a path again and again over one connection, as a proxy does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - started)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
    connection.close()
    return Timing(seconds)
