from wagtail import hooks
from wagtail.permissions import register_permission_policy

from campaigns.signs.models import Sign, UseFlag
from campaigns.signs.viewsets import (
    SignPolicy,
    SignViewSet,
    UseFlagPolicy,
    UseFlagViewSet,
)

register_permission_policy(Sign, SignPolicy(Sign))
register_permission_policy(UseFlag, UseFlagPolicy(UseFlag))


@hooks.register("register_admin_viewset")
def register_signs() -> SignViewSet:
    return SignViewSet()


@hooks.register("register_admin_viewset")
def register_use_flags() -> UseFlagViewSet:
    return UseFlagViewSet()
