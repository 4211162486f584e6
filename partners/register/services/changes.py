"""Premises close, open again and change hands; what was is kept."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.register.enums import LinkEnd, PlaceChangeKind, PremisesState
from partners.register.models import (
    ManagerLink,
    Organisation,
    Ownership,
    PlaceChange,
    Premises,
)
from partners.register.services.alarms import look_for_managers
from partners.register.services.errors import RegisterError
from partners.register.services.managing import close_link, start_link
from partners.register.services.opening import new_organisation, require_officer
from partners.register.services.posts import continue_posts, end_posts

# Later news is entered as it was; further back, figures have gone to the board.
LATE_BY = timedelta(days=31)


@transaction.atomic
def close_premises(
    *,
    premises: Premises,
    last_day: date,
    keeps_people: bool,
    note: str,
    actor: User,
    now: datetime,
) -> Premises:
    """Close premises from a day on; with `keeps_people` their posts go on meanwhile.

    Managers of these premises alone lose access, slips stop working; printed codes go
    on helping, and follow-ups stay as they are.

    :raises RegisterError: when they are closed, the day cannot be, or it is not the
        officer's area.
    """
    premises = _lock(premises, actor)
    if premises.state == PremisesState.CLOSED:
        raise RegisterError(_("These premises are closed already."))
    _require_day(last_day, premises.joined_on, now=now)
    if not keeps_people:
        end_posts(
            premises,
            last_day=last_day,
            reason=_("The premises closed before the first day."),
            job="close_premises",
            now=now,
        )
    premises.state = PremisesState.CLOSED
    premises.closed_on = last_day
    premises.save(update_fields=["state", "closed_on"])
    _note(
        premises,
        PlaceChangeKind.CLOSED,
        day=last_day,
        has_people=keeps_people,
        note=note,
        actor=actor,
        now=now,
    )
    _end_links(premises, actor=actor, reason=LinkEnd.CLOSED, now=now)
    return premises


@transaction.atomic
def reopen_premises(
    *,
    premises: Premises,
    first_day: date,
    restores_managers: bool,
    actor: User,
    now: datetime,
) -> Premises:
    """Open closed premises again, with or without the managers they had.

    :raises RegisterError: when they are open, the day cannot be, or it is not the
        officer's area.
    """
    premises = _lock(premises, actor)
    if premises.state == PremisesState.ACTIVE or premises.closed_on is None:
        raise RegisterError(_("These premises are open."))
    _require_day(first_day, premises.closed_on, now=now)
    premises.state = PremisesState.ACTIVE
    premises.closed_on = None
    premises.save(update_fields=["state", "closed_on"])
    kept = premises.spells.open_on_or_after(first_day).exists()
    _note(
        premises,
        PlaceChangeKind.REOPENED,
        day=first_day,
        has_people=kept,
        note="",
        actor=actor,
        now=now,
    )
    if restores_managers:
        _restore_links(premises, actor=actor, now=now)
    look_for_managers(premises=Premises.objects.covered_by(premises), now=now)
    return premises


@transaction.atomic
def change_owner(
    *,
    premises: Premises,
    organisation: Organisation | None,
    organisation_name: str,
    first_day: date,
    hands_people_on: bool,
    actor: User,
    now: datetime,
) -> Premises:
    """Move premises to another organisation from a day on.

    The organisation is the controller of its staff list. Every post with the one
    before ends on the day before; only when that one agreed to hand its list on do
    people begin with the new one. Managers and contacts of the one before go.

    :raises RegisterError: when it is the same organisation, the day cannot be, the
        premises are closed, or it is not the officer's area.
    """
    premises = _lock(premises, actor)
    if premises.state == PremisesState.CLOSED:
        raise RegisterError(_("These premises are closed already."))
    since = _since(premises, actor, now)
    _require_day(first_day, since + timedelta(days=1), now=now)
    if organisation is None:
        organisation = new_organisation(organisation_name or premises.name, actor)
    if organisation.pk == premises.organisation_id:
        raise RegisterError(_("These premises belong to that organisation already."))
    going_on = end_posts(
        premises,
        last_day=first_day - timedelta(days=1),
        reason=_("The premises changed hands before the first day."),
        job="change_owner",
        now=now,
    )
    _end_links(premises, actor=actor, reason=LinkEnd.OTHER_OWNER, now=now)
    premises.contacts.all().delete()
    premises.organisation = organisation
    premises.region = None
    premises.save(update_fields=["organisation", "region"])
    if hands_people_on:
        continue_posts(
            going_on, organisation, first_day=first_day, job="change_owner", now=now
        )
    Ownership.objects.create(
        premises=premises,
        organisation=organisation,
        from_on=first_day,
        has_people=hands_people_on,
        recorded_at=now,
        recorded_by=actor,
    )
    record("premises.changed_hands", premises, actor=actor, to=organisation.pk)
    look_for_managers(premises=Premises.objects.covered_by(premises), now=now)
    return premises


def _since(premises: Premises, actor: User, now: datetime) -> date:
    """Return since when it has its owner; the first change begins the history."""
    latest = premises.ownerships.order_by("-from_on").first()
    if latest is not None:
        return latest.from_on
    Ownership.objects.create(
        premises=premises,
        organisation=premises.organisation,
        from_on=premises.joined_on,
        recorded_at=now,
        recorded_by=actor,
    )
    return premises.joined_on


def _lock(premises: Premises, actor: User) -> Premises:
    locked = Premises.objects.select_for_update(of=("self",))
    premises = locked.select_related("organisation", "area").get(pk=premises.pk)
    require_officer(actor, premises.area)
    return premises


def _require_day(day: date, earliest: date, *, now: datetime) -> None:
    today = timezone.localdate(now)
    earliest = max(earliest, today - LATE_BY)
    if day > today:
        raise RegisterError(_("Enter this on the day it happens, or after."))
    if day < earliest:
        raise RegisterError(
            _("The day cannot be before %(day)s.") % {"day": date_format(earliest)}
        )


def _note(
    premises: Premises,
    kind: PlaceChangeKind,
    *,
    day: date,
    has_people: bool,
    note: str,
    actor: User,
    now: datetime,
) -> None:
    PlaceChange.objects.create(
        premises=premises,
        kind=kind,
        on_day=day,
        has_people=has_people,
        note=" ".join(note.split()),
        recorded_at=now,
        recorded_by=actor,
    )
    record(f"premises.{kind}", premises, actor=actor, day=day.isoformat())


def _end_links(
    premises: Premises, *, actor: User, reason: LinkEnd, now: datetime
) -> None:
    """End the links over these premises alone; those over a chain reach further."""
    links = ManagerLink.objects.open().filter(premises=premises)
    for link in links.select_related("user").order_by("pk"):
        close_link(link, actor=actor, reason=reason, now=now)
    look_for_managers(premises=Premises.objects.covered_by(premises), now=now)


def _restore_links(premises: Premises, *, actor: User, now: datetime) -> None:
    last = premises.changes.filter(kind=PlaceChangeKind.CLOSED).latest("pk")
    ended = ManagerLink.objects.filter(
        premises=premises,
        end_reason=LinkEnd.CLOSED,
        ended_at=last.recorded_at,
        user__is_active=True,
    )
    for link in ended.select_related("user").order_by("pk"):
        start_link(link.user, premises, actor=actor, now=now)
