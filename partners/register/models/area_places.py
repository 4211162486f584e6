"""The businesses of an area as open data tells them: what sign-up is measured against.

They do not take part and nobody signs in for them. One that does take part points at
its premises.
"""

import re
from typing import NamedTuple, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area
from partners.register.enums import (
    KINDS_OF_BUSINESS,
    BusinessType,
    NotCounted,
    PlaceState,
    PremisesKind,
    PremisesState,
)
from partners.register.models.premises import Premises
from partners.register.rules import Place

GUEST_HOUSE = re.compile(r"\b(b ?(&|and) ?b|bed (&|and) breakfast|guest ?house)\b")


class PlaceSourceQuerySet(models.QuerySet["PlaceSource"]):
    def in_areas_of(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))


class PlaceSource(models.Model):
    """The list of one local authority, and the area its businesses belong to.

    `authority_code` stands in the list and in the name of its file; the service asks
    for `authority_number`, which it tells us itself.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="place_sources")
    authority_code = models.CharField(_("code of the authority"), max_length=10)
    authority_name = models.CharField(_("authority"), max_length=120)
    authority_number = models.PositiveIntegerField(null=True, blank=True)
    last_loaded_at = models.DateTimeField(null=True, blank=True)
    last_loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = PlaceSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of an authority")
        verbose_name_plural = _("lists of authorities")
        constraints = [
            models.UniqueConstraint(
                fields=["authority_code"], name="placesource_authority_once"
            ),
        ]

    def __str__(self) -> str:
        return self.authority_name


class SignUp(NamedTuple):
    """How many businesses of one kind an area has, and how many of them take part."""

    area_id: int
    area_name: str
    business_type: int
    places: int
    taking_part: int

    @property
    def kind(self) -> str:
        return str(BusinessType(self.business_type).label)

    @property
    def percent(self) -> int:
        return round(100 * self.taking_part / self.places) if self.places else 0


class AreaPlaceQuerySet(models.QuerySet["AreaPlace"]):
    def in_areas_of(self, user: User | AnonymousUser) -> Self:
        """Return what an officer may see: the businesses of the officer's areas."""
        if not is_officer(user):
            return self.none()
        return self.filter(source__area__in=areas_of(user))

    def counted(self) -> Self:
        """Return the denominator: what is listed and was not set aside."""
        return self.filter(gone_on__isnull=True, not_counted="")

    def with_state(self) -> Self:
        """Add `state`: the first of these sentences that is true of the business."""
        sentences = [
            (models.Q(gone_on__isnull=False), PlaceState.GONE),
            (~models.Q(not_counted=""), PlaceState.NOT_COUNTED),
            (models.Q(premises__state=PremisesState.ACTIVE), PlaceState.TAKING_PART),
            (models.Q(premises__isnull=False), PlaceState.LEFT),
            (models.Q(declined_on__isnull=False), PlaceState.SAID_NO),
            (models.Q(invited_on__isnull=False), PlaceState.INVITED),
        ]
        return self.annotate(
            state=models.Case(
                *(models.When(true, models.Value(one)) for true, one in sentences),
                default=models.Value(PlaceState.NOT_INVITED),
                output_field=models.CharField(),
            )
        )

    def matching(self, words: str) -> Self:
        """Return those with these words in name or address."""
        fields = ("name", "street", "town", "postcode")
        is_found = models.Q()
        for field in fields:
            is_found |= models.Q((f"{field}__icontains", words))
        return self.filter(is_found) if words else self

    def in_state(self, state: PlaceState) -> Self:
        return self.with_state().filter(state=state)

    def unanswered(self) -> Self:
        """Return who was invited and has not answered."""
        return self.in_state(PlaceState.INVITED)

    def sign_up(self) -> list[SignUp]:
        """Count, by area and kind, the businesses and those that take part today.

        The definition of sign-up: of the counted businesses, those whose premises are
        active. Premises that stand in no list are in neither number.
        """
        is_active = models.Q(premises__state=PremisesState.ACTIVE)
        rows = (
            self.counted()
            .values_list("source__area_id", "source__area__name", "business_type")
            .annotate(places=models.Count("pk"))
            .annotate(taking_part=models.Count("pk", filter=is_active))
            .order_by("source__area__name", "source__area_id", "business_type")
        )
        return [SignUp(*row) for row in rows]


class AreaPlace(models.Model):
    """One business of an area, by its number in the food hygiene scheme.

    We keep where it is and nothing of its hygiene. `told_apart` are premises that an
    officer has said are other places, so that nobody is asked twice.
    """

    scheme_id = models.PositiveBigIntegerField(_("number in the scheme"), unique=True)
    source = models.ForeignKey(PlaceSource, models.PROTECT, related_name="places")
    name = models.CharField(_("name"), max_length=200)
    business_type = models.PositiveIntegerField(_("kind"), choices=BusinessType)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    district = models.CharField(_("postcode district"), max_length=5, blank=True)
    premises = models.OneToOneField(
        Premises, models.PROTECT, null=True, blank=True, related_name="area_place"
    )
    told_apart = models.ManyToManyField(Premises, related_name="+")
    not_counted = models.CharField(max_length=10, choices=NotCounted, blank=True)
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    declined_on = models.DateField(_("said no on"), null=True, blank=True)
    gone_on = models.DateField(_("no longer listed since"), null=True, blank=True)

    objects = AreaPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("business in the area")
        verbose_name_plural = _("businesses in the area")
        indexes = [
            models.Index(fields=["source", "business_type"], name="areaplace_by_kind"),
            models.Index(fields=["district"], name="areaplace_by_district"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(self.name, self.street, self.postcode)

    @property
    def likely_kind(self) -> PremisesKind:
        """Return what it would be called here: its name tells a hotel from a B&B."""
        if self.business_type != BusinessType.LODGING:
            (kind,) = KINDS_OF_BUSINESS[self.business_type]
            return kind
        is_guest_house = GUEST_HOUSE.search(self.name.casefold())
        return PremisesKind.BED_AND_BREAKFAST if is_guest_house else PremisesKind.HOTEL

    @property
    def address(self) -> str:
        return ", ".join(
            part for part in (self.street, self.town, self.postcode) if part
        )
