from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.models import Area
from partners.register import services
from partners.register.models import Organisation


class Command(BaseCommand):
    help = (
        "List which leavers' names are removed and when; changes nothing unless told. "
        "--months with --area or --organisation sets how long names are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=int)
        parser.add_argument("--area", help="its short name in addresses")
        parser.add_argument("--organisation", type=int, help="its number")
        parser.add_argument("--remove-now", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["months"] is not None:
            self._set(options)
        now = timezone.now()
        if options["remove_now"]:
            self.stdout.write(f"{services.anonymise_leavers(now=now)} names removed.")
        for leaver in services.leavers(today=timezone.localdate(now)):
            # By key: a name has no business in the output of a machine.
            self.stdout.write(
                f"{leaver.forgotten_on} {leaver.person.key} left {leaver.left_on}"
            )

    def _set(self, options: dict[str, Any]) -> None:
        area = Area.objects.filter(slug=options["area"]).first()
        found = Organisation.objects.filter(pk=options["organisation"]).first()
        if (area is None) == (found is None):
            raise CommandError("Name one area or one organisation that is known.")
        try:
            services.set_retention(
                area=area, organisation=found, months=options["months"]
            )
        except services.RegisterError as refusal:
            raise CommandError(str(refusal)) from refusal
