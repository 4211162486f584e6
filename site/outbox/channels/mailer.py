"""Django's mailer: SMTP in production, memory in tests."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from outbox.channels.carrier import Handed, NotNowError, RefusedError
from outbox.models import Message


class Mailer:
    def hand_over(self, message: Message) -> Handed:
        """Send by the mailer; a permanent refusal (5xx) of the address is a bounce.

        A refusal of our own name, sender or connection is not: it is tried again.
        """
        try:
            email_of(message).send()
        except SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refusal(code, words) from error
        except SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except OSError as error:
            raise NotNowError(str(error)) from error
        except ValueError as error:
            # An address that no mail header can hold; no server was asked.
            raise RefusedError(str(error)) from error
        return Handed()


def email_of(message: Message) -> EmailMessage:
    return EmailMessage(
        message.subject,
        message.body,
        to=[message.address],
        headers={"Message-ID": message.message_id},
    )


def _refusal(code: int, words: bytes | str) -> RefusedError | NotNowError:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    reason = f"{code} {text}"
    return RefusedError(reason) if code >= 500 else NotNowError(reason)
