"""The page behind a printed code, as a phone opens it, beside a view that is empty."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from campaigns.routes.loading import load_routes
from media.codes.enums import Prefix
from media.codes.models import Code, ScanCount
from tests.benchmarks.harness import Case
from tests.benchmarks.serving import Timing, read, web_server
from tests.factories.codes import CodeFactory
from tests.factories.register import PremisesFactory

ROUNDS = 6
TIMES = 200
WARM_UP = 30
SMALL, LARGE = 100, 20_000
HOURS = 5


def cases() -> Iterator[Case]:
    load_routes(today=timezone.localdate())
    code = CodeFactory.create()
    with (
        web_server("config.settings.production") as ours,
        web_server("tests.benchmarks.empty_settings") as theirs,
    ):
        yield _opening(ours, theirs, code)
        yield _growth(ours, code)


def _opening(ours: int, theirs: int, code: Code) -> Case:
    """Take turns, so that a busy moment of the machine falls on both."""
    path = f"/R/{code.text}"
    read(ours, path, WARM_UP)
    read(theirs, path, WARM_UP)
    landing, empty = Timing([]), Timing([])
    for _ in range(ROUNDS):
        landing.seconds.extend(read(ours, path, TIMES).seconds)
        empty.seconds.extend(read(theirs, path, TIMES).seconds)
    counted = ScanCount.objects.filter(code=code).aggregate(total=Sum("n"))["total"]
    if counted != WARM_UP + ROUNDS * TIMES:
        raise RuntimeError(f"{counted} openings were counted.")
    return Case(
        case="open",
        ratio=landing.per_second / empty.per_second,
        baseline="an empty view behind the same middleware",
        figures={
            "per_second": landing.per_second,
            "p50_ms": landing.median_ms,
            "p95_ms": landing.p95_ms,
            "empty_per_second": empty.per_second,
            "openings_counted": counted,
        },
    )


def _growth(port: int, code: Code) -> Case:
    path = f"/R/{code.text}"
    _add_codes(code, SMALL)
    small = read(port, path, ROUNDS * TIMES)
    _add_codes(code, LARGE - SMALL)
    large = read(port, path, ROUNDS * TIMES)
    return Case(
        case="open/growth",
        ratio=small.median_ms / large.median_ms,
        baseline=f"the same page with {SMALL} codes instead of {LARGE}",
        figures={
            "small_p50_ms": small.median_ms,
            "large_p50_ms": large.median_ms,
            "codes": Code.objects.count(),
            "counts": ScanCount.objects.count(),
        },
    )


@transaction.atomic
def _add_codes(like: Code, number: int) -> None:
    premises = PremisesFactory.create(area=like.area)
    codes = Code.objects.bulk_create(
        (
            Code(area=like.area, premises=premises, issued_at=like.issued_at)
            for _ in range(number)
        ),
        batch_size=1000,
    )
    hours = [like.issued_at + timedelta(hours=passed) for passed in range(HOURS)]
    ScanCount.objects.bulk_create(
        (
            ScanCount(code=code, hour=hour, kind=Prefix.SCANNED, n=1)
            for code in codes
            for hour in hours
        ),
        batch_size=1000,
    )
