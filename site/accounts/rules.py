from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from accounts.enums import ADMIN_ROLES, Role
from accounts.models import User

PLACES = (
    (Role.TESTER, "/visits/"),
    (Role.BOARD, "/board/"),
    (Role.MANAGER, "/partners/"),
)


def home_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """Return where a person's work is; the first role that has a place decides."""
    if not isinstance(user, User):
        return "/"
    if user.is_superuser or user.has_role(*ADMIN_ROLES):
        return "/cms/"
    return next((place for role, place in PLACES if user.has_role(role)), "/")
