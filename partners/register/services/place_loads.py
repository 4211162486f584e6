"""An authority's list from asking for it to the officer's word that it is right."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.jobs import enqueue_on_commit
from partners.register.enums import (
    BusinessType,
    LoadOrigin,
    LoadState,
    PlaceOutcome,
)
from partners.register.models import PlaceLoad, PlaceSource
from partners.register.opendata import OpenDataError, read_list
from partners.register.services.errors import RegisterError
from partners.register.services.place_reading import keep_list

READ_JOB = "partners.register.tasks.read_place_load"
APPLY_JOB = "partners.register.tasks.apply_place_load"
FORGET_JOB = "partners.register.tasks.forget_old_place_loads"
# A list nobody came back to is out of date anyway.
KEPT_FOR = timedelta(days=14)
WAITING_STATES = frozenset({LoadState.READING, LoadState.STOPPED, LoadState.PREVIEW})


@transaction.atomic
def start_load(
    *,
    source: PlaceSource,
    origin: LoadOrigin,
    business_types: Collection[int],
    actor: User,
    now: datetime,
) -> PlaceLoad:
    """Have a job ask the open data for the list of an authority.

    :raises RegisterError: when no kind is chosen, or a list is open already.
    """
    load = _open(source, origin, business_types, actor=actor, now=now)
    enqueue_on_commit(READ_JOB, load_id=load.pk)
    return load


@transaction.atomic
def start_load_from_file(
    *,
    source: PlaceSource,
    content: bytes,
    business_types: Collection[int],
    actor: User,
    now: datetime,
) -> PlaceLoad:
    """Take the list from a file, XML or JSON; the file itself is not stored.

    :raises RegisterError: with a sentence about the file, or as `start_load` does.
    """
    load = _open(source, LoadOrigin.FILE, business_types, actor=actor, now=now)
    try:
        keep_list(load, read_list(content))
    except OpenDataError as trouble:
        raise RegisterError(str(trouble)) from trouble
    enqueue_on_commit(READ_JOB, load_id=load.pk)
    return load


def _open(
    source: PlaceSource,
    origin: LoadOrigin,
    business_types: Collection[int],
    *,
    actor: User,
    now: datetime,
) -> PlaceLoad:
    if not business_types:
        raise RegisterError(_("Choose at least one kind of business."))
    try:
        with transaction.atomic():
            load = PlaceLoad.objects.create(
                source=source,
                origin=origin,
                business_types=[BusinessType(one).value for one in business_types],
                started_by=actor,
                started_at=now,
            )
    except IntegrityError as error:
        raise RegisterError(
            _("A list of this authority is open already. Apply or discard it first.")
        ) from error
    record("placeload.started", load, actor=actor, source=source.pk, origin=origin)
    return load


@transaction.atomic
def resume_load(*, load: PlaceLoad, actor: User) -> PlaceLoad:
    """Go on reading where it stopped; nothing that was read is asked for again.

    :raises RegisterError: when it did not stop.
    """
    load = locked(load)
    if load.state == LoadState.READING:
        return load
    if load.state != LoadState.STOPPED:
        raise RegisterError(_("This list has been read to its end."))
    load.state, load.problem = LoadState.READING, ""
    load.save(update_fields=["state", "problem", "worked_at"])
    record("placeload.resumed", load, actor=actor)
    enqueue_on_commit(READ_JOB, load_id=load.pk)
    return load


@transaction.atomic
def keep_choices(
    *, load: PlaceLoad, choices: Mapping[int, int | None], actor: User
) -> PlaceLoad:
    """Note for rows, by id, which premises they are; None means another place.

    :raises RegisterError: when the list is not to be looked at any more, an answer is
        none of those offered, or two rows would be the same premises.
    """
    load = locked(load)
    if load.state != LoadState.PREVIEW:
        raise RegisterError(_("This list is not waiting for answers any more."))
    rows = list(load.rows.filter(pk__in=choices, outcome=PlaceOutcome.LIKELY))
    for row in rows:
        chosen = choices[row.pk]
        if chosen is not None and chosen not in row.candidates:
            raise RegisterError(_("Choose one of the premises that are offered."))
        row.chosen_id = chosen
    load.rows.filter(pk__in=[row.pk for row in rows]).update(chosen=None)
    try:
        with transaction.atomic():
            for row in rows:
                row.save(update_fields=["chosen"])
    except IntegrityError as error:
        raise RegisterError(
            _("Two businesses cannot be the same premises: choose one of them.")
        ) from error
    record("placeload.answered", load, actor=actor, rows=len(rows))
    return load


@transaction.atomic
def confirm_load(*, load: PlaceLoad, actor: User, now: datetime) -> PlaceLoad:
    """Have a job apply the list as it is shown. Confirming again changes nothing.

    :raises RegisterError: when it was discarded, or is still being read.
    """
    load = locked(load)
    if load.state in {LoadState.APPLYING, LoadState.APPLIED}:
        return load
    if load.state != LoadState.PREVIEW:
        raise RegisterError(_("This list is not ready to be applied."))
    load.state = LoadState.APPLYING
    load.confirmed_by, load.confirmed_at = actor, now
    load.save(update_fields=["state", "confirmed_by", "confirmed_at", "worked_at"])
    record("placeload.confirmed", load, actor=actor)
    enqueue_on_commit(APPLY_JOB, load_id=load.pk)
    return load


@transaction.atomic
def discard_load(*, load: PlaceLoad, actor: User | None, job: str = "") -> PlaceLoad:
    """Throw away what was read; nothing that we know changes.

    :raises RegisterError: when it was confirmed.
    """
    load = locked(load)
    if load.state == LoadState.DISCARDED:
        return load
    if load.state not in WAITING_STATES:
        raise RegisterError(_("This list has been confirmed and cannot be discarded."))
    load.state = LoadState.DISCARDED
    load.save(update_fields=["state", "worked_at"])
    load.rows.all().delete()
    record("placeload.discarded", load, actor=actor, job=job)
    return load


def forget_old_loads(*, now: datetime) -> int:
    """Discard the lists nobody came back to for two weeks; return how many."""
    old = PlaceLoad.objects.filter(
        started_at__lt=now - KEPT_FOR, state__in=WAITING_STATES
    )
    return len([discard_load(load=one, actor=None, job=FORGET_JOB) for one in old])


def locked(load: PlaceLoad) -> PlaceLoad:
    """Return the load as it is now, held until the transaction ends."""
    rows = PlaceLoad.objects.select_for_update(of=("self",))
    return rows.select_related("source").get(pk=load.pk)
