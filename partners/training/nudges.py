"""Why somebody in post should be written to today, if at all."""

from datetime import date, timedelta
from typing import NamedTuple

from partners.training.coverage import Need, PersonState
from partners.training.enums import TrainingState

# A reminder comes a week before the day, on the day after it, and two weeks after.
BEFORE = timedelta(days=7)
STAGES_AFTER = (timedelta(days=14), timedelta(days=1))
# Who has been here for longer was told by other means long ago.
INVITED_WITHIN = timedelta(days=30)
OVERDUE = frozenset({TrainingState.NEVER_TRAINED, TrainingState.EXPIRED})


class Nudge(NamedTuple):
    """One reason: which words, about which day, and which modules."""

    template: str
    day: date
    stage: int
    titles: tuple[str, ...]

    def key(self, person_id: int) -> str:
        """Return what makes it once: a person hears of one day at one stage once.

        Not of each premises: whoever works at two is one reader.
        """
        return f"{self.template}:{person_id}:{self.day}:{self.stage}"


def deadline_of(need: Need) -> date:
    """Return the last day on which all is well without doing anything."""
    return max(need.due_on, need.valid_until or need.due_on)


def nudge_for(state: PersonState, *, started_on: date, today: date) -> Nudge | None:
    """Choose the most pressing reason: overdue, then due soon, then just begun."""
    if late := [need for need in state.needs if need.state in OVERDUE]:
        return _overdue(late, today)
    soon = [
        need
        for need in state.needs
        if deadline_of(need) <= today + BEFORE and need.state not in OVERDUE
    ]
    if soon:
        return _nudge("training_due", soon)
    missing = state.missing
    if missing and today - started_on <= INVITED_WITHIN:
        return _nudge("training_invitation", missing, day=started_on)
    return None


def _overdue(late: list[Need], today: date) -> Nudge | None:
    since = today - min(map(deadline_of, late))
    for stage in STAGES_AFTER:
        if since >= stage:
            return _nudge("training_overdue", late, stage=stage.days)
    return None


def _nudge(
    template: str, needs: list[Need], *, day: date | None = None, stage: int = 0
) -> Nudge:
    """Name the modules in the order of their days."""
    ordered = sorted(needs, key=lambda need: (deadline_of(need), need.title))
    return Nudge(
        template=template,
        day=day or deadline_of(ordered[0]),
        stage=stage,
        titles=tuple(need.title for need in ordered),
    )
