"""Messages as files, for looking and for trying: nothing leaves the machine."""

from pathlib import Path

from django.conf import settings

from outbox.channels.carrier import Handed, NotNowError
from outbox.channels.mailer import email_of
from outbox.enums import Channel
from outbox.models import Message


class Files:
    def hand_over(self, message: Message) -> Handed:
        """Write an .eml, for a text message a .txt; a second try is the same file."""
        folder: Path = settings.MESSAGE_FILES
        name = f"{message.queued_at:%Y-%m-%d-%H%M%S}-{message.pk}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if message.channel == Channel.SMS:
                text = f"To: {message.address}\n\n{message.body}"
                (folder / f"{name}.txt").write_text(text)
            else:
                mail = email_of(message).message().as_bytes()
                (folder / f"{name}.eml").write_bytes(mail)
        except OSError as error:
            raise NotNowError(str(error)) from error
        return Handed()
