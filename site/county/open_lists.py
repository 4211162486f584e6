"""The list of food businesses of each district: invented, and loaded as officers do.

More hotels stand in it than take part, so that the county has a share to show.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.utils import timezone

from accounts.models import User
from core.models import Area
from county.drawing import Lot
from county.places import Place, Span, invented_name, invented_postcode
from county.words import STREETS, TOWNS
from partners.register import services
from partners.register.enums import (
    KINDS_OF_BUSINESS,
    BusinessType,
    NotCounted,
    PremisesKind,
)
from partners.register.models import AreaPlace, PlaceSource

FIRST_CODE, FIRST_NUMBER = 901, 70_001
LODGING = KINDS_OF_BUSINESS[BusinessType.LODGING]
# For each that takes part; and no more than an officer would look through.
FEWEST_FOR_EACH, MOST_FOR_EACH = 0.8, 2.6
FEWEST_OTHERS, MOST_OTHERS = 6, 120


def load_lists(
    lot: Lot,
    span: Span,
    districts: Sequence[Area],
    places: Sequence[Place],
    *,
    by: User,
) -> None:
    """Load a list for each district, and note whom the officer has invited since."""
    numbers = iter(range(FIRST_NUMBER, FIRST_NUMBER + 1_000_000))
    loaded_at = lot.moment(span.today - timedelta(days=40))
    for code, area in enumerate(districts, start=FIRST_CODE):
        source = services.add_source(
            area=area, authority_code=str(code), authority_name=area.name, actor=by
        )
        here = [place for place in places if place.premises.area_id == area.pk]
        _load(source, _list(lot, source, here, numbers), by=by, now=loaded_at)
        _invite(lot, source, by=by, loaded_at=loaded_at)


def _load(source: PlaceSource, content: str, *, by: User, now: datetime) -> None:
    load = services.start_load_from_file(
        source=source,
        content=content.encode(),
        business_types=[BusinessType.LODGING],
        actor=by,
        now=now,
    )
    services.read_load(load=load)
    services.confirm_load(load=load, actor=by, now=now)
    services.apply_load(load=load)


def _list(
    lot: Lot, source: PlaceSource, places: list[Place], numbers: Iterator[int]
) -> str:
    lodging = [one.premises for one in places if one.premises.kind in LODGING]
    entries = [
        _entry(
            next(numbers),
            source,
            # The list knows a house without its town, which stands in the address.
            name=one.name.partition(",")[0],
            lines=(one.street, one.town),
            postcode=one.postcode,
        )
        for one in lodging
    ]
    names = {one.name for one in lodging}
    wanted = round(lot.uniform(FEWEST_FOR_EACH, MOST_FOR_EACH) * len(lodging))
    others = min(max(FEWEST_OTHERS, wanted), MOST_OTHERS)
    for _number in range(others):
        kind = lot.choice([PremisesKind.HOTEL, PremisesKind.BED_AND_BREAKFAST])
        town = lot.choice(TOWNS[source.area.name])
        name = invented_name(lot, town, kind, names).partition(",")[0]
        street = f"{lot.randint(141, 280)} {lot.choice(STREETS)}"
        entries.append(
            _entry(
                next(numbers),
                source,
                name=name,
                lines=(street, town),
                postcode=invented_postcode(lot, source.area),
            )
        )
    return (
        "<FHRSEstablishment><EstablishmentCollection>"
        + "".join(entries)
        + "</EstablishmentCollection></FHRSEstablishment>"
    )


def _entry(
    number: int,
    source: PlaceSource,
    *,
    name: str,
    lines: tuple[str, str],
    postcode: str,
) -> str:
    told = {
        "FHRSID": number,
        "BusinessName": name,
        "BusinessType": "Hotel/bed & breakfast/guest house",
        "BusinessTypeID": BusinessType.LODGING.value,
        "AddressLine1": lines[0],
        "AddressLine2": lines[1],
        "PostCode": postcode,
        "LocalAuthorityCode": source.authority_code,
        "LocalAuthorityName": source.authority_name,
    }
    parts = (f"<{key}>{escape(str(value))}</{key}>" for key, value in told.items())
    return f"<EstablishmentDetail>{''.join(parts)}</EstablishmentDetail>"


def _invite(lot: Lot, source: PlaceSource, *, by: User, loaded_at: datetime) -> None:
    """Write to about half of those that do not take part; some of them said no."""
    first_day = timezone.localdate(loaded_at)
    here = AreaPlace.objects.filter(source=source)
    waiting = list(here.filter(premises__isnull=True).order_by("scheme_id"))
    lot.shuffle(waiting)
    closed = len(waiting) // 20
    for place in waiting[:closed]:
        services.leave_out(place=place, reason=NotCounted.CLOSED, actor=by)
    a_quarter = len(waiting) // 4
    early = waiting[closed : closed + a_quarter]
    late = waiting[closed + a_quarter : closed + 2 * a_quarter]
    for some, days in ((early, 7), (late, 21)):
        invited = here.filter(pk__in=[place.pk for place in some])
        today = first_day + timedelta(days=days)
        services.note_invited(places=invited, actor=by, today=today)
    for place in early[::3]:
        today = first_day + timedelta(days=14)
        services.note_declined(place=place, actor=by, today=today)
