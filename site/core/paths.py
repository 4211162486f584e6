from django.conf import settings


def is_private(path: str) -> bool:
    """Say whether a path belongs to people who sign in; everything else is public."""
    return path.startswith(tuple(settings.PRIVATE_PREFIXES))


def is_wagtail_admin(path: str) -> bool:
    return path.startswith("/cms/")
