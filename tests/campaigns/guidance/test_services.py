import pytest
from wagtail.models import GroupCollectionPermission, Page, Site

from accounts.enums import ADMIN_ROLES, PUBLISHING_ROLES, TRANSLATING_ROLES, Role
from campaigns.guidance.services import PermissionsError, grant_permissions
from core.models import AuditEvent
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["area-lead", "editor", "officer", "safeguarding-lead"]
ROOMS = {"guidance", "routes", "signs"}


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_grant_permissions_opens_words_and_no_other_room(role):
    grant_permissions()

    held = UserFactory.create(roles=[role]).get_all_permissions()

    ours = {name for name in held if name.partition(".")[0] in ROOMS}
    assert ours == {
        f"{room}.{action}_{model}"
        for room, model in (
            ("guidance", "campaign"),
            ("guidance", "guardedphrase"),
            ("guidance", "searchsynonym"),
            ("routes", "route"),
            ("routes", "routefact"),
            ("routes", "routewording"),
            ("routes", "servedplace"),
            ("signs", "sign"),
            ("signs", "signwording"),
        )
        for action in ("add", "change", "view")
    }
    modules = {"add", "change", "view", "lock", "unlock"}
    if role in PUBLISHING_ROLES:
        modules.add("publish")
    assert held - ours == {
        "wagtailadmin.access_admin",
        *(f"learning.{action}_module" for action in modules),
        *(("wagtail_localize.submit_translation",) * (role in TRANSLATING_ROLES)),
    }


@pytest.mark.parametrize(
    ("role", "may", "publishes"),
    (
        (Role.EDITOR, True, False),
        (Role.OFFICER, True, False),
        (Role.AREA_LEAD, True, True),
        (Role.SAFEGUARDING_LEAD, True, True),
        (Role.MANAGER, False, False),
        (Role.TESTER, False, False),
        (Role.BOARD, False, False),
    ),
)
def test_grant_permissions_lets_some_write_and_some_publish(role, may, publishes):
    grant_permissions()
    user = UserFactory.create(roles=[role])

    rights = Page.get_first_root_node().permissions_for_user(user)

    assert rights.can_add_subpage() == may
    assert rights.can_publish_subpage() == publishes
    assert GroupCollectionPermission.objects.filter(group__name=role).count() == 6 * may


def test_grant_permissions_is_audited_once():
    assert grant_permissions() == ROLES
    assert grant_permissions() == []

    event = AuditEvent.objects.get(verb="permissions.granted")
    assert event.facts == {"roles": ROLES}
    assert AuditEvent.objects.filter(verb="workflow.laid_out").count() == 1


def test_grant_permissions_needs_pages():
    Site.objects.all().delete()
    Page.objects.all().delete()

    with pytest.raises(PermissionsError, match="Load the pages first"):
        grant_permissions()
