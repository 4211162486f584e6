"""Figures in words: each with its denominator, its date and its definition."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.scrutiny.indicators import BoardFigures
from partners.scrutiny.rules import SMALLEST_GROUP, is_small
from partners.training.coverage import Coverage, Starters


@dataclass(frozen=True)
class Stat:
    key: str
    figure: str
    label: str
    denominator: str
    date_text: str
    definition: str
    tone: str = ""


def stats_of(figures: BoardFigures) -> list[Stat]:
    return [
        _premises(figures),
        _coverage(figures),
        _starters_trained(figures, figures.starters_in_14, 14),
        _starters_trained(figures, figures.starters_in_30, 30),
        _half_life(figures),
        _starters(figures),
        _leavers(figures),
        _open_tasks(figures),
        _overdue_tasks(figures),
        _loop_time(figures),
    ]


def parts_of(figures: BoardFigures) -> list[dict[str, str]]:
    """Split those not covered, unless one part is so small that it singles out."""
    if not figures.shows_parts:
        return []
    coverage = figures.coverage
    return [
        {"key": _("Within their days of grace"), "value": str(coverage.in_grace)},
        {"key": _("Expired"), "value": str(coverage.expired)},
        {"key": _("Never trained"), "value": str(coverage.never_trained)},
    ]


def banded(count: int) -> str:
    if is_small(count):
        return _("fewer than %(number)s") % {"number": SMALLEST_GROUP}
    return str(count)


def _premises(figures: BoardFigures) -> Stat:
    return Stat(
        key="premises",
        figure=str(figures.premises),
        label=_("premises taking part"),
        denominator=_("of %(joined)s that ever joined")
        % {"joined": figures.premises_joined},
        date_text=_at_end(figures),
        definition=_(
            "Premises that had joined by the end of the day and had not closed."
        ),
    )


def _coverage(figures: BoardFigures) -> Stat:
    coverage = figures.coverage
    return Stat(
        key="coverage",
        figure=_covered_share(coverage),
        label=_("of people in post are covered"),
        denominator=_("%(covered)s of %(required)s who need training")
        % {
            "covered": banded(coverage.covered),
            "required": banded(coverage.required),
        },
        date_text=_at_end(figures),
        definition=_(
            "Of the people in post on the day with at least one requirement, those "
            "with a valid completion of every required module. Each counts once. "
            "People within their days of grace count as not covered."
        ),
        tone="big",
    )


def _covered_share(coverage: Coverage) -> str:
    # The share and its denominator would give a small number away: 2 % of 42 is one.
    if is_small(coverage.covered):
        return banded(coverage.covered)
    share = coverage.per_cent
    return _("nobody yet") if share is None else f"{share} %"


def _starters_trained(figures: BoardFigures, starters: Starters, days: int) -> Stat:
    return Stat(
        key=f"starters-{days}",
        figure=_share_of_starters(starters),
        label=_("of starters were covered within %(days)s days") % {"days": days},
        denominator=_("%(trained)s of %(asked)s who started and need training")
        % {"trained": banded(starters.trained), "asked": banded(starters.asked)},
        date_text=_("Started in the year up to %(days)s days before %(day)s")
        % {"days": days, "day": date_format(figures.day, "j F Y")},
        definition=_(
            "People who were not in post at the same premises the day before, who "
            "stayed so long and needed training then. Covered is who had a valid "
            "completion of every required module that many days after starting."
        ),
    )


def _share_of_starters(starters: Starters) -> str:
    if is_small(starters.trained):
        return banded(starters.trained)
    share = starters.per_cent
    return _("nobody yet") if share is None else f"{share} %"


def _half_life(figures: BoardFigures) -> Stat:
    half = figures.half_life
    months = ngettext("%(n)s month", "%(n)s months", round(half.months or 0)) % {
        "n": half.months
    }
    return Stat(
        key="half-life",
        figure=_("too few to tell") if half.months is None else months,
        label=_("until half of those trained have left"),
        denominator=_("%(left)s of %(trained)s trained people have left")
        % {"left": banded(half.left), "trained": banded(half.trained)},
        date_text=_at_end(figures),
        definition=_(
            "The median time from a first completed module, or the first day if that "
            "is later, to the last day in post. People still in post count with the "
            "time so far (Kaplan-Meier). While more than half stay there is no median."
        ),
    )


def _starters(figures: BoardFigures) -> Stat:
    return Stat(
        key="starters",
        figure=banded(figures.turnover.starters),
        label=_("posts begun"),
        denominator=_beside_in_post(figures),
        date_text=_in_year(figures),
        definition=_(
            "Posts that began in the 365 days up to the day. One person in two posts "
            "counts twice; entries made by mistake do not count."
        ),
    )


def _leavers(figures: BoardFigures) -> Stat:
    return Stat(
        key="leavers",
        figure=banded(figures.turnover.leavers),
        label=_("posts ended"),
        denominator=_beside_in_post(figures),
        date_text=_in_year(figures),
        definition=_("Posts whose last day lies in the 365 days up to the day."),
    )


def _open_tasks(figures: BoardFigures) -> Stat:
    return Stat(
        key="tasks",
        figure=str(figures.tasks.unfinished),
        label=_("follow-up tasks not closed"),
        denominator=_opened(figures),
        date_text=_at_end(figures),
        definition=_("Tasks opened by the end of the day and not verified by then."),
    )


def _overdue_tasks(figures: BoardFigures) -> Stat:
    return Stat(
        key="overdue",
        figure=str(figures.tasks.overdue),
        label=_("of these past their due day"),
        denominator=_("of %(unfinished)s not closed")
        % {"unfinished": figures.tasks.unfinished},
        date_text=_at_end(figures),
        definition=_("Tasks not closed whose due day lies before the day."),
        tone="gap" if figures.tasks.overdue else "",
    )


def _loop_time(figures: BoardFigures) -> Stat:
    median = figures.loop.median_days
    days = ngettext("%(n)s day", "%(n)s days", median or 0) % {"n": median}
    return Stat(
        key="loop",
        figure=_("too few to tell") if median is None else days,
        label=_("from a gap to a passed retest"),
        denominator=_("%(closed)s loops closed, %(open)s still open")
        % {"closed": figures.loop.closed, "open": figures.loop.open},
        date_text=_at_end(figures),
        definition=_(
            "The median number of days from the visit with the gap to the first passed "
            "retest. Loops still open count with the days they have been open so far "
            "(Kaplan-Meier). While more than half are open there is no median."
        ),
    )


def _at_end(figures: BoardFigures) -> str:
    return _("At the end of %(day)s") % {"day": date_format(figures.day, "j F Y")}


def _in_year(figures: BoardFigures) -> str:
    return _("%(first)s to %(last)s") % {
        "first": date_format(figures.turnover.since, "j F Y"),
        "last": date_format(figures.day, "j F Y"),
    }


def _beside_in_post(figures: BoardFigures) -> str:
    return _("beside %(people)s people in post at the end") % {
        "people": banded(figures.coverage.in_post)
    }


def _opened(figures: BoardFigures) -> str:
    return _("of %(opened)s opened so far") % {"opened": figures.tasks.opened}
