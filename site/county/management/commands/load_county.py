from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.languages import OTHER_LANGUAGES
from county.demonstration import CountyError, CountyThereError, load_county


class Command(BaseCommand):
    help = "Make an invented county to look around in: people, training, visits, tasks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--premises", type=int, default=40, metavar="NUMBER")
        parser.add_argument("--seed", type=int, default=1, metavar="NUMBER")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the last day the county has lived through",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["premises"] < 1:
            raise CommandError("A county needs at least one premises.")
        try:
            loaded = load_county(
                premises=options["premises"],
                seed=options["seed"],
                today=options["today"] or timezone.localdate(),
                folder=settings.VAR_DIR,
                languages=OTHER_LANGUAGES,
            )
        except CountyThereError as error:
            self.stdout.write(str(error))
            return
        except CountyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"An invented county is ready: {loaded.premises} premises, "
            f"{loaded.people} people who work or worked there."
        )
