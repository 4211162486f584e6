"""Coverage through a year as a line to look at, with the same numbers in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partners.register.models import Premises
from partners.training.coverage import Coverage, LinePoint, Step, coverage_line

WIDTH, HEIGHT = 1000, 200
# With fewer people who need training, one of them moves the line by more than a fifth.
FEWEST = 5


@dataclass(frozen=True)
class Row:
    """One line of the table: the day, the counts, and the share in words."""

    day: date
    coverage: Coverage | None
    share: str


@dataclass(frozen=True)
class Stroke:
    """A piece of the line without a gap; of a single point there is only the dot."""

    points: tuple[tuple[int, int], ...]

    @property
    def path(self) -> str:
        # A line of no length is drawn as a dot, by its round ends.
        return "M" + "L".join(f"{x} {y}" for x, y in (*self.points, self.points[-1]))


@dataclass(frozen=True)
class LineChart:
    """The strokes between gaps, the same in one sentence, and every point in a row."""

    strokes: list[Stroke]
    summary: str
    rows: list[Row]

    @property
    def first(self) -> date:
        return self.rows[-1].day

    @property
    def last(self) -> date:
        return self.rows[0].day

    fewest = FEWEST

    @property
    def has_counts(self) -> bool:
        """Say whether anybody was counted on a day before today."""
        return any(row.coverage and row.coverage.required for row in self.rows[1:])

    @property
    def is_drawn(self) -> bool:
        """Say whether there is a line at all, which takes two points side by side."""
        return any(len(stroke.points) > 1 for stroke in self.strokes)


def year_of(
    premises: Premises, *, today: date, now: Coverage, since: date | None = None
) -> LineChart:
    """Draw the year of these premises by weeks. `now` is today's, counted already."""
    points = coverage_line(premises, today=today, step=Step.WEEK, now=now)
    return line_chart(points, since=since)


def line_chart(points: Sequence[LinePoint], *, since: date | None = None) -> LineChart:
    """Draw a year of coverage; days before `since` are another owner's and left out.

    What was before premises changed hands is no business of the owner of today.

    Days of which nothing is kept, on which nobody needed training or too few people
    did, leave a gap: a line across it would claim what nobody counted.
    """
    own = [
        point if since is None or point.day >= since else _unknown(point)
        for point in points
    ]
    return LineChart(
        strokes=_strokes(own),
        summary=_summary(own),
        rows=[_row(point) for point in reversed(own)],
    )


def share_of(coverage: Coverage | None) -> int | None:
    """Return the share in per cent where it rests on enough people to mean much."""
    if coverage is None or coverage.required < FEWEST:
        return None
    return coverage.per_cent


def share_words(coverage: Coverage | None) -> str:
    if coverage is None:
        return _("not counted")
    if not coverage.required:
        return _("nobody needed training")
    share = share_of(coverage)
    return _("too few to tell") if share is None else f"{share} %"


def _unknown(point: LinePoint) -> LinePoint:
    return LinePoint(point.day, None)


def _row(point: LinePoint) -> Row:
    return Row(point.day, point.coverage, share_words(point.coverage))


def _strokes(points: Sequence[LinePoint]) -> list[Stroke]:
    """Cut the line at each gap; days stand where the calendar has them."""
    first, last = points[0].day, points[-1].day
    span = max(1, (last - first).days)
    strokes: list[list[tuple[int, int]]] = [[]]
    for point in points:
        share = share_of(point.coverage)
        if share is None:
            strokes.append([])
            continue
        across = (point.day - first).days * WIDTH // span
        strokes[-1].append((across, HEIGHT - share * HEIGHT // 100))
    return [Stroke(tuple(stroke)) for stroke in strokes if stroke]


def _summary(points: Sequence[LinePoint]) -> str:
    """Tell the line to whoever does not see it: where it began, lay lowest and ends."""
    told = [
        (share, point.day)
        for point in points
        if (share := share_of(point.coverage)) is not None
    ]
    if len(told) < 2:
        return ""
    share, day = told[0]
    words = {
        "first": share,
        "first_day": date_format(day, "j F Y"),
        "last": told[-1][0],
        "last_day": date_format(told[-1][1], "j F Y"),
        "lowest": min(told)[0],
        "lowest_day": date_format(min(told)[1], "j F Y"),
    }
    return (
        _(
            "%(first)s %% on %(first_day)s, %(last)s %% on %(last_day)s. "
            "Lowest: %(lowest)s %% on %(lowest_day)s."
        )
        % words
    )
