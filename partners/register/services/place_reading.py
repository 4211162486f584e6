"""Jobs read a list page by page; each page is kept, so a killed job is gone on with."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record
from partners.register.enums import BusinessType, LoadOrigin, LoadState
from partners.register.models import PlaceLoad, PlaceLoadRow, PlaceSource
from partners.register.opendata import (
    Entry,
    Extract,
    OpenDataError,
    OpenDataService,
    Page,
)
from partners.register.services.place_comparing import compare_load

BATCH = 500


class _OvertakenError(Exception):
    """Another worker reads the same list, or an officer discarded it."""


class _ChangedError(Exception):
    """The list has other businesses than when we began: what was read is no list."""


def read_load(*, load: PlaceLoad) -> PlaceLoad:
    """Read what is missing of a list, then compare it with what we know.

    Not one transaction: each page is kept. Trouble stops the list with a sentence, and
    reading goes on from there once an officer says so. A second run does no harm.
    """
    load = PlaceLoad.objects.select_related("source").get(pk=load.pk)
    if load.state != LoadState.READING:
        return load
    try:
        _read(load)
    except _OvertakenError:
        return load
    except _ChangedError:
        sentence = _("The list changed while we read it. Read it again.")
        return _stop(load, sentence, is_in_vain=True)
    except OpenDataError as trouble:
        return _stop(load, str(trouble))
    return compare_load(load=load)


def keep_list(load: PlaceLoad, extract: Extract) -> None:
    """Keep the rows of a whole list that are of the kinds asked for.

    :raises OpenDataError: when it is of another authority or has none of the kinds.
    """
    _refuse_other_authority(load.source, extract.entries)
    wanted = [
        one for one in extract.entries if one.business_type in load.business_types
    ]
    if not wanted:
        raise OpenDataError(
            _("This list has %(count)d businesses, and none of the kinds you chose.")
            % {"count": len(extract.entries)}
        )
    _keep_rows(load, wanted)
    load.types_read = len(load.business_types)
    load.unreadable = extract.unreadable
    load.save(update_fields=["types_read", "unreadable", "worked_at"])


def _read(load: PlaceLoad) -> None:
    if load.types_read < len(load.business_types):
        with OpenDataService() as service:
            if load.origin == LoadOrigin.SITE:
                _read_file(load, service)
            else:
                _read_pages(load, service)
    if not load.rows.exists():
        raise OpenDataError(_("The open data knows no such business here."))


def _read_file(load: PlaceLoad, service: OpenDataService) -> None:
    extract = service.whole_list(load.source.authority_code)
    with transaction.atomic():
        keep_list(_still_reading(load), extract)


def _read_pages(load: PlaceLoad, service: OpenDataService) -> None:
    number = _authority_number(load.source, service)
    while load.types_read < len(load.business_types):
        page = service.page(
            authority=number,
            business_type=load.business_types[load.types_read],
            number=load.pages_read + 1,
        )
        load = _keep_page(load, page)


def _authority_number(source: PlaceSource, service: OpenDataService) -> int:
    """Return what the service calls the authority; it is asked for that once."""
    if source.authority_number is None:
        by_code = {one.code: one.number for one in service.authorities()}
        if source.authority_code not in by_code:
            raise OpenDataError(
                _("The open data service knows no authority with the code %(code)s.")
                % {"code": source.authority_code}
            )
        source.authority_number = by_code[source.authority_code]
        source.save(update_fields=["authority_number"])
    return source.authority_number


@transaction.atomic
def _keep_page(load: PlaceLoad, page: Page) -> PlaceLoad:
    _refuse_other_authority(load.source, page.entries)
    load = _still_reading(load)
    kind = load.business_types[load.types_read]
    _keep_rows(load, [one for one in page.entries if one.business_type == kind])
    load.unreadable += page.unreadable
    if load.pages_read and load.businesses != page.businesses:
        raise _ChangedError
    load.pages, load.businesses = page.pages, page.businesses
    load.pages_read += 1
    if load.pages_read >= load.pages:
        kept = load.rows.filter(business_type=kind).count()
        if kept + load.unreadable < page.businesses:
            raise _ChangedError
        load.types_read, load.pages_read, load.pages = load.types_read + 1, 0, 0
    load.save()
    return load


def _still_reading(load: PlaceLoad) -> PlaceLoad:
    """Return the load as it is now, if nobody else has gone on with it meanwhile."""
    rows = PlaceLoad.objects.select_for_update(of=("self",)).select_related("source")
    now = rows.get(pk=load.pk)
    place = (LoadState.READING, load.types_read, load.pages_read)
    if (now.state, now.types_read, now.pages_read) != place:
        raise _OvertakenError
    return now


def _keep_rows(load: PlaceLoad, entries: Iterable[Entry]) -> None:
    # A business that moved to the next page while we read stands on both.
    PlaceLoadRow.objects.bulk_create(
        (
            PlaceLoadRow(
                load=load,
                scheme_id=entry.scheme_id,
                name=entry.name,
                business_type=BusinessType(entry.business_type),
                street=entry.street,
                town=entry.town,
                postcode=entry.postcode,
            )
            for entry in entries
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _refuse_other_authority(source: PlaceSource, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.authority_code != source.authority_code:
            raise OpenDataError(
                _(
                    "This is the list of the authority %(other)s, not of %(name)s "
                    "(%(code)s)."
                )
                % {
                    "other": entry.authority_code or "?",
                    "name": source.authority_name,
                    "code": source.authority_code,
                }
            )


@transaction.atomic
def _stop(load: PlaceLoad, problem: str, *, is_in_vain: bool = False) -> PlaceLoad:
    """Stop with a sentence. What was read is kept, unless it was read in vain."""
    load = PlaceLoad.objects.select_for_update().get(pk=load.pk)
    if load.state != LoadState.READING:
        return load
    load.state, load.problem = LoadState.STOPPED, problem[:300]
    if is_in_vain or not load.rows.exists():
        load.rows.all().delete()
        load.types_read = load.pages_read = load.pages = load.unreadable = 0
    load.save()
    record("placeload.stopped", load, job="partners.register.tasks.read_place_load")
    return load
