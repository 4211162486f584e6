from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
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
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from accounts.enums import ADMIN_ROLES, PUBLISHING_ROLES, TRANSLATING_ROLES, Role
from campaigns.guidance.models import (
    Campaign,
    GuardedPhrase,
    HomePage,
    SafeguardingTask,
    SearchSynonym,
)
from campaigns.learning.models import Module
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
    Module,
    Route,
    RouteFact,
    RouteWording,
    SearchSynonym,
    ServedPlace,
    Sign,
    SignWording,
)
PAGE_ACTIONS = ("add", "change", "lock", "unlock")
# Names of rows, which an administrator may rename; not shown to the public.
WORKFLOW = "Publish"
TASK = "Safeguarding review"
FILE_ACTIONS = ("add", "change", "choose")


@transaction.atomic
def grant_permissions() -> list[str]:
    """Let editors and officers change, and leads publish, what the public reads.

    Pages, pictures, documents, routes, signs, modules and campaigns, and no other room.
    Whoever may not publish hands in for approval. Every run leaves the same rights.
    Returns the roles whose rights were not yet so.

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
            _grant_modules(group, publishes=role in PUBLISHING_ROLES),
            _grant_pages(group, page, publishes=role in PUBLISHING_ROLES),
            _grant_files(group, collection),
            _grant_translating(group, translates=role in TRANSLATING_ROLES),
        ]
        if any(granted):
            changed.append(str(role))
    _lay_out_workflow()
    if changed:
        record("permissions.granted", Installation(pk=1), job=__name__, roles=changed)
    return changed


def _grant_models(group: Group) -> int:
    wanted = _permissions(EDITED_MODELS, ("add", "change", "view"))
    missing = wanted.exclude(group=group)
    count = len(missing)
    group.permissions.add(*missing)
    return count


def _grant_modules(group: Group, *, publishes: bool) -> int:
    """Let this role lock modules against other editors, and publish them or not."""
    publish = _permissions([Module], ["publish"])
    wanted = _permissions([Module], ["lock", "unlock"])
    missing = (wanted | publish if publishes else wanted).exclude(group=group)
    taken = publish.filter(group=group) if not publishes else publish.none()
    count = len(missing) + len(taken)
    group.permissions.add(*missing)
    group.permissions.remove(*taken)
    return count


def _grant_pages(group: Group, page: Page, *, publishes: bool) -> int:
    publish = _permissions([Page], ["publish"])
    permissions = _permissions([Page], PAGE_ACTIONS)
    given: int = sum(
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=permission
        )[1]
        for permission in (permissions | publish if publishes else permissions)
    )
    if publishes:
        return given
    taken: int
    taken, _by_model = GroupPagePermission.objects.filter(
        group=group, permission__in=publish
    ).delete()
    return given + taken


def _lay_out_workflow() -> None:
    """Have what is handed in be approved by a safeguarding lead, then published."""
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    task = SafeguardingTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None:
        task = SafeguardingTask.objects.create(name=TASK)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    task.groups.add(Group.objects.get(name=Role.SAFEGUARDING_LEAD))
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Module),
        defaults={"workflow": workflow},
    )
    for home in HomePage.objects.filter(workflowpage__isnull=True):
        attach_workflow(home=home)
    if is_new:
        record("workflow.laid_out", Installation(pk=1), job=__name__)


def attach_workflow(*, home: HomePage) -> None:
    """Have the pages of one home, which may be of a new language, be approved too.

    Before `grant_permissions` has run there is nothing to attach: it attaches all.
    """
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow:
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _grant_files(group: Group, collection: Collection) -> int:
    # Wagtail asks for the rights of its own models, whichever models are in use.
    permissions = _permissions([Image, Document], FILE_ACTIONS)
    return sum(
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )[1]
        for permission in permissions
    )


def _grant_translating(group: Group, *, translates: bool) -> bool:
    submit = Permission.objects.get(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    if translates == group.permissions.filter(pk=submit.pk).exists():
        return False
    if translates:
        group.permissions.add(submit)
    else:
        group.permissions.remove(submit)
    return True


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
