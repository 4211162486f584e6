from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from county.accounts import current_code


class Command(BaseCommand):
    help = "Show the code that a demonstration account is asked for at this moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "role", help="officer, area-lead, editor, safeguarding-lead or tester"
        )

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            self.stdout.write(current_code(role, folder=settings.VAR_DIR))
        except KeyError:
            raise CommandError(
                f"No demonstration account in the role “{role}” is asked for a code."
            ) from None
