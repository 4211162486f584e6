from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area
from partners.register.enums import DECIDED_JOIN_STATES, JoinState, PremisesKind
from partners.register.models.premises import Premises, random_key
from partners.register.rules import Place, is_likely_duplicate, near_postcode


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def undecided(self) -> Self:
        return self.exclude(state__in=DECIDED_JOIN_STATES)

    def similar_to(self, request: "JoinRequest") -> "list[JoinRequest]":
        """List other requests that may be for the same place."""
        others = self.exclude(pk=request.pk).filter(near_postcode(request.postcode))
        return [
            other
            for other in others.order_by("asked_at", "pk")
            if is_likely_duplicate(request.place, other.place)
        ]


class JoinRequest(models.Model):
    """A business that asks to take part, until an officer has decided."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    premises_name = models.CharField(_("name of the premises"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=PremisesKind)
    street = models.CharField(_("street"), max_length=200)
    town = models.CharField(_("town"), max_length=100)
    postcode = models.CharField(_("postcode"), max_length=10)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    organisation_name = models.CharField(_("who runs it"), max_length=200, blank=True)
    contact_name = models.CharField(_("your name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_role = models.CharField(_("what you do there"), max_length=100, blank=True)
    second_name = models.CharField(max_length=150, blank=True)
    second_role = models.CharField(max_length=100, blank=True)
    second_email = models.EmailField(blank=True)
    second_phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(
        max_length=12, choices=JoinState, default=JoinState.UNCONFIRMED
    )
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # When the link to confirm the address was sent: its time counts from here.
    link_sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decline_reason = models.CharField(max_length=500, blank=True)
    premises = models.ForeignKey(
        Premises, models.PROTECT, null=True, related_name="join_requests"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=JoinState.APPROVED)
                | models.Q(premises__isnull=False),
                name="joinrequest_approved_has_premises",
            ),
        ]

    def __str__(self) -> str:
        return self.premises_name

    @property
    def place(self) -> Place:
        return Place(self.premises_name, self.street, self.postcode)

    @property
    def address(self) -> str:
        return f"{self.street}, {self.town}, {self.postcode}"


class SpentChallenge(models.Model):
    """A proof of work that was used; kept until it would have run out anyway."""

    nonce = models.CharField(max_length=16, unique=True)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce
