"""Posters on the walls and how often their pages were opened."""

from datetime import timedelta

from county.drawing import Lot
from county.places import Place, Span
from county.words import POSTER_PLACES
from media.codes.enums import Prefix
from media.codes.models import CODE_LENGTH, Code, ScanCount

DAYS_SCANNED = 120
KINDS = {Prefix.SCANNED: 84, Prefix.TYPED: 12, Prefix.SHARED: 4}


def put_up_posters(lot: Lot, span: Span, places: list[Place]) -> None:
    """Issue one to three codes for each place, and count openings hour by hour."""
    codes = [code for place in places for code in _codes(lot, span, place)]
    Code.objects.bulk_create(codes, batch_size=500)
    counts = [count for code in codes for count in _counts(lot, span, code)]
    ScanCount.objects.bulk_create(counts, batch_size=1000)


def _codes(lot: Lot, span: Span, place: Place) -> list[Code]:
    walls = lot.sample(POSTER_PLACES, k=lot.randint(1, 3))
    first, last = place.premises.joined_on, span.today - timedelta(days=7)
    return [
        Code(
            text=lot.code(CODE_LENGTH),
            area=place.premises.area,
            premises=place.premises,
            place=wall,
            issued_at=lot.moment(lot.day_between(first, last), 9, 16),
            retired_on=place.closed_on,
        )
        for wall in walls
    ]


def _counts(lot: Lot, span: Span, code: Code) -> list[ScanCount]:
    first = max(code.issued_at.date(), span.today - timedelta(days=DAYS_SCANNED))
    last = span.today - timedelta(days=1)
    hours = {
        lot.moment(lot.day_between(first, last), 6, 23).replace(minute=0)
        for _ in range(lot.randint(2, 16))
    }
    return [
        ScanCount(code=code, hour=hour, kind=lot.weighted(KINDS), n=lot.randint(1, 3))
        for hour in sorted(hours)
    ]
