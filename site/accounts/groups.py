from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from accounts.enums import ADMIN_ROLES, Role


def ensure_groups(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Make a group of each role after every migrate, and open the admin to some.

    Not a data migration: a flushed database must have them again. Wagtail's own
    permission is made first, because our app migrates before Wagtail's.
    """
    create_permissions(apps.get_app_config("wagtailadmin"), using=using, verbosity=0)
    enter = Permission.objects.using(using).get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for role in Role:
        group, _is_new = Group.objects.using(using).get_or_create(name=role)
        if role in ADMIN_ROLES:
            group.permissions.add(enter)
