from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import processes, starting


class Command(BaseCommand):
    help = "Start web server, task worker and clock on this machine; Ctrl-C stops them."
    # The web server makes the same checks a moment later.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not processes.port_is_free(port):
            raise CommandError(f"Port {port} is in use. Try: make run PORT={port + 1}")
        try:
            starting.prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped before the start.") from None
        self.stdout.write(starting.guide(settings.WAGTAILADMIN_BASE_URL))
        self.stdout.flush()
        try:
            processes.run_until_stopped(processes.commands(port))
        except processes.StoppedError as error:
            raise CommandError(str(error)) from error
