from django.conf import settings
from django.db import models


class DigestWish(models.Model):
    """Whether a manager wants the weekly summary; without a row it is sent.

    It is asked for summaries only: alarms, tasks and links go whatever it says.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_wish"
    )
    is_wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.is_wanted}"
