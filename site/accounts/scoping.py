"""The one choke point of what a person may see by area.

Every `visible_to(user)` of a room filters by these areas and by nothing else.
"""

from django.contrib.auth.models import AnonymousUser

from accounts.enums import (
    ADMIN_ROLES,
    CONFIRMING_ROLES,
    OFFICER_ROLES,
    TRANSLATING_ROLES,
    Role,
)
from accounts.models import User
from core.models import Area, AreaQuerySet


def areas_of(user: User | AnonymousUser, *, unread: bool = False) -> AreaQuerySet:
    """Return the areas a person works in, with the districts inside them.

    `unread` leaves it to the query that uses them: for what each screen asks.
    """
    if not isinstance(user, User) or not user.is_active:
        return Area.objects.none()
    if user.is_superuser:
        return Area.objects.all()
    if unread:
        return Area.objects.within_unread(Area.objects.filter(people=user))
    return Area.objects.within(user.areas.all())


def officers_for(area: Area, *, first: User) -> list[User]:
    """Return the officer in charge; when gone, every officer of the area."""
    officers = (
        User.objects.with_role(*OFFICER_ROLES)
        .filter(is_active=True)
        .filter(areas__in=[area.pk, area.parent_id or area.pk])
        .order_by("pk")
    )
    in_charge = [officer for officer in officers if officer.pk == first.pk]
    return in_charge or list(officers)


def is_officer(user: User | AnonymousUser) -> bool:
    return _may(user, *OFFICER_ROLES)


def is_area_lead(user: User | AnonymousUser) -> bool:
    return _may(user, Role.AREA_LEAD)


def is_safeguarding_lead(user: User | AnonymousUser) -> bool:
    return _may(user, Role.SAFEGUARDING_LEAD)


def is_tester(user: User | AnonymousUser) -> bool:
    return _may(user, Role.TESTER)


def is_board_member(user: User | AnonymousUser) -> bool:
    return _may(user, Role.BOARD, *OFFICER_ROLES)


def may_enter_admin(user: User | AnonymousUser) -> bool:
    return _may(user, *ADMIN_ROLES)


def may_confirm_words(user: User | AnonymousUser) -> bool:
    return _may(user, *CONFIRMING_ROLES)


def may_translate(user: User | AnonymousUser) -> bool:
    return _may(user, *TRANSLATING_ROLES)


def _may(user: User | AnonymousUser, *roles: Role) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and (user.is_superuser or user.has_role(*roles))
    )
