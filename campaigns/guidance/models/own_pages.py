"""Which pages a person of some areas sees in the admin, and works on.

Guidance is everybody's. The page of a campaign, in every language, is of the people of
its areas until it is public; then everybody sees it, and they alone still change it.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from campaigns.guidance.models.campaigns import Campaign, CampaignQuerySet

NO_CAMPAIGN = Q(campaignpage__isnull=True)
REMEMBERED = "_own_campaign_keys"


def seen_by(user: User | AnonymousUser) -> Q:
    """Match the pages that a person may know of now."""
    if user.is_superuser:
        return Q()
    public = Q(live=True) & _of(Campaign.objects.opened(timezone.now()))
    return worked_on_by(user) | public


def worked_on_by(user: User | AnonymousUser) -> Q:
    """Match the pages that are of a person's own areas, or of no campaign."""
    if user.is_superuser:
        return Q()
    return NO_CAMPAIGN | _of(Campaign.objects.visible_to(user, unread=True))


def _of(campaigns: CampaignQuerySet) -> Q:
    with_page = campaigns.filter(page__isnull=False)
    return Q(translation_key__in=with_page.values("page__translation_key"))


def may_work_on(user: User | AnonymousUser, page: Model) -> bool:
    """Say the same of one page, without a query for each; modules are everybody's."""
    if not isinstance(page, Page):
        return True
    tester = page.permissions_for_user(user)
    return bool(getattr(tester, "is_of_own_areas", True))


class CampaignPageTester(PagePermissionTester):
    """Wagtail's answers about one page, and none of them yes for other areas."""

    def __init__(self, user: User | AnonymousUser, page: Page) -> None:
        super().__init__(user, page)
        self.is_of_own_areas = user.is_superuser or (
            page.translation_key in _own_campaign_keys(user)
        )
        if not self.is_of_own_areas:
            self.permissions: set[str] = set()

    # Wagtail also asks the task that a page waits for, which knows of groups only.
    def can_edit(self) -> bool:
        return self.is_of_own_areas and bool(super().can_edit())

    def can_lock(self) -> bool:
        return self.is_of_own_areas and bool(super().can_lock())

    def can_unlock(self) -> bool:
        return self.is_of_own_areas and bool(super().can_unlock())


def _own_campaign_keys(user: User | AnonymousUser) -> frozenset[UUID]:
    """Return the translation keys of the pages of a person's campaigns.

    Kept on the person, who lives as long as a request, as Wagtail keeps its own
    permissions: a list of pages asks for each of its rows.
    """
    # Not `vars`: the person of a request is wrapped, and each attribute goes through.
    keys: frozenset[UUID] | None = getattr(user, REMEMBERED, None)
    if keys is None:
        own = Campaign.objects.visible_to(user, unread=True)
        pages = own.filter(page__isnull=False)
        keys = frozenset(pages.values_list("page__translation_key", flat=True))
        setattr(user, REMEMBERED, keys)
    return keys


class OwnPagesPolicy(PagePermissionPolicy):
    """What every list of pages in the admin asks: Wagtail's rights, then our areas."""

    def user_has_any_permission_for_instance(
        self, user: User, actions: Any, instance: Page
    ) -> bool:
        return may_work_on(user, instance) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def instances_user_has_any_permission_for(
        self, user: User, actions: Any
    ) -> "QuerySet[Page]":
        pages = super().instances_user_has_any_permission_for(user, actions)
        own: QuerySet[Page] = pages.filter(worked_on_by(user))
        return own

    def explorable_instances(self, user: User) -> "QuerySet[Page]":
        """Return what lists show, which is more than what a person may change."""
        pages = PagePermissionPolicy(self.model).explorable_instances(user)
        seen: QuerySet[Page] = pages.filter(seen_by(user))
        return seen
