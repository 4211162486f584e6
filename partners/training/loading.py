from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from campaigns.learning.models import Module, ModuleVersion
from core.audit import record
from partners.training.models import Requirement, RequirementRole

WITHIN_DAYS = 30
VALID_MONTHS = 12


@transaction.atomic
def load_requirements(
    now: datetime, *, starts_on: date | None = None
) -> list[Requirement]:
    """Require each module of the roles it is written for; return what is new.

    A module that has a requirement already is left alone, whatever it says: officers
    may have changed it.
    """
    since = starts_on or timezone.localdate(now)
    modules = Module.objects.filter(requirements__isnull=True).order_by("slug")
    wanted = ((module, _roles(module)) for module in modules)
    return [_require(module, roles, since) for module, roles in wanted if roles]


def _roles(module: Module) -> list[str]:
    version = ModuleVersion.objects.current(module, "en")
    return list(version.content.get("roles", [])) if version else []


def _require(module: Module, roles: list[str], since: date) -> Requirement:
    requirement = Requirement.objects.create(
        module=module,
        within_days=WITHIN_DAYS,
        valid_months=VALID_MONTHS,
        starts_on=since,
    )
    RequirementRole.objects.bulk_create(
        RequirementRole(requirement=requirement, role=role) for role in roles
    )
    record("requirement.loaded", requirement, job="training.load_requirements")
    return requirement
