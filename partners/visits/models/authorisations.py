from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area
from partners.register.models.premises import random_key
from partners.visits.models.covert import CovertModel


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def in_force(self, day: date) -> Self:
        """Return those decided by a day and not past their review."""
        return self.filter(decided_on__lte=day, review_on__gte=day)


class Authorisation(CovertModel):
    """Who allowed test visits in an area, on what grounds, until when. Only added to.

    After its review a new decision is entered as a new row.
    """

    key = models.CharField(max_length=12, unique=True, default=random_key)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    reference = models.CharField(_("authorisation reference"), max_length=60)
    decision_maker = models.CharField(
        _("decision maker"),
        max_length=120,
        help_text=_("Rank or office of the person who decided"),
    )
    decided_on = models.DateField(_("decided on"))
    legal_check = models.CharField(
        _("legal check"),
        max_length=200,
        help_text=_("By whom, when and with what outcome"),
    )
    data_protection = models.CharField(
        _("data-protection assessment"),
        max_length=60,
        help_text=_("Its version and date"),
    )
    review_on = models.DateField(
        _("review by"), help_text=_("No visit is planned for a later day")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reference="")
                & ~models.Q(decision_maker="")
                & ~models.Q(legal_check="")
                & ~models.Q(data_protection=""),
                name="authorisation_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(review_on__gte=models.F("decided_on")),
                name="authorisation_review_follows_decision",
                violation_error_message=_(
                    "The review lies before the decision. Look at both days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def covers(self, area: Area, day: date) -> bool:
        """Tell whether visits in an area on a day rest on this decision."""
        is_here = self.area_id in {area.pk, area.parent_id}
        return is_here and self.decided_on <= day <= self.review_on
