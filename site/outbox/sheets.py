"""The ledger as a spreadsheet: never the words of a message."""

import csv
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from core.exports import neutral
from outbox.kinds import kind_title
from outbox.models import Message, MessageQuerySet

ROWS_AT_ONCE = 500


class _Echo:
    """A file that gives back what is written to it, for csv to write to."""

    def write(self, line: str) -> str:
        return line


def lines_of(messages: MessageQuerySet) -> Iterator[str]:
    """Write a heading and one line for each message, as they are read."""
    writer = csv.writer(_Echo())
    # Without the mark a spreadsheet takes the letters of other languages for noise.
    yield "\ufeff" + writer.writerow(_headings())
    for message in messages.iterator(chunk_size=ROWS_AT_ONCE):
        yield writer.writerow(neutral(cell) for cell in _cells(message))


def _headings() -> list[str]:
    return [
        _("Written"),
        _("Sent"),
        _("Outcome known"),
        _("Channel"),
        _("Kind"),
        _("Subject"),
        _("To"),
        _("State"),
        _("Reason"),
        _("Tries"),
    ]


def _cells(message: Message) -> list[str]:
    times = (message.queued_at, message.sent_at, message.settled_at)
    return [
        *(f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "" for at in times),
        str(message.get_channel_display()),
        kind_title(message.template),
        message.subject,
        message.address,
        str(message.get_state_display()),
        message.failure,
        str(message.attempts),
    ]
