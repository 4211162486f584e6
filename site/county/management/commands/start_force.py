from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.languages import OTHER_LANGUAGES
from core.models import Installation
from county.services import StartError, start_force


class Command(BaseCommand):
    help = "Begin an empty installation for a force and invite its first area lead."

    def add_arguments(self, parser: CommandParser) -> None:
        defaults = Installation()
        parser.add_argument("--name", required=True, help="the name of the force")
        parser.add_argument("--short-name", help="what the header says")
        parser.add_argument("--brand", default=defaults.brand, metavar="#RRGGBB")
        parser.add_argument("--accent", default=defaults.accent, metavar="#RRGGBB")
        parser.add_argument(
            "--contact",
            default="",
            metavar="ADDRESS",
            help="for questions about the site; stands at the foot of each page",
        )
        parser.add_argument("--logo", type=Path, help="a PNG or JPEG file")
        parser.add_argument(
            "--area",
            action="append",
            default=[],
            metavar="NAME",
            help="a district of the force; give it once for each",
        )
        parser.add_argument("--lead-email", required=True, metavar="ADDRESS")
        parser.add_argument("--lead-name", required=True, metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logo"] is None:
            self._start(options, logo=None)
            return
        try:
            with options["logo"].open("rb") as opened:
                self._start(options, logo=File(opened, name=options["logo"].name))
        except OSError as error:
            raise CommandError(f"The logo cannot be read: {error}") from error

    def _start(self, options: dict[str, Any], *, logo: File[Any] | None) -> None:
        installation = Installation(
            name=options["name"],
            short_name=options["short_name"] or options["name"],
            brand=options["brand"].lower(),
            accent=options["accent"].lower(),
            contact=options["contact"],
        )
        try:
            lead = start_force(
                installation=installation,
                logo=logo,
                district_names=options["area"],
                lead_email=options["lead_email"],
                lead_name=options["lead_name"],
                base_url=settings.WAGTAILADMIN_BASE_URL,
                now=timezone.now(),
                languages=OTHER_LANGUAGES,
            )
        except StartError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{installation.name} is ready at {settings.WAGTAILADMIN_BASE_URL}/. "
            f"The worker will send {lead.email} a link to choose a password."
        )
