"""What training knows of a person on a staff list."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.personal_data import Section
from partners.register.models import StaffMember
from partners.register.personal_copy import day_words, moment_words


def about_training(person: StaffMember) -> Iterable[Section]:
    attempts = person.attempts.select_related("version__module")
    yield Section(
        _("Tries at modules"),
        [
            {
                _("Module"): str(attempt.version.module),
                _("Begun"): moment_words(attempt.started_at),
                _("Finished"): moment_words(attempt.submitted_at),
                _("Score"): f"{attempt.score} %",
                _("Passed"): _("Yes") if attempt.is_passed else _("No"),
            }
            for attempt in attempts.order_by("submitted_at", "pk")
        ],
    )
    begun = person.progress.select_related("version__module")
    yield Section(
        _("Modules begun"),
        [
            {
                _("Module"): str(progress.version.module),
                _("Begun"): moment_words(progress.started_at),
                _("Pages read"): str(progress.lessons_read),
                _("Questions answered"): str(len(progress.answers)),
            }
            for progress in begun.order_by("started_at", "pk")
        ],
    )
    yield Section(
        _("Links to training"),
        [
            {
                _("Premises"): str(link.premises),
                _("Sent"): moment_words(link.made_at),
                _("Ends"): moment_words(link.expires_at),
            }
            for link in person.personal_links.select_related("premises").order_by("pk")
        ],
    )
    completions = person.completions.select_related("module")
    yield Section(
        _("Certificates"),
        [
            {
                _("Module"): str(completion.module),
                _("From"): day_words(completion.valid_from),
                _("Until"): day_words(completion.valid_until),
                _("Number"): completion.certificate_code,
            }
            for completion in completions.order_by("valid_from", "pk")
        ],
    )
    attendances = person.attendances.select_related(
        "session__version__module", "session__premises"
    )
    yield Section(
        _("Sessions"),
        [
            {
                _("Module"): str(row.session.version.module),
                _("Day"): day_words(row.session.day),
                _("Where"): row.session.where,
                _("On the list"): _("Yes") if row.is_present else _("No"),
                _("Recorded"): moment_words(row.at),
            }
            for row in attendances.order_by("at", "pk")
        ],
    )
    yield Section(
        _("Slips"),
        [
            {
                _("Premises"): str(slip.premises),
                _("Printed"): moment_words(slip.printed_at),
                _("Ends"): moment_words(slip.expires_at),
            }
            for slip in person.slips.select_related("premises").order_by("pk")
        ],
    )
