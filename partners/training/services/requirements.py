from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core.audit import record
from partners.training.models import Requirement, RequirementRole


@transaction.atomic
def save_requirement(
    *, requirement: Requirement, roles: Iterable[str], actor: User
) -> Requirement:
    """Keep a requirement as an officer has written it, with the roles it is for."""
    is_new = requirement.pk is None
    requirement.save()
    wanted = sorted(roles)
    requirement.required_roles.exclude(role__in=wanted).delete()
    RequirementRole.objects.bulk_create(
        (RequirementRole(requirement=requirement, role=role) for role in wanted),
        ignore_conflicts=True,
    )
    record(
        "requirement.added" if is_new else "requirement.changed",
        requirement,
        actor=actor,
        module=requirement.module_id,
        area=requirement.area_id,
        roles=wanted,
        within_days=requirement.within_days,
        valid_months=requirement.valid_months,
        starts_on=str(requirement.starts_on),
        ends_on=str(requirement.ends_on or ""),
    )
    return requirement
