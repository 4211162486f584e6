import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from core import processes

# Long, for a machine that is busy with other things.
PATIENCE = 120
SCRIPT = """
from core.processes import StoppedError, run_until_stopped
try:
    run_until_stopped({commands!r})
except StoppedError as error:
    raise SystemExit(str(error))
"""


def start(commands: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 -- our own script
        [sys.executable, "-c", SCRIPT.format(commands=commands)],
        env=os.environ | {"PYTHONPATH": f"{settings.BASE_DIR}:{settings.SITE_DIR}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def has_ended(pid_file: Path) -> bool:
    return not Path(f"/proc/{pid_file.read_text().strip()}").exists()


def test_port_is_free_says_no_while_somebody_listens():
    with socket.create_server((processes.HOST, 0)) as server:
        port = server.getsockname()[1]

        while_taken = processes.port_is_free(port)

    assert while_taken is False
    assert processes.port_is_free(port) is True


def test_commands_let_worker_and_clock_wait_for_the_web_server():
    commands = processes.commands(8123)

    assert list(commands) == ["web", "worker", "clock"]
    assert "core.waiting" not in commands["web"]
    wait = "-m core.waiting http://127.0.0.1:8123/health/ && "
    assert wait in commands["worker"]
    assert wait in commands["clock"]


def test_run_until_stopped_ends_the_others_when_one_ends(tmp_path):
    pid = tmp_path / "pid"
    running = start(
        {"web": f"echo $$ > {pid}; exec sleep 60", "clock": "sleep 1; exit 3"}
    )

    output, _ = running.communicate(timeout=PATIENCE)

    assert running.returncode == 1
    assert output.splitlines()[-1] == (
        "The process “clock” stopped by itself (exit code 3), so the others were "
        "stopped too. Its last words stand above."
    )
    assert has_ended(pid)


@pytest.mark.parametrize("number", (signal.SIGINT, signal.SIGTERM))
def test_run_until_stopped_ends_all_on_a_signal(number, tmp_path):
    pids = [tmp_path / "web", tmp_path / "clock"]
    running = start(
        {pid.name: f"echo $$ > {pid}; echo here; exec sleep 60" for pid in pids}
    )
    assert running.stdout is not None
    while not all(pid.exists() and pid.read_text() for pid in pids):
        running.stdout.readline()

    running.send_signal(number)
    running.communicate(timeout=PATIENCE)

    assert running.returncode == 0
    assert all(has_ended(pid) for pid in pids)
