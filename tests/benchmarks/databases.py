"""A PostgreSQL database that lives as long as one benchmark."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

WRAPPER = Path(__file__).resolve().parent.parent.parent / "tools/with_postgresql.sh"


def run_again_with_postgresql(name: str) -> None:
    """Start this benchmark anew with DATABASE_URL naming a server. Never returns."""
    harness = [sys.executable, "-m", "tests.benchmarks.harness", name]
    os.execv(WRAPPER, [str(WRAPPER), *harness])  # noqa: S606 -- our own script


@contextmanager
def own_database() -> Iterator[None]:
    """Make a new database on the server of DATABASE_URL, and remove it afterwards."""
    import psycopg  # noqa: PLC0415 -- other benchmarks do without

    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{os.getpid()}"
    server = urlunsplit(given._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlunsplit(given._replace(path=f"/{name}"))
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
