from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.scoping import may_enter_admin
from core.paths import is_private, is_wagtail_admin

# Where a person without a second factor can still go: to set one up, or to leave.
OPEN_PREFIX = "/accounts/"


class SecondFactorMiddleware:
    """Send those who can do harm with a password alone to set up a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_private(request.path) and not request.path.startswith(OPEN_PREFIX):
            user = request.user
            if (
                isinstance(user, User)
                and user.needs_second_factor
                and not is_mfa_enabled(user)
            ):
                return redirect("mfa_activate_totp")
        return self.get_response(request)


class AdminDoorMiddleware:
    """Refuse the admin to people who are signed in but have no work there.

    Wagtail would send them to sign in, and the sign-in page, finding them signed in,
    straight back: a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            is_wagtail_admin(request.path)
            and request.user.is_authenticated
            and not may_enter_admin(request.user)
        ):
            raise PermissionDenied
        return self.get_response(request)
