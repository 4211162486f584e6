from wagtail import hooks
from wagtail.permissions import register_permission_policy

from campaigns.learning.models import Module
from campaigns.learning.viewsets import ModuleViewSet, ReadOnlyPolicy

register_permission_policy(Module, ReadOnlyPolicy(Module))


@hooks.register("register_admin_viewset")
def register_modules() -> ModuleViewSet:
    return ModuleViewSet()
