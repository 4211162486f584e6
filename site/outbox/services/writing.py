from datetime import datetime
from typing import Any

from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.translation import override

from accounts.models import User
from core.jobs import enqueue_on_commit
from core.languages import spoken
from core.models import Area
from outbox.enums import Channel
from outbox.invitations import password_link
from outbox.models import Message

# Where the words of each channel lie in the templates.
FOLDERS = {Channel.EMAIL: "emails", Channel.SMS: "sms"}


def queue_message(  # noqa: PLR0913 -- one fact of the message each
    *,
    dedupe_key: str,
    template: str,
    context: dict[str, Any],
    now: datetime,
    area: Area | None,
    recipient: User | None = None,
    address: str = "",
    is_secret: bool = False,
    language: str = "",
    channel: Channel = Channel.EMAIL,
    about: str = "",
    reader: str = "",
) -> Message | None:
    """Write one message to the outbox from `emails/<template>.txt`, or `sms/…`.

    Its first line is the subject, which a text message does not send. Officers of
    `area` may read it; a secret one holds a private link or a name, is never shown and
    is blanked once sent. Returns None when the key was known: the person has been, or
    will be, told. Without `language` it is the recipient's; one that nobody has
    confirmed is not spoken, but English.
    """
    wished = language or (recipient.language if recipient else "en")
    with override(spoken(wished)):
        text = render_to_string(f"{FOLDERS[channel]}/{template}.txt", context).strip()
    subject, _, body = text.partition("\n")
    return add_message(
        dedupe_key=dedupe_key,
        template=template,
        subject=subject,
        body=body,
        recipient=recipient,
        address=address,
        area=area,
        is_secret=is_secret,
        channel=channel,
        about=about,
        reader=reader,
        now=now,
    )


def queue_invitation(*, user: User, at: datetime, now: datetime) -> Message | None:
    """Send a new colleague the link to choose a password; `at` is when it was asked."""
    return queue_message(
        dedupe_key=f"invitation:{user.pk}:{at.isoformat()}",
        template="invitation",
        context={"person": user, "link": password_link(user)},
        recipient=user,
        area=user.areas.order_by("pk").first(),
        is_secret=True,
        now=now,
    )


@transaction.atomic
def add_message(  # noqa: PLR0913 -- one field of the row each
    *,
    dedupe_key: str,
    template: str,
    subject: str,
    body: str,
    recipient: User | None,
    address: str,
    is_secret: bool,
    now: datetime,
    area: Area | None = None,
    channel: Channel = Channel.EMAIL,
    about: str = "",
    reader: str = "",
) -> Message | None:
    """Write a message whose words are ready; a key that is known is left alone."""
    message, is_new = Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "recipient": recipient,
            "address": address or (recipient.email if recipient else ""),
            "area": area,
            "channel": channel,
            "about": about,
            "reader": reader,
            "template": template,
            "subject": " ".join(subject.split())[:200],
            "body": body.strip() + "\n",
            "is_secret": is_secret,
            "message_id": f"<{get_random_string(24)}@{DNS_NAME}>",
            "queued_at": now,
            "next_try_at": now,
        },
    )
    if not is_new:
        return None
    enqueue_on_commit("outbox.tasks.deliver_message", message_id=message.pk)
    return message
