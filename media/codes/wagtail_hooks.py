from wagtail import hooks
from wagtail.permissions import register_permission_policy

from media.codes.models import Code
from media.codes.viewsets import CodeViewSet, OfficersLookPolicy

register_permission_policy(Code, OfficersLookPolicy(Code))


@hooks.register("register_admin_viewset")
def register_codes() -> CodeViewSet:
    return CodeViewSet()
