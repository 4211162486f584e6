"""What released visits let one say, for officers: by group, before and after.

Counted are visits that did everything their area asked for, of those with a result.
Groups hold first visits only: a retest follows help, and would flatter them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Case, F, FloatField, OuterRef, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import AreaQuerySet
from partners.scrutiny.rules import FEWEST_VISITS, Interval, Share, newcombe
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay
from partners.visits.enums import Outcome
from partners.visits.models import TestVisit

# Premises count as trained when this share of those who had to be was in date.
TRAINED_SHARE = 0.5


class Verdict(StrEnum):
    TOO_FEW = "too-few"
    UNCLEAR = "unclear"
    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True)
class Group:
    """First visits that have something in common, and how hard they were."""

    label: str
    share: Share
    difficulty: float


@dataclass(frozen=True)
class Dimension:
    title: str | Promise
    groups: list[Group]


@dataclass(frozen=True)
class Comparison:
    """Two groups side by side. A side without a visit is None."""

    title: str | Promise
    before_label: str | Promise
    after_label: str | Promise
    before: Group | None
    after: Group | None

    @property
    def difference(self) -> Interval | None:
        if self.before is None or self.after is None:
            return None
        return newcombe(self.before.share, self.after.share)

    @property
    def verdict(self) -> Verdict:
        """Say what the difference lets one say. Chance is ruled out, not causes."""
        difference = self.difference
        if difference is None or self.before is None or self.after is None:
            return Verdict.TOO_FEW
        if min(self.before.share.total, self.after.share.total) < FEWEST_VISITS:
            return Verdict.TOO_FEW
        if difference.low <= 0 <= difference.high:
            return Verdict.UNCLEAR
        return Verdict.MORE if difference.low > 0 else Verdict.FEWER

    @property
    def points(self) -> dict[str, int] | None:
        """Return the difference and its interval in percentage points."""
        difference = self.difference
        if difference is None or self.before is None or self.after is None:
            return None
        middle = self.after.share.share - self.before.share.share
        return {
            "low": round(100 * difference.low),
            "middle": round(100 * middle),
            "high": round(100 * difference.high),
        }


@dataclass(frozen=True)
class Evaluation:
    first: date
    last: date
    total: Group | None
    retests: Group | None
    unjudged: int
    dimensions: list[Dimension]
    comparisons: list[Comparison]


def evaluate(*, areas: AreaQuerySet, first: date, last: date) -> Evaluation:
    """Evaluate the visits of some areas between two days, both included; one query."""
    released = list(
        TestVisit.objects.counted()
        .filter(premises__area__in=areas, visited_on__range=(first, last))
        .select_related("premises__area", "scenario")
        .annotate(trained_share=_trained_share())
        .order_by("pk")
    )
    judged = [visit for visit in released if visit.outcome]
    firsts = [visit for visit in judged if visit.retest_of_id is None]
    retests = [visit for visit in judged if visit.retest_of_id is not None]
    return Evaluation(
        first=first,
        last=last,
        total=_group("", firsts),
        retests=_group("", retests),
        unjudged=len(released) - len(judged),
        dimensions=_dimensions(firsts),
        comparisons=[_before_and_after(firsts), _trained_or_not(firsts)],
    )


def _trained_share() -> Subquery:
    """Return the share in date at the end of the day of a visit, as it was kept."""
    kept = CoverageDay.objects.filter(
        level=CoverageLevel.PREMISES,
        subject_id=OuterRef("premises_id"),
        day=OuterRef("visited_on"),
    )
    share = Case(
        When(required__gt=0, then=F("covered") * 1.0 / F("required")),
        default=Value(None),
        output_field=FloatField(),
    )
    return Subquery(kept.annotate(share=share).values("share")[:1])


def _group(label: str, visits: list[TestVisit]) -> Group | None:
    if not visits:
        return None
    done = sum(visit.outcome == Outcome.GOOD for visit in visits)
    hardness = sum(visit.scenario.difficulty for visit in visits)
    return Group(label, Share(done, len(visits)), hardness / len(visits))


def _dimensions(visits: list[TestVisit]) -> list[Dimension]:
    return [
        Dimension(title, _groups(visits, key, label))
        for title, key, label in (
            (_("By area"), _area, lambda visit: visit.premises.area.name),
            (
                _("By kind of premises"),
                lambda visit: visit.premises.kind,
                lambda visit: visit.premises.get_kind_display(),
            ),
            (
                _("By scenario"),
                lambda visit: visit.scenario_id,
                lambda visit: visit.scenario.title,
            ),
        )
    ]


def _area(visit: TestVisit) -> int:
    return visit.premises.area_id


def _groups(
    visits: Iterable[TestVisit],
    key: Callable[[TestVisit], Hashable],
    label: Callable[[TestVisit], str],
) -> list[Group]:
    parted: dict[Hashable, list[TestVisit]] = defaultdict(list)
    for visit in visits:
        parted[key(visit)].append(visit)
    groups = (_group(str(label(some[0])), some) for some in parted.values())
    return sorted(
        (group for group in groups if group), key=lambda group: group.label.casefold()
    )


def _before_and_after(firsts: list[TestVisit]) -> Comparison:
    """Set the first visit to premises beside their last, retests left out.

    A retest follows only where there was a gap: set beside the visit before it, it
    would show a rise that chance alone brings.
    """
    at_premises: dict[int, list[TestVisit]] = defaultdict(list)
    for visit in sorted(firsts, key=lambda visit: (visit.visited_on, visit.pk)):
        at_premises[visit.premises_id].append(visit)
    again = [visits for visits in at_premises.values() if len(visits) > 1]
    return Comparison(
        title=_("Before and after"),
        before_label=_("First visit to premises visited again"),
        after_label=_("Last visit to them, retests left out"),
        before=_group("", [visits[0] for visits in again]),
        after=_group("", [visits[-1] for visits in again]),
    )


def _trained_or_not(visits: list[TestVisit]) -> Comparison:
    shares = [(visit, visit.__dict__["trained_share"]) for visit in visits]
    trained = [v for v, share in shares if share is not None and share >= TRAINED_SHARE]
    fewer = [v for v, share in shares if share is not None and share < TRAINED_SHARE]
    return Comparison(
        title=_("Trained or not"),
        before_label=_("Fewer than half in date on the day"),
        after_label=_("At least half in date on the day"),
        before=_group("", fewer),
        after=_group("", trained),
    )
