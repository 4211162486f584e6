"""What other rooms tell this one. Connected by the app when it is ready."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from core.signals import access_changed
from partners.register import services


@receiver(user_logged_in)
def take_over(user: User, **kwargs: Any) -> None:
    services.finish_hand_overs(user=user, now=timezone.now())


@receiver(access_changed)
def look_at_premises_of(user: User, **kwargs: Any) -> None:
    services.look_at_premises_of(user=user, now=timezone.now())
