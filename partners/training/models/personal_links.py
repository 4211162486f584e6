from typing import Self

from django.db import models

from partners.register.models import Premises, StaffMember


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def current(self) -> Self:
        return self.filter(replaced_at__isnull=True, ended_at__isnull=True)

    def not_ended(self) -> Self:
        """Leave out what a manager took back: nobody goes on learning by those."""
        return self.filter(ended_at__isnull=True)

    def with_person(self) -> Self:
        return self.select_related(
            "staff_member__organisation", "premises__organisation", "premises__area"
        )


class PersonalLink(models.Model):
    """A link to training that was sent to one person, who needs no slip then.

    The secret in it is kept only as a keyed HMAC. The next link replaces it; a manager
    can end it; opened on a device that others use too, it is used up.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="personal_links"
    )
    premises = models.ForeignKey(
        Premises, models.PROTECT, related_name="personal_links"
    )
    token_hmac = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_up_at = models.DateTimeField(null=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "premises"],
                condition=models.Q(replaced_at__isnull=True, ended_at__isnull=True),
                name="personallink_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="personallink_expires_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"personal link {self.pk}"
