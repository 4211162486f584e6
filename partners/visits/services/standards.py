from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_area_lead
from core.audit import record
from core.models import Area
from partners.visits.enums import Step
from partners.visits.models import AreaStandard
from partners.visits.services.gates import VisitError


@transaction.atomic
def set_standard(*, area: Area, steps: Collection[Step], actor: User) -> None:
    """Say which steps an area asks for. Released results keep the one they had.

    :raises VisitError: when nothing is asked for, or the person does not lead here.
    """
    if not is_area_lead(actor) or not areas_of(actor).filter(pk=area.pk).exists():
        raise VisitError(_("Only the area lead sets what the area asks for."))
    if not steps:
        raise VisitError(_("Choose at least one step."))
    AreaStandard.objects.filter(area=area).exclude(step__in=steps).delete()
    AreaStandard.objects.bulk_create(
        (AreaStandard(area=area, step=step) for step in sorted(set(steps))),
        ignore_conflicts=True,
    )
    record("area.standard_set", area, actor=actor, steps=sorted(set(steps)))
