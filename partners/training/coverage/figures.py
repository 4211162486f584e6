from dataclasses import dataclass, field
from datetime import date

from partners.training.enums import TrainingState

# From worst to best; the statement numbers them so.
STATES = (
    TrainingState.NEVER_TRAINED,
    TrainingState.EXPIRED,
    TrainingState.IN_GRACE,
    TrainingState.VALID,
)


@dataclass(frozen=True)
class Coverage:
    """People in post, those of them who need training, and how these stand."""

    in_post: int = 0
    required: int = 0
    covered: int = 0
    in_grace: int = 0
    expired: int = 0
    never_trained: int = 0

    @property
    def per_cent(self) -> int | None:
        """Return the covered share, rounded down so that 100 means everybody."""
        return self.covered * 100 // self.required if self.required else None


@dataclass(frozen=True)
class Need:
    """One required module of one person.

    `due_on` is the day of a first completion, `grace_until` the last day before the
    person counts as never trained or expired.
    """

    module_id: int
    title: str
    state: TrainingState
    due_on: date
    valid_until: date | None
    grace_until: date


@dataclass
class PersonState:
    """How one person in post stands; `needs` lists the required modules."""

    staff_member_id: int
    needs: list[Need] = field(default_factory=list)

    @property
    def state(self) -> TrainingState:
        if not self.needs:
            return TrainingState.NOT_REQUIRED
        return min((need.state for need in self.needs), key=STATES.index)

    @property
    def missing(self) -> list[Need]:
        return [need for need in self.needs if need.state != TrainingState.VALID]

    @property
    def valid_until(self) -> date | None:
        """Return the last day on which everything required is valid, if it is."""
        days = [need.valid_until for need in self.needs if need.valid_until]
        return min(days) if days and not self.missing else None

    @property
    def due_on(self) -> date | None:
        return min((need.due_on for need in self.missing), default=None)
