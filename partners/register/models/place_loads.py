from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from partners.register.enums import (
    OPEN_LOAD_STATES,
    BusinessType,
    LoadOrigin,
    LoadState,
    PlaceOutcome,
)
from partners.register.models.area_places import AreaPlace, PlaceSource
from partners.register.models.premises import Premises, random_key


class PlaceLoadQuerySet(models.QuerySet["PlaceLoad"]):
    def in_areas_of(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(source__area__in=areas_of(user))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_LOAD_STATES)

    def left_behind(self, since: datetime) -> Self:
        """Return those a job has to go on with, and none has since that moment."""
        return self.filter(
            state__in=[LoadState.READING, LoadState.APPLYING], worked_at__lt=since
        )


class PlaceLoad(models.Model):
    """One reading of an authority's list, from asking to applying.

    A list is read page by page for each of `business_types`; `types_read` and
    `pages_read` say how far that came, `businesses` how many the service says there are
    of the kind being read. Rows go when it is applied or discarded; the
    counts stay.
    """

    key = models.CharField(max_length=12, unique=True, default=random_key)
    source = models.ForeignKey(PlaceSource, models.PROTECT, related_name="loads")
    origin = models.CharField(max_length=10, choices=LoadOrigin)
    business_types: "models.JSONField[list[int], list[int]]" = models.JSONField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=LoadState, default=LoadState.READING
    )
    problem = models.CharField(max_length=300, blank=True)
    types_read = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    businesses = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    # How many rows of each outcome, by its value, once they were compared.
    counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(
        default=dict
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    # When a job last did something about it: one that was killed is taken up again.
    worked_at = models.DateTimeField(auto_now=True)

    objects = PlaceLoadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state__in=sorted(OPEN_LOAD_STATES)),
                name="placeload_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def counted(self) -> list[tuple[str, int]]:
        """Return how many businesses have each outcome, those with none left out."""
        numbers = ((one, self.counts.get(one, 0)) for one in PlaceOutcome)
        return [(str(one.label), number) for one, number in numbers if number]


class PlaceLoadRow(models.Model):
    """One business as read. `place` is what we know of it, once compared.

    `candidates` are the premises it may be, by id, the likeliest first; `chosen` is the
    one an officer has left in place or picked.
    """

    load = models.ForeignKey(PlaceLoad, models.CASCADE, related_name="rows")
    scheme_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    business_type = models.PositiveIntegerField(choices=BusinessType)
    street = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=10, choices=PlaceOutcome, blank=True)
    place = models.ForeignKey(AreaPlace, models.PROTECT, null=True, related_name="+")
    candidates: "models.JSONField[list[int], list[int]]" = models.JSONField(
        default=list
    )
    chosen = models.ForeignKey(Premises, models.PROTECT, null=True, related_name="+")
    is_done = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["load", "outcome", "name"], name="placerow_by_outcome")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["load", "scheme_id"], name="placerow_number_once"
            ),
            models.UniqueConstraint(
                fields=["load", "chosen"], name="placerow_premises_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return ", ".join(
            part for part in (self.street, self.town, self.postcode) if part
        )

    @property
    def has_moved(self) -> bool:
        """Say whether name or address differ from what we know."""
        return self.place is not None and any(
            getattr(self, field) != getattr(self.place, field)
            for field in ("name", "street", "town", "postcode")
        )
