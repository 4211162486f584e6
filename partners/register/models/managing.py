"""Who looks after what: links, their reach, and the alarm when nobody is left."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserQuerySet
from accounts.scoping import areas_of, is_officer
from outbox.enums import GONE_STATES, UNDELIVERED_STATES
from outbox.models import Message
from partners.register.enums import AlarmCause, LinkEnd, Reach
from partners.register.models.organisations import Organisation, Region

if TYPE_CHECKING:
    from partners.register.models.premises import Premises


def reaches(
    premises: "int | OuterRef",
    region: "int | OuterRef | None",
    organisation: "int | OuterRef",
) -> Q:
    """Return the condition under which a link covers one premises."""
    covers = Q(premises=premises) | Q(organisation=organisation)
    # Premises without a region must not meet the links that have none.
    return covers if region is None else covers | Q(region=region)


class ManagerLinkQuerySet(models.QuerySet["ManagerLink"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def active(self) -> Self:
        """Return the open links of people who can still sign in."""
        return self.open().filter(user__is_active=True)

    def of_premises(self, premises: "Premises") -> Self:
        """Return all links, ended ones too, that cover these premises."""
        return self.filter(
            reaches(premises.pk, premises.region_id, premises.organisation_id)
        )

    def reaching(self, premises: "Premises") -> Self:
        """Return the open links that cover these premises, by whichever reach."""
        return self.open().of_premises(premises)

    def over(self, whole: "Premises | Region | Organisation") -> Self:
        """Return the open links that cover the whole of something."""
        if isinstance(whole, Organisation):
            return self.open().filter(organisation=whole)
        if isinstance(whole, Region):
            covers = Q(region=whole) | Q(organisation=whole.organisation_id)
            return self.open().filter(covers)
        return self.reaching(whole)

    def reachable(self) -> Self:
        """Leave out people to whom the last message that was tried did not arrive."""
        tried = Message.objects.filter(
            recipient=OuterRef("user"), state__in=UNDELIVERED_STATES | GONE_STATES
        )
        last = tried.order_by("-queued_at", "-pk").values("state")[:1]
        # Somebody who was never written to has no state, which is no failure.
        state = Coalesce(Subquery(last), Value(""))
        return self.annotate(last_state=state).exclude(
            last_state__in=UNDELIVERED_STATES
        )

    def people(self) -> UserQuerySet:
        people: UserQuerySet = User.objects.all()
        return people.filter(pk__in=self.values("user"))


class ManagerLink(models.Model):
    """One person looking after premises, a region or all of a chain, for a time.

    Never deleted: who could see what, when, and who gave it is kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="manager_links"
    )
    premises = models.ForeignKey(
        "register.Premises", models.PROTECT, null=True, related_name="manager_links"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="manager_links"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="manager_links"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Whose place this person takes: that link ends when this person first signs in.
    hands_over = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="handed_to"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.CharField(max_length=12, choices=LinkEnd, blank=True)

    objects = ManagerLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    premises__isnull=False,
                    region__isnull=True,
                    organisation__isnull=True,
                )
                | Q(
                    premises__isnull=True,
                    region__isnull=False,
                    organisation__isnull=True,
                )
                | Q(
                    premises__isnull=True,
                    region__isnull=True,
                    organisation__isnull=False,
                ),
                name="managerlink_one_reach",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", whole],
                    condition=Q(ended_at__isnull=True),
                    name=name,
                )
                for whole, name in (
                    ("premises", "managerlink_one_open"),
                    ("region", "managerlink_one_open_region"),
                    ("organisation", "managerlink_one_open_chain"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} over {self.reach} {self.whole_id}"

    @property
    def reach(self) -> Reach:
        if self.organisation_id:
            return Reach.ORGANISATION
        return Reach.REGION if self.region_id else Reach.PREMISES

    @property
    def whole_id(self) -> int | None:
        return self.organisation_id or self.region_id or self.premises_id

    @property
    def whole(self) -> "Premises | Region | Organisation":
        """Return what the link covers; select the three relations beforehand."""
        whole = self.organisation or self.region or self.premises
        assert whole is not None  # noqa: S101 -- the database holds that one is set
        return whole

    @property
    def has_signed_in(self) -> bool:
        """Say whether the person has ever chosen a password."""
        return self.user.has_usable_password()


class ManagerAlarmQuerySet(models.QuerySet["ManagerAlarm"]):
    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(premises__area__in=areas_of(user))

    def for_premises(self, pks: Iterable[int]) -> Self:
        return self.filter(premises__in=list(pks))


class ManagerAlarm(models.Model):
    """Nobody can be reached about premises, from a moment until somebody can again.

    One row is one event: officers are told once for each, however often we look.
    """

    premises = models.ForeignKey(
        "register.Premises", models.PROTECT, related_name="manager_alarms"
    )
    cause = models.CharField(_("cause"), max_length=10, choices=AlarmCause)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = ManagerAlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "cause"],
                condition=Q(settled_at__isnull=True),
                name="manageralarm_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.premises_id}"
