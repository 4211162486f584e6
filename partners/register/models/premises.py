from collections.abc import Collection
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area, AreaQuerySet
from partners.register.enums import PremisesKind, PremisesState
from partners.register.rules import Place, is_likely_duplicate, outward


def random_key() -> str:
    """Draw the part of an address that nobody can guess or count on from."""
    return get_random_string(12, "abcdefghjkmnpqrstuvwxyz23456789")


class Organisation(models.Model):
    """Who runs one or more premises and is the controller of its staff list."""

    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class PremisesQuerySet(models.QuerySet["Premises"]):
    def active(self) -> Self:
        return self.filter(state=PremisesState.ACTIVE)

    def in_areas_of(self, user: User | AnonymousUser) -> Self:
        """Return what an officer may see: the premises of the officer's areas."""
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def managed_by(self, user: User | AnonymousUser) -> Self:
        """Return the premises a manager looks after today."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        links = ManagerLink.objects.filter(user=user, ended_at__isnull=True)
        return self.filter(pk__in=links.values("premises"))

    def with_in_post(self, day: date) -> Self:
        """Add `in_post`: how many people work there on a day, each counted once."""
        open_then = models.Q(spells__ended_on__isnull=True) | models.Q(
            spells__ended_on__gte=day
        )
        return self.annotate(
            in_post=models.Count(
                "spells__staff_member",
                filter=open_then
                & models.Q(spells__started_on__lte=day, spells__voided_at__isnull=True),
                distinct=True,
            )
        )

    def joined_between(self, first: date, last: date) -> Self:
        return self.filter(joined_on__range=(first, last))

    def matching(self, words: str) -> Self:
        """Return those with these words in name, organisation, town or postcode."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(organisation__name__icontains=words)
            | models.Q(town__icontains=words)
            | models.Q(postcode__icontains=words)
        )

    def similar_to(self, place: Place) -> "list[Premises]":
        """List what may be the same place; only one postcode district is compared."""
        district = self.filter(postcode__istartswith=outward(place.postcode))
        neighbours = district.select_related("organisation").order_by("name", "pk")
        return [one for one in neighbours if is_likely_duplicate(place, one.place)]


class Premises(models.Model):
    """One place that takes part: a hotel, a taxi office, a takeaway."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="premises"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="premises")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=PremisesKind)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100)
    postcode = models.CharField(_("postcode"), max_length=10)
    state = models.CharField(
        max_length=10, choices=PremisesState, default=PremisesState.ACTIVE
    )
    has_night_desk = models.BooleanField(_("has a night desk"), default=False)
    # Where staff type themselves in for training; printed on every slip.
    staff_code = models.CharField(max_length=8, unique=True)
    joined_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        verbose_name = _("premises")
        verbose_name_plural = _("premises")
        indexes = [models.Index(fields=["area", "state"], name="premises_by_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("joined_on")),
                name="premises_closed_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(self.name, self.street, self.postcode)

    @property
    def address(self) -> str:
        return ", ".join(
            part for part in (self.street, self.town, self.postcode) if part
        )


class ManagerLinkQuerySet(models.QuerySet["ManagerLink"]):
    def to_write_to(self, areas: AreaQuerySet, kinds: Collection[str]) -> Self:
        """Return who manages active premises of these kinds; no kind means all."""
        links = self.filter(
            ended_at__isnull=True,
            user__is_active=True,
            premises__state=PremisesState.ACTIVE,
            premises__area__in=areas,
        )
        return links.filter(premises__kind__in=kinds) if kinds else links


class ManagerLink(models.Model):
    """One person looking after one premises, from a moment to a moment."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="manager_links"
    )
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="manager_links")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ManagerLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "premises"],
                condition=models.Q(ended_at__isnull=True),
                name="managerlink_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.premises_id}"
