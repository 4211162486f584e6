from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area
from partners.register.enums import PremisesKind, PremisesState, Reach
from partners.register.models.managing import (
    ManagerAlarm,
    ManagerLink,
    ManagerLinkQuerySet,
    reaches,
)
from partners.register.models.organisations import Organisation, Region
from partners.register.rules import Place, is_likely_duplicate, near_postcode

_OVER_OUTER_PREMISES = reaches(
    models.OuterRef("pk"), models.OuterRef("region"), models.OuterRef("organisation")
)


def random_key() -> str:
    """Draw the part of an address that nobody can guess or count on from."""
    return get_random_string(12, "abcdefghjkmnpqrstuvwxyz23456789")


class PremisesQuerySet(models.QuerySet["Premises"]):
    def active(self) -> Self:
        return self.filter(state=PremisesState.ACTIVE)

    def in_areas_of(self, user: User | AnonymousUser) -> Self:
        """Return what an officer may see: the premises of the officer's areas."""
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def managed_by(self, user: User | AnonymousUser) -> Self:
        """Return the premises a manager looks after today, by whichever reach."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        links = ManagerLink.objects.open().filter(user=user)
        return self.filter(
            models.Q(pk__in=links.values("premises"))
            | models.Q(region__in=links.values("region"))
            | models.Q(organisation__in=links.values("organisation"))
        )

    def covered_by(self, whole: "Premises | Region | Organisation") -> Self:
        """Return what a link over the whole of something covers today."""
        if isinstance(whole, Organisation):
            return self.filter(organisation=whole)
        if isinstance(whole, Region):
            return self.filter(region=whole)
        return self.filter(pk=whole.pk)

    def with_links(self, links: ManagerLinkQuerySet) -> Self:
        """Return those that one of these links covers."""
        return self.filter(models.Exists(links.filter(_OVER_OUTER_PREMISES)))

    def without_links(self, links: ManagerLinkQuerySet) -> Self:
        """Return those that none of these links covers."""
        return self.filter(~models.Exists(links.filter(_OVER_OUTER_PREMISES)))

    def that_lost_their_managers(self) -> Self:
        """Return those that had a manager once and have nobody now."""
        had = self.with_links(ManagerLink.objects.all())
        return had.without_links(ManagerLink.objects.active())

    def whose_managers_get_no_mail(self) -> Self:
        """Return those that have managers, none of whom messages reach."""
        looked_after = self.with_links(ManagerLink.objects.active())
        return looked_after.without_links(ManagerLink.objects.active().reachable())

    def with_open_alarm(self) -> Self:
        """Return those about which nobody can be reached any more."""
        alarms = ManagerAlarm.objects.open()
        return self.filter(pk__in=alarms.values("premises"))

    def with_is_managed(self) -> Self:
        """Add `is_managed`: whether somebody who can sign in looks after them."""
        links = ManagerLink.objects.active().filter(_OVER_OUTER_PREMISES)
        return self.annotate(is_managed=models.Exists(links))

    def with_contact_count(self) -> Self:
        """Add `contact_count`: how many people can be asked there."""
        here = Premises.objects.filter(pk=models.OuterRef("pk"))
        counted = here.annotate(number=models.Count("contacts")).values("number")
        return self.annotate(contact_count=models.Subquery(counted))

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

    def by_region(self) -> Self:
        """Order as a chain thinks: by organisation, region and name; closed ones last.

        Premises without a region stand after those that have one.
        """
        return self.order_by(
            "organisation__name",
            "organisation",
            models.F("region__name").asc(nulls_last=True),
            "state",
            "name",
            "pk",
        )

    def matching(self, words: str) -> Self:
        """Return those with these words in name, organisation, town or postcode."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(organisation__name__icontains=words)
            | models.Q(town__icontains=words)
            | models.Q(postcode__icontains=words)
        )

    def similar_to(self, place: Place) -> "list[Premises]":
        """List what may be the same place, of the same postcode or one near it."""
        near = self.filter(near_postcode(place.postcode))
        neighbours = near.select_related("organisation").order_by("name", "pk")
        return [one for one in neighbours if is_likely_duplicate(place, one.place)]


class Premises(models.Model):
    """One place that takes part: a hotel, a taxi office, a takeaway."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="premises"
    )
    # A region of the same organisation: services see to it, and clear it on a sale.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="premises"
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
    # The rest of the profile is asked of the manager; None and empty are "not said".
    accepts_walk_ins = models.BooleanField(_("takes guests who walk in"), null=True)
    room_count = models.PositiveSmallIntegerField(
        _("number of rooms"), null=True, blank=True
    )
    shifts: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("shifts worked"), default=list, blank=True
    )
    staff_languages: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("languages of staff"), default=list, blank=True
    )
    other_languages = models.CharField(_("other languages"), max_length=200, blank=True)
    profile_checked_at = models.DateTimeField(null=True, blank=True)
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

    def not_before_sale(self, moment: str) -> models.Expression:
        """Return the condition that a time is after the premises last changed hands.

        What was told and read in for the owner before is no business of this one.
        """
        sold = self.ownerships.filter(recorded_at__gte=models.OuterRef(moment))
        return ~models.Exists(sold)

    def reaches(self) -> list[tuple[Reach, int | None]]:
        """Return what a link may be over to cover these premises."""
        own = [
            (Reach.PREMISES, self.pk),
            (Reach.REGION, self.region_id),
            (Reach.ORGANISATION, self.organisation_id),
        ]
        return [(reach, pk) for reach, pk in own if pk is not None]
