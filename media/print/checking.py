"""What can be said of an evidence pack today: as issued, counted again, and now."""

from dataclasses import dataclass
from datetime import date

from media.print.evidence import coverage_of
from media.print.models import EvidencePack
from partners.portal.line_chart import share_words
from partners.register.enums import PremisesState
from partners.training.coverage import Coverage, coverage_by_premises
from partners.training.rules import add_months

# So long a pack opens a window on today; what it was issued with it tells for good.
LIVE_MONTHS = 12


@dataclass(frozen=True)
class Figure:
    """One column of the check: a day, and who was in date on it."""

    day: date
    coverage: Coverage
    share: str


@dataclass(frozen=True)
class Check:
    """The pack as issued, its day counted again, and today while that is shown."""

    issued: Figure
    recounted: Figure
    today: Figure | None
    is_as_issued: bool
    is_closed: bool
    has_other_owner: bool
    live_until: date


def check_of(pack: EvidencePack, *, today: date) -> Check:
    """Compare a pack with what counting gives today.

    Today's figures are left out when the premises are closed, belong to somebody else
    by now, or the pack is older than a year.
    """
    premises = pack.premises
    issued = _figure(pack.day, coverage_of(pack.figures))
    recounted = _figure(pack.day, _count(pack, pack.day))
    has_other_owner = premises.organisation_id != pack.organisation_id
    is_closed = premises.state == PremisesState.CLOSED
    live_until = add_months(pack.day, LIVE_MONTHS)
    is_live = not (has_other_owner or is_closed) and today <= live_until
    return Check(
        issued=issued,
        recounted=recounted,
        today=_figure(today, _count(pack, today)) if is_live else None,
        is_as_issued=_key(issued.coverage) == _key(recounted.coverage),
        is_closed=is_closed,
        has_other_owner=has_other_owner,
        live_until=live_until,
    )


def _count(pack: EvidencePack, day: date) -> Coverage:
    counted = coverage_by_premises(day=day, premises=[pack.premises])
    return counted.get(pack.premises_id, Coverage())


def _figure(day: date, coverage: Coverage) -> Figure:
    return Figure(day, coverage, share_words(coverage))


def _key(coverage: Coverage) -> tuple[int, int, int]:
    return coverage.in_post, coverage.required, coverage.covered
