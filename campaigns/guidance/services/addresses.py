from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from wagtail.models import Page


def admin_address(name: str, *arguments: object) -> str:
    """Return the whole address of a page of the admin, for a message."""
    path: str = reverse(name, args=arguments)
    return settings.WAGTAILADMIN_BASE_URL + path


def edit_path(subject: Model) -> str:
    """Return where in the admin a page, or a module, is edited."""
    name = "wagtailadmin_pages:edit" if isinstance(subject, Page) else "modules:edit"
    return reverse(name, args=[subject.pk])
