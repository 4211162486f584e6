"""What `make run` promises: it all runs, and it all stops."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from core.waiting import wait_for

STARTED = re.compile(r"(web|worker|clock) started \(pid=(\d+)\)")
PATIENCE = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one folder for all starts: the second finds its data there."""
    return tmp_path_factory.mktemp("var")


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, int]]]:
    """Start everything on a free port; give the command and the number of each part."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": "",
        "SPOT_VAR_DIR": str(folder),
        "SPOT_BASE_URL": f"http://localhost:{port}",
    }
    with (folder / "output").open("w") as output:
        command = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert wait_for(f"http://127.0.0.1:{port}/health/", patience=PATIENCE)
            yield command, parts(folder)
        finally:
            command.kill()
            command.wait()


def parts(folder: Path) -> dict[str, int]:
    lines = STARTED.findall((folder / "output").read_text())
    return {name: int(number) for name, number in lines}


def group_has_ended(number: int) -> bool:
    """Say whether nothing of a part is left, its own children included.

    A child whose parent went first stays in the list until the system's first process
    has taken note of its end, which is not ours to hurry.
    """
    for _try in range(100):
        try:
            os.killpg(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.proof
@pytest.mark.parametrize("killed", ("web", "worker", "clock"))
def test_up_stops_everything_when_one_part_is_killed(folder, killed):
    with running(folder) as (command, started):
        assert sorted(started) == ["clock", "web", "worker"]

        os.killpg(started[killed], signal.SIGKILL)
        command.wait(timeout=PATIENCE)

        assert command.returncode == 1
        last = (folder / "output").read_text().splitlines()[-1]
        assert last == (
            f"CommandError: The process “{killed}” stopped by itself (exit code -9), "
            "so the others were stopped too. Its last words stand above."
        )
        assert all(group_has_ended(number) for number in started.values())


@pytest.mark.proof
@pytest.mark.parametrize("sent", (signal.SIGINT, signal.SIGTERM))
def test_up_stops_cleanly_when_told(folder, sent):
    with running(folder) as (command, started):
        command.send_signal(sent)
        command.wait(timeout=PATIENCE)

        assert command.returncode == 0
        assert all(group_has_ended(number) for number in started.values())
