"""A confirmed list becomes what we know, some rows at a time.

Each part is one transaction that marks its rows as done: a killed job leaves whole
parts, and whoever goes on does the rest. What a row does depends on the row and on the
day of the confirmation, never on when the job ran.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.audit import record, record_each
from partners.register.enums import LoadState, PlaceOutcome
from partners.register.models import AreaPlace, PlaceLoad, PlaceLoadRow
from partners.register.opendata import district_of
from partners.register.services.place_reading import read_load

BATCH = 200
JOB = "partners.register.tasks.apply_place_load"
# After so long without a sign, a job is taken for dead.
LEFT_FOR = timedelta(minutes=5)
TOLD = ["source", "name", "business_type", "street", "town", "postcode", "district"]


def apply_load(*, load: PlaceLoad) -> PlaceLoad:
    """Apply what is left of a confirmed list; a second run finds nothing to do."""
    while _apply_some(load):
        pass
    load.refresh_from_db()
    return load


def finish_loads(*, now: datetime) -> int:
    """Go on with the lists whose job was killed; return how many there were."""
    left = list(PlaceLoad.objects.left_behind(now - LEFT_FOR).order_by("pk"))
    for load in left:
        if load.state == LoadState.READING:
            read_load(load=load)
        else:
            apply_load(load=load)
    return len(left)


@transaction.atomic
def _apply_some(load: PlaceLoad) -> bool:
    """Apply the next rows, or finish; say whether there may be more."""
    held = PlaceLoad.objects.select_for_update(of=("self",))
    load = held.select_related("source", "confirmed_by").get(pk=load.pk)
    if load.state != LoadState.APPLYING:
        return False
    rows = list(load.rows.filter(is_done=False).order_by("pk")[:BATCH])
    if not rows:
        _finish(load)
        return False
    listed = [
        row
        for row in rows
        if row.outcome not in {PlaceOutcome.GONE, PlaceOutcome.ELSEWHERE}
    ]
    _note_places(load, listed)
    _note_answers(load, [row for row in listed if row.outcome == PlaceOutcome.LIKELY])
    _note_gone(load, (row for row in rows if row.outcome == PlaceOutcome.GONE))
    load.rows.filter(pk__in=[row.pk for row in rows]).update(is_done=True)
    load.save(update_fields=["worked_at"])
    return True


def _finish(load: PlaceLoad) -> None:
    load.state, load.applied_at = LoadState.APPLIED, load.confirmed_at
    load.save(update_fields=["state", "applied_at", "worked_at"])
    load.source.last_loaded_at = load.confirmed_at
    load.source.last_loaded_by = load.confirmed_by
    load.source.save(update_fields=["last_loaded_at", "last_loaded_by"])
    load.rows.all().delete()
    record("placeload.applied", load, job=JOB, counts=load.counts)


def _note_places(load: PlaceLoad, rows: Iterable[PlaceLoadRow]) -> None:
    """Write each business by its number: added, or brought up to date."""
    AreaPlace.objects.bulk_create(
        (
            AreaPlace(
                scheme_id=row.scheme_id,
                source=load.source,
                name=row.name,
                business_type=row.business_type,
                street=row.street,
                town=row.town,
                postcode=row.postcode,
                district=district_of(row.postcode),
            )
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["scheme_id"],
        # One that comes back to the list is listed again.
        update_fields=[*TOLD, "gone_on"],
    )


def _note_answers(load: PlaceLoad, rows: list[PlaceLoadRow]) -> None:
    """Tie businesses to the premises they are, and note which they are not."""
    places = AreaPlace.objects.in_bulk(
        [row.scheme_id for row in rows], field_name="scheme_id"
    )
    chosen = {row.chosen_id for row in rows if row.chosen_id}
    taken = set(
        AreaPlace.objects.filter(premises__in=chosen).values_list(
            "premises_id", flat=True
        )
    )
    linked = []
    for row in rows:
        place = places[row.scheme_id]
        # An officer may have tied either of them by hand since the list was read.
        if row.chosen_id and not place.premises_id and row.chosen_id not in taken:
            place.premises_id = row.chosen_id
            linked.append(place)
        place.told_apart.add(*(pk for pk in row.candidates if pk != row.chosen_id))
    AreaPlace.objects.bulk_update(linked, ["premises"])
    if linked and load.confirmed_by:
        record_each("areaplace.linked", linked, actor=load.confirmed_by)


def _note_gone(load: PlaceLoad, rows: Iterable[PlaceLoadRow]) -> None:
    if load.confirmed_at is None:
        return
    day = timezone.localdate(load.confirmed_at)
    gone = AreaPlace.objects.filter(scheme_id__in=[row.scheme_id for row in rows])
    gone.filter(gone_on__isnull=True).update(gone_on=day)
