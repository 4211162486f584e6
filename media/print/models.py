from typing import Any, Self

from django.conf import settings
from django.db import models

from core.shortcodes import new_code
from partners.register.models import Organisation, Premises

PACK_CODE_LENGTH = 12


def new_pack_code() -> str:
    return new_code(PACK_CODE_LENGTH)


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    def of_controller(self, premises: Premises) -> Self:
        """Return those of these premises that their owner of today had issued."""
        return self.filter(premises=premises, organisation=premises.organisation_id)


class EvidencePack(models.Model):
    """What premises showed of themselves on a day: the figures as issued, for good.

    Only ever added to, so that the check can say what was claimed. `figures` is in the
    shape that `evidence.gather` gives, without names and without small groups.
    """

    code = models.CharField(
        max_length=PACK_CODE_LENGTH, unique=True, default=new_pack_code
    )
    premises = models.ForeignKey(
        Premises, models.PROTECT, related_name="evidence_packs"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day = models.DateField()
    figures: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["premises", "-issued_at"], name="evidence_newest"),
        ]

    def __str__(self) -> str:
        return self.code
