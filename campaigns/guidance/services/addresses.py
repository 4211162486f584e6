from django.conf import settings
from django.urls import reverse


def admin_address(name: str, *arguments: object) -> str:
    """Return the whole address of a page of the admin, for a message."""
    path: str = reverse(name, args=arguments)
    return settings.WAGTAILADMIN_BASE_URL + path
