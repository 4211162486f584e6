from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from outbox.services import add_message


class OutboxAccountAdapter(DefaultAccountAdapter):
    """Send allauth's own mail through the outbox, and let nobody sign up alone."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        user = context.get("user")
        add_message(
            dedupe_key=f"account:{get_random_string(32)}",
            template=template_prefix.rpartition("/")[2],
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            body=render_to_string(f"{template_prefix}_message.txt", context),
            recipient=user if isinstance(user, User) else None,
            address=email,
            is_secret=True,
            now=timezone.now(),
        )
