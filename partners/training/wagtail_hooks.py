from wagtail import hooks
from wagtail.permissions import register_permission_policy

from partners.training.models import Requirement
from partners.training.viewsets import RequirementPolicy, RequirementViewSet

register_permission_policy(Requirement, RequirementPolicy(Requirement))


@hooks.register("register_admin_viewset")
def register_requirements() -> RequirementViewSet:
    return RequirementViewSet()
