from typing import Self

from django.db import models

from partners.register.models import Premises, StaffMember


class SlipQuerySet(models.QuerySet["Slip"]):
    def current(self) -> Self:
        return self.filter(replaced_at__isnull=True)

    def with_person(self) -> Self:
        return self.select_related(
            "staff_member__organisation", "premises__organisation", "premises__area"
        )


class Slip(models.Model):
    """A printed slip: personal code and PIN with which a person signs in to learn.

    The PIN is drawn when the slip is printed and kept only as a keyed HMAC. A reprint
    replaces the slip; five wrong PINs lock it until the manager prints another.
    """

    staff_member = models.ForeignKey(StaffMember, models.PROTECT, related_name="slips")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="slips")
    code = models.CharField(max_length=6)
    pin_hmac = models.CharField(max_length=64)
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "code"], name="slip_code_once_per_premises"
            ),
            models.UniqueConstraint(
                fields=["staff_member", "premises"],
                condition=models.Q(replaced_at__isnull=True),
                name="slip_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"slip {self.pk}"
