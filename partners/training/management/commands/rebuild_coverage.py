from datetime import date
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.training.models import CoverageCorrection
from partners.training.services import differences, kept_days, rebuild_coverage

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Count the kept days of coverage anew and put them in place of what is kept. "
        "With --compare nothing is changed: it says what differs and fails if "
        "something does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compare", action="store_true")
        for name, which in (("--from", "first"), ("--to", "last")):
            parser.add_argument(
                name,
                dest=which,
                type=date.fromisoformat,
                metavar="YYYY-MM-DD",
                help=f"the {which} day; without it, the {which} that is kept",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = kept_days()
        if kept is None:
            self.stdout.write("No day is kept yet.")
            return
        # Days before the first one would make a gap, days after the last are not over.
        first = max(options["first"] or kept[0], kept[0])
        last = min(options["last"] or kept[1], kept[1])
        if first > last:
            raise CommandError(f"Kept are the days from {kept[0]} to {kept[1]}.")
        if options["compare"]:
            self._compare(first, last)
            return
        rebuild_coverage(first=first, last=last)
        self.stdout.write(f"Counted anew: {first} to {last}.")

    def _compare(self, first: date, last: date) -> None:
        if waiting := CoverageCorrection.objects.count():
            self.stdout.write(
                f"{waiting} corrections wait for the next run and differ until then."
            )
        found = differences(first=first, last=last)
        shown = list(islice(found, SHOWN))
        for one in shown:
            self.stdout.write(
                f"{one.day} {one.level} {one.subject_id}: kept {one.kept}, "
                f"counted {one.counted}"
            )
        number = len(shown) + sum(1 for _ in found)
        if number:
            raise CommandError(f"{number} rows differ between {first} and {last}.")
        self.stdout.write(f"Kept is what is counted: {first} to {last}.")
