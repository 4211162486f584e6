from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the organisations that run something in an officer's areas."""
        if not is_officer(user):
            return self.none()
        return self.filter(premises__area__in=areas_of(user)).distinct()


class Organisation(models.Model):
    """Who runs one or more premises and is the controller of its staff list."""

    name = models.CharField(_("name"), max_length=200)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the regions of organisations an officer has to do with."""
        seen = Organisation.objects.visible_to(user)
        return self.filter(organisation__in=seen.values("pk"))


class Region(models.Model):
    """A part of a chain, as the chain divides itself: “North”, “City houses”."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="regions"
    )
    name = models.CharField(_("name"), max_length=100)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="region_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
