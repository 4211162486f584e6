import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from outbox.clock import start_due_jobs


class Command(BaseCommand):
    help = "Start every job whose time has come. Run it each minute, or with --loop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop",
            type=float,
            metavar="SECONDS",
            help="stay, and look again after so many seconds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            started = start_due_jobs(now=timezone.now())
            if options["verbosity"] > 1:
                self.stdout.write(f"started {', '.join(started) or 'nothing'}")
            if not options["loop"]:
                return
            time.sleep(options["loop"])
