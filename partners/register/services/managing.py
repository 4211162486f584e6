"""Who looks after premises: inviting, ending, handing over."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.scoping import is_officer
from accounts.services import give_role
from core.audit import record
from core.models import Area
from outbox.invitations import password_link
from outbox.services import queue_message
from partners.register.enums import LinkEnd, Reach
from partners.register.models import ManagerLink, Organisation, Premises, Region
from partners.register.services.alarms import look_for_managers
from partners.register.services.errors import RegisterError

type Whole = Premises | Region | Organisation


def user_can_manage_whole(user: User, whole: Whole) -> bool:
    """Say whether a person may give and end access to the whole of something.

    A manager may for what the manager's own link covers. An officer may when every
    one of the premises lies in the officer's areas: a chain reaches into others.
    """
    if ManagerLink.objects.over(whole).filter(user=user, user__is_active=True).exists():
        return True
    if not is_officer(user):
        return False
    covered = Premises.objects.covered_by(whole)
    seen = covered.in_areas_of(user)
    return seen.exists() and not covered.exclude(pk__in=seen.values("pk")).exists()


@transaction.atomic
def invite_manager(
    *, whole: Whole, email: str, name: str, actor: User, now: datetime
) -> ManagerLink:
    """Let a person look after premises, a region or all of a chain, and tell them.

    Somebody new gets a link to choose a password with; the answer to whoever invites
    is the same for somebody who has an account already.

    :raises RegisterError: when it is not the actor's to give, the person does it
        already, or the account was closed.
    """
    _require_own(actor, whole)
    person, is_new = person_of(email=email, name=name, actor=actor)
    if ManagerLink.objects.over(whole).filter(user=person).exists():
        raise RegisterError(
            _("%(email)s looks after this already.") % {"email": person.email}
        )
    link = start_link(person, whole, actor=actor, now=now)
    _tell_invited(link, actor=actor, now=now, is_new=is_new)
    look_for_managers(premises=Premises.objects.covered_by(whole), now=now)
    return link


@transaction.atomic
def invite_manager_again(*, link: ManagerLink, actor: User, now: datetime) -> None:
    """Send another link to somebody who has not chosen a password; once a day.

    :raises RegisterError: when it is not the actor's to give, it has ended, or the
        person has signed in or was written to today.
    """
    link = _lock_open(link)
    _require_own(actor, link.whole)
    if link.has_signed_in:
        raise RegisterError(_("This person has signed in before. No link was sent."))
    day = timezone.localdate(now).isoformat()
    key = f"manager-invited:{link.pk}:{day}"
    if not _tell_invited(link, actor=actor, now=now, is_new=True, key=key):
        raise RegisterError(_("A new link was sent today already."))
    record("managerlink.invited_again", link, actor=actor)


@transaction.atomic
def end_link(*, link: ManagerLink, actor: User, now: datetime) -> ManagerLink:
    """Take a person's access away from this moment on; the row stays as history.

    Officers are told when nobody is left. A person may always give up what is theirs.

    :raises RegisterError: when it has ended, or is not the actor's to end.
    """
    link = _lock_open(link)
    if link.user_id == actor.pk:
        reason = LinkEnd.BY_SELF
    else:
        _require_own(actor, link.whole)
        reason = LinkEnd.BY_OFFICER if is_officer(actor) else LinkEnd.BY_MANAGER
    close_link(link, actor=actor, reason=reason, now=now)
    look_for_managers(premises=Premises.objects.covered_by(link.whole), now=now)
    return link


@transaction.atomic
def hand_over(
    *, link: ManagerLink, email: str, name: str, actor: User, now: datetime
) -> ManagerLink:
    """Put another person in a manager's place; never is there nobody in between.

    The first one's access ends at once when the other can sign in already, else when
    the other first does.

    :raises RegisterError: when it has ended, is not the actor's, or the other person
        does it already or was deactivated.
    """
    link = _lock_open(link)
    if link.user_id != actor.pk:
        _require_own(actor, link.whole)
    person, is_new = person_of(email=email, name=name, actor=actor)
    if ManagerLink.objects.over(link.whole).filter(user=person).exists():
        raise RegisterError(
            _("%(email)s looks after this already.") % {"email": person.email}
        )
    successor = start_link(person, link.whole, actor=actor, now=now, hands_over=link)
    _tell_invited(successor, actor=actor, now=now, is_new=is_new)
    if person.has_usable_password():
        close_link(link, actor=actor, reason=LinkEnd.HANDED_OVER, now=now)
    return successor


@transaction.atomic
def finish_hand_overs(*, user: User, now: datetime) -> int:
    """End the links a person was to take over, now that they have signed in."""
    taken = ManagerLink.objects.open().filter(
        handed_to__user=user, handed_to__ended_at__isnull=True
    )
    # A joined row cannot be locked on PostgreSQL while duplicates are taken out.
    open_links = ManagerLink.objects.select_for_update().filter(
        pk__in=list(taken.values_list("pk", flat=True)), ended_at__isnull=True
    )
    links = list(open_links.order_by("pk"))
    for link in links:
        close_link(link, actor=user, reason=LinkEnd.HANDED_OVER, now=now)
    return len(links)


def person_of(*, email: str, name: str, actor: User) -> tuple[User, bool]:
    """Return the person behind an address as a manager, and whether they are new.

    :raises RegisterError: when the account was closed.
    """
    email = email.strip().lower()
    person = User.objects.filter(email__iexact=email).first()
    if person is not None and not person.is_active:
        raise RegisterError(
            _("The person with this address was deactivated and cannot be a manager.")
        )
    is_new = person is None
    if person is None:
        person = User.objects.create_user(email, name=" ".join(name.split()))
        # Whoever opens the link in the message has shown that the address is theirs.
        EmailAddress.objects.create(
            user=person, email=person.email, verified=True, primary=True
        )
        record("person.created", person, actor=actor)
    give_role(user=person, role=Role.MANAGER)
    return person, is_new


def start_link(
    person: User,
    whole: Whole,
    *,
    actor: User,
    now: datetime,
    hands_over: ManagerLink | None = None,
) -> ManagerLink:
    """Open a link, in the caller's transaction; one that is open stays as it is."""
    field = _field(whole)
    link, is_new = ManagerLink.objects.get_or_create(
        user=person,
        **{field: whole},
        ended_at__isnull=True,
        defaults={"started_at": now, "started_by": actor, "hands_over": hands_over},
    )
    if is_new:
        record("managerlink.started", link, actor=actor, reach=field, whole=whole.pk)
    return link


def close_link(
    link: ManagerLink, *, actor: User, reason: LinkEnd, now: datetime
) -> None:
    """Close an open link, in the caller's transaction."""
    link.ended_at = now
    link.ended_by = actor
    link.end_reason = reason
    link.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record("managerlink.ended", link, actor=actor, reason=reason)


def area_of(whole: Whole) -> Area | None:
    """Return the area whose officers may read what is written about something."""
    first = Premises.objects.covered_by(whole).select_related("area")
    premises = first.order_by("area", "pk").first()
    return premises.area if premises else None


def _field(whole: Whole) -> Reach:
    if isinstance(whole, Organisation):
        return Reach.ORGANISATION
    return Reach.REGION if isinstance(whole, Region) else Reach.PREMISES


def _lock_open(link: ManagerLink) -> ManagerLink:
    locked = ManagerLink.objects.select_for_update(of=("self",)).select_related(
        "user", "premises", "region", "organisation"
    )
    link = locked.get(pk=link.pk)
    if link.ended_at is not None:
        raise RegisterError(_("This has ended already."))
    return link


def _require_own(actor: User, whole: Whole) -> None:
    if user_can_manage_whole(actor, whole):
        return
    if is_officer(actor):
        raise RegisterError(
            _(
                "Some of these premises are in areas of other officers. Choose single "
                "premises, or ask your area lead."
            )
        )
    raise RegisterError(_("Only somebody who looks after all of this can do that."))


def _tell_invited(
    link: ManagerLink,
    *,
    actor: User,
    now: datetime,
    is_new: bool,
    key: str = "",
) -> bool:
    person, is_new = link.user, is_new or not link.has_signed_in
    home = settings.WAGTAILADMIN_BASE_URL + reverse("portal:premises-list")
    message = queue_message(
        dedupe_key=key or f"manager-invited:{link.pk}",
        template="manager_invited",
        context={
            "person": person,
            "by": actor.name,
            "whole": link.whole,
            "reach": link.reach,
            "is_new": is_new,
            "link": password_link(person) if is_new else home,
        },
        recipient=person,
        area=area_of(link.whole),
        is_secret=is_new,
        now=now,
    )
    return message is not None
