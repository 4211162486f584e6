from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import STAFF_ROLES, Role
from accounts.models import User
from accounts.scoping import areas_of, is_area_lead
from core.audit import record
from core.jobs import enqueue_on_commit
from core.models import Area
from core.signals import access_changed


class AccountsError(Exception):
    """Refuse a change to a person's access."""


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    role: Role,
    areas: Iterable[Area],
    actor: User | None,
    now: datetime,
) -> User:
    """Make an account in these areas and send its owner a link to choose a password.

    Without an actor it is the first area lead of a new installation. Audited.
    :raises AccountsError: for a role or area that is not the actor's to give, or an
        address that has an account already.
    """
    areas = list(areas)
    if actor is not None:
        _refuse_beyond_the_lead(actor, role, areas)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountsError(_("There is already an account with this address."))
    user = User.objects.create_user(email, name=name)
    user.areas.set(areas)
    give_role(user=user, role=role)
    # Whoever opens the link in the invitation has shown that the address is theirs.
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    record("person.invited", user, actor=actor, role=role)
    enqueue_on_commit(
        "outbox.tasks.send_invitation", user_id=user.pk, at=now.isoformat()
    )
    return user


def give_role(*, user: User, role: Role) -> None:
    """Put a person into the group of a role."""
    group, _is_new = Group.objects.get_or_create(name=role)
    user.groups.add(group)
    user.__dict__.pop("roles", None)


@transaction.atomic
def invite_again(*, user: User, actor: User, now: datetime) -> None:
    """Send another link to somebody who never chose a password."""
    _refuse_strangers(actor, user)
    if user.has_usable_password():
        raise AccountsError(_("This person has signed in before. No link was sent."))
    record("person.invited_again", user, actor=actor)
    enqueue_on_commit(
        "outbox.tasks.send_invitation", user_id=user.pk, at=now.isoformat()
    )


@transaction.atomic
def deactivate_person(*, user: User, actor: User) -> None:
    """Close an account at once: no new sign-in, and no open one goes on."""
    _refuse_strangers(actor, user)
    if user == actor:
        raise AccountsError(_("You cannot close your own account."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    record("person.deactivated", user, actor=actor)
    access_changed.send(sender=User, user=user)


@transaction.atomic
def reactivate_person(*, user: User, actor: User) -> None:
    """Open a closed account again."""
    _refuse_strangers(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("person.reactivated", user, actor=actor)
    access_changed.send(sender=User, user=user)


@transaction.atomic
def reset_second_factor(*, user: User, actor: User) -> None:
    """Take away a lost second factor; the person sets up a new one at sign-in."""
    _refuse_strangers(actor, user)
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    record("person.second_factor_reset", user, actor=actor)


def _end_sessions(user: User) -> None:
    open_sessions = Session.objects.iterator()
    own = [
        session.pk
        for session in open_sessions
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()


def _refuse_beyond_the_lead(actor: User, role: Role, areas: list[Area]) -> None:
    if not is_area_lead(actor):
        raise AccountsError(_("Only an area lead can do this."))
    if role not in STAFF_ROLES:
        raise AccountsError(_("An area lead cannot give this role."))
    if not areas or set(areas) - set(areas_of(actor)):
        raise AccountsError(_("Choose among your own areas."))


def _refuse_strangers(actor: User, user: User) -> None:
    """Refuse people who are not colleagues of the lead's own areas."""
    if not is_area_lead(actor):
        raise AccountsError(_("Only an area lead can do this."))
    if not User.objects.managed_by_lead(actor).filter(pk=user.pk).exists():
        raise AccountsError(_("This person does not work in your areas."))
