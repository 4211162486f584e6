"""The web server, the task worker and the clock of one machine, started as one."""

import os
import shlex
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Printer

HOST = "127.0.0.1"
STOPPED_BY_SIGNAL = frozenset({130, 143})


class StoppedError(Exception):
    """A process ended by itself, and so the others were stopped."""


class FirstToStop(Printer):
    """Honcho's printer, which also keeps the name of the process that went first."""

    name = ""

    def write(self, message: Any) -> None:
        words = str(message.data).split()
        if message.name == SYSTEM_PRINTER_NAME and words[1:2] == ["stopped"]:
            self.name = self.name or words[0]
        super().write(message)


class Processes(Manager):
    """Honcho's manager, which also ends well when told to stop while it starts."""

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
            return
        # Not every child has told its number yet: ask again in a moment.
        signal.signal(signal.SIGALRM, lambda *_: self.terminate())
        signal.setitimer(signal.ITIMER_REAL, 0.2)


def port_is_free(port: int) -> bool:
    with socket.socket() as attempt:
        # As servers do: an address that a stopped server just left counts as free.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return False
        return True


def commands(port: int) -> dict[str, str]:
    """Return the shell command of each process.

    The worker and the clock wait for the first answer of the web server: three starts
    at once would keep the person at the browser waiting for all of them.
    """
    python = shlex.quote(sys.executable)
    manage = f"exec {python} {shlex.quote(str(settings.BASE_DIR / 'manage.py'))}"
    web = f"{python} -m core.waiting http://{HOST}:{port}/health/"
    base_url = shlex.quote(settings.WAGTAILADMIN_BASE_URL)
    return {
        "web": (
            f"exec {python} -m granian --interface wsgi --host {HOST} --port {port} "
            "--workers 1 --blocking-threads 4 --backpressure 64 --no-access-log "
            "--log-level warning config.wsgi:application"
        ),
        "worker": f"{web} && {manage} db_worker --no-startup-delay",
        "clock": f"{web} && echo Ready: {base_url}/ && {manage} run_due --loop 60",
    }


def run_until_stopped(shell_commands: dict[str, str]) -> None:
    """Run shell commands side by side until a signal comes or one of them ends.

    Either way all have ended on return.

    :raises StoppedError: when one ended by itself.
    """
    printer = FirstToStop(sys.stdout)
    manager = Processes(printer)
    for name, command in shell_commands.items():
        manager.add_process(name, command, env=_environment(), cwd=settings.BASE_DIR)
    manager.loop()
    if manager.returncode not in STOPPED_BY_SIGNAL:
        raise StoppedError(
            f"The process “{printer.name}” stopped by itself (exit code "
            f"{manager.returncode}), so the others were stopped too. "
            "Its last words stand above."
        )


def _environment() -> dict[str, str]:
    sources = f"{settings.BASE_DIR}:{settings.SITE_DIR}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": sources,
        # Without this, a line waits in a buffer until there are many.
        "PYTHONUNBUFFERED": "1",
        "SPOT_BASE_URL": settings.WAGTAILADMIN_BASE_URL,
    }
