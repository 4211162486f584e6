from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from accounts.enums import ADMIN_ROLES
from campaigns.guidance.models import Campaign, GuardedPhrase, SearchSynonym
from campaigns.routes.models import Route, RouteFact, RouteWording, ServedPlace
from campaigns.signs.models import Sign, SignWording
from core.audit import record
from core.models import Installation


class PermissionsError(Exception):
    """Rights that cannot be given, in words for the person who asked."""


# Adding and changing, never deleting: pages, modules and posters refer to these.
EDITED_MODELS = (
    Campaign,
    GuardedPhrase,
    Route,
    RouteFact,
    RouteWording,
    SearchSynonym,
    ServedPlace,
    Sign,
    SignWording,
)
PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock")
FILE_ACTIONS = ("add", "change", "choose")


@transaction.atomic
def grant_permissions() -> list[str]:
    """Let editors, officers and area leads change and publish what the public reads.

    Pages, pictures, documents, routes, signs and campaigns, and no other room. Every
    run leaves the same rights. Returns the roles whose rights were not yet complete.

    :raises PermissionsError: when there are no pages to give rights to.
    """
    page = Page.get_first_root_node()
    if page is None:
        raise PermissionsError(_("Load the pages first: there is no root page."))
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    changed = []
    for role in sorted(ADMIN_ROLES):
        group, _is_new = Group.objects.get_or_create(name=role)
        granted = [
            _grant_models(group),
            _grant_pages(group, page),
            _grant_files(group, collection),
        ]
        if any(granted):
            changed.append(str(role))
    if changed:
        record("permissions.granted", Installation(pk=1), job=__name__, roles=changed)
    return changed


def _grant_models(group: Group) -> int:
    wanted = _permissions(EDITED_MODELS, ("add", "change", "view"))
    missing = wanted.exclude(group=group)
    count = len(missing)
    group.permissions.add(*missing)
    return count


def _grant_pages(group: Group, page: Page) -> int:
    permissions = _permissions([Page], PAGE_ACTIONS)
    return sum(
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=permission
        )[1]
        for permission in permissions
    )


def _grant_files(group: Group, collection: Collection) -> int:
    # Wagtail asks for the rights of its own models, whichever models are in use.
    permissions = _permissions([Image, Document], FILE_ACTIONS)
    return sum(
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )[1]
        for permission in permissions
    )


def _permissions(
    models: Iterable[type[Model]], actions: Iterable[str]
) -> QuerySet[Permission]:
    """Return the permissions to do these things with these models."""
    wanted = Q()
    for model in models:
        for action in actions:
            wanted |= Q(
                content_type__app_label=model._meta.app_label,
                codename=f"{action}_{model._meta.model_name}",
            )
    return Permission.objects.filter(wanted)
