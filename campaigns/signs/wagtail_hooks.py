from wagtail import hooks

from campaigns.signs.viewsets import SignViewSet


@hooks.register("register_admin_viewset")
def register_signs() -> SignViewSet:
    return SignViewSet()
