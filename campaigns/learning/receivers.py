"""What Wagtail tells this room. Imported by the app when it is ready."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import published

from campaigns.learning.models import Module
from campaigns.learning.services import freeze_version


@receiver(published, sender=Module)
def freeze_what_is_published(
    instance: Module, revision: Revision, **signal: Any
) -> None:
    """Freeze a version whichever way the module was published: by hand or approved."""
    freeze_version(module=instance, now=timezone.now(), actor=revision.user)
