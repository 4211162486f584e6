"""Test visits in two waves, with what the testers saw and when it was released."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from accounts.enums import Role
from accounts.models import User
from core.models import Area
from county.drawing import Lot
from county.places import Place, Span
from partners.register.enums import PremisesKind, Shift
from partners.visits.enums import Result, Step, VisitState
from partners.visits.models import (
    AreaStandard,
    Authorisation,
    ChecklistItem,
    ChecklistVersion,
    Observation,
    Scenario,
    TestVisit,
)
from partners.visits.rules import SeenStep, outcome_of

RECEIPT_LENGTH = 8
VISITED_KINDS = frozenset({PremisesKind.HOTEL, PremisesKind.BED_AND_BREAKFAST})
# Days before today on which a wave begins and ends, and the share of places visited.
WAVES = ((300, 270, 0.7), (105, 63, 0.6))
VISIT_SHIFTS = {Shift.EVENING: 50, Shift.NIGHT: 35, Shift.DAY: 15}
VISIT_HOURS = {Shift.EVENING: time(19, 40), Shift.NIGHT: time(23), Shift.DAY: time(14)}
# How likely staff do a step at a place of average diligence.
LIKELY = {
    Step.NOTICED: 0.70,
    Step.ASKED: 0.66,
    Step.ASKED_ID: 0.78,
    Step.REFUSED: 0.40,
    Step.CALLED_POLICE: 0.52,
    Step.USED_PHRASE: 0.48,
    Step.KEPT_ROOM: 0.55,
    Step.LOGGED: 0.50,
}
AVERAGE_DILIGENCE = 0.71
LEARNED_SINCE = 0.4
DECIDED = {
    "reference": "DEMO-{number:02}",
    "decision_maker": "Superintendent (invented)",
    "legal_check": "Legal services (invented): overt test, no authorisation needed",
    "data_protection": "Version 1 (invented)",
}
AUTHORISED_DAYS = 365


@dataclass(frozen=True)
class Script:
    """A scenario, its checklist in force, and the items of that checklist."""

    scenario: Scenario
    version: ChecklistVersion
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True)
class Planned:
    """A visit to draw: where, when, how much was learned since, and what it follows."""

    place: Place
    day: date
    bonus: float = 0.0
    retest_of: TestVisit | None = None


@dataclass(frozen=True)
class Taken:
    """A released visit with its place and its observations."""

    visit: TestVisit
    place: Place
    observations: tuple[Observation, ...]

    @property
    def gaps(self) -> list[Observation]:
        return [
            seen
            for seen in self.observations
            if seen.result == Result.NO and seen.item.step in self.visit.standard
        ]


class Testers:
    """Takes visits: draws what was seen and saves visits and observations at once."""

    def __init__(self, lot: Lot, span: Span, people: dict[Role, User]) -> None:
        self.lot = lot
        self.span = span
        self.people = people
        self.scripts = _scripts()
        self.standards: dict[int, frozenset[str]] = {}
        self.authorisations: dict[int, Authorisation] = {}

    def wave(self, places: Sequence[Place], number: int) -> list[Planned]:
        """Choose the places of a wave among those taking part since before it."""
        begins, ends, share = WAVES[number]
        first = self.span.today - timedelta(days=begins)
        last = self.span.today - timedelta(days=ends)
        eligible = [
            place
            for place in places
            if place.premises.kind in VISITED_KINDS
            and place.premises.joined_on <= first
            and place.closed_on is None
        ]
        return [
            Planned(place, self.lot.day_between(first, last), bonus=0.1 * number)
            # The first place is the one whose manager signs in: it has a history.
            for place in eligible
            if place is places[0] or self.lot.chance(share)
        ]

    def take(self, planned: Sequence[Planned]) -> list[Taken]:
        """Save visits as submitted and released, with their observations."""
        drawn = [self._draw(one) for one in planned]
        TestVisit.objects.bulk_create([one.visit for one in drawn], batch_size=500)
        for one in drawn:
            for seen in one.observations:
                seen.visit = one.visit
        Observation.objects.bulk_create(
            [seen for one in drawn for seen in one.observations], batch_size=1000
        )
        return drawn

    def _draw(self, planned: Planned) -> Taken:
        script = self.lot.choice(self.scripts)
        seconds = self.lot.randint(20, 60)
        observations = []
        for item in script.items:
            seconds += self.lot.randint(15, 120)
            result = self._result(planned, item)
            timed = seconds if result == Result.YES else None
            observations.append(
                Observation(item=item, revision=1, result=result, seconds=timed)
            )
        visit = self.unreleased(planned.place, planned.day, script)
        visit.retest_of = planned.retest_of
        self._release(visit, planned.place, observations)
        return Taken(visit, planned.place, tuple(observations))

    def _result(self, planned: Planned, item: ChecklistItem) -> Result:
        if item.step == Step.KEPT_ROOM and self.lot.chance(0.1):
            return Result.NOT_APPLICABLE
        better = 0.5 * (planned.place.diligence - AVERAGE_DILIGENCE) + planned.bonus
        likely = LIKELY[Step(item.step)] + better
        return Result.YES if self.lot.chance(likely) else Result.NO

    def unreleased(self, place: Place, day: date, script: Script) -> TestVisit:
        """Return a planned visit, not saved yet."""
        shift = self.lot.weighted(VISIT_SHIFTS)
        return TestVisit(
            key=self.lot.key(),
            premises=place.premises,
            scenario=script.scenario,
            checklist_version=script.version,
            tester=self.people[Role.TESTER],
            planned_by=self.people[Role.OFFICER],
            planned_on=day,
            planned_time=VISIT_HOURS[shift],
            shift=shift,
            authorisation=self._authorisation(place.premises.area),
        )

    def _authorisation(self, area: Area) -> Authorisation:
        """Return the decision for an area, made before the first wave."""
        if area.pk not in self.authorisations:
            number = len(self.authorisations) + 1
            decided_on = self.span.today - timedelta(days=AUTHORISED_DAYS)
            self.authorisations[area.pk] = Authorisation.objects.create(
                key=self.lot.key(),
                area=area,
                decided_on=decided_on,
                review_on=self.span.today + timedelta(days=AUTHORISED_DAYS),
                entered_by=self.people[Role.OFFICER],
                entered_at=self.lot.moment(decided_on, 9, 16),
                **{name: text.format(number=number) for name, text in DECIDED.items()},
            )
        return self.authorisations[area.pk]

    def submit(self, visit: TestVisit) -> None:
        visit.state = VisitState.SUBMITTED
        visit.visited_on = visit.planned_on
        visit.submitted_at = self.lot.moment(visit.planned_on, 21, 23)
        visit.receipt = self.lot.code(RECEIPT_LENGTH)
        visit.revision = 1
        visit.brief_read_at = self.lot.moment(visit.planned_on, 12, 13)

    def check(self, visit: TestVisit) -> None:
        visit.checked_by = self.people[Role.AREA_LEAD]
        visit.checked_at = self.lot.moment(visit.planned_on + timedelta(1), 9, 16)

    def _release(
        self, visit: TestVisit, place: Place, observations: Sequence[Observation]
    ) -> None:
        self.submit(visit)
        self.check(visit)
        standard = self._standard(place)
        seen = [
            SeenStep(line.item.step, line.item.is_critical, line.result)
            for line in observations
        ]
        visit.state = VisitState.RELEASED
        visit.standard = sorted(standard)
        visit.outcome = outcome_of(seen, standard) or ""
        days = self.lot.randint(2, 9)
        visit.released_at = self.lot.moment(visit.planned_on + timedelta(days), 9, 16)

    def _standard(self, place: Place) -> Collection[str]:
        area = place.premises.area
        if area.pk not in self.standards:
            self.standards[area.pk] = AreaStandard.objects.steps_for(area)
        return self.standards[area.pk]


def plan_more(testers: Testers, places: Sequence[Place]) -> None:
    """Leave some visits unreleased: one to come for the tester, some to be released."""
    open_places = [
        place
        for place in places
        if place.premises.kind in VISITED_KINDS and place.closed_on is None
    ]
    chosen = testers.lot.sample(open_places[1:], k=min(4, len(open_places) - 1))
    for number, place in enumerate(chosen):
        day = testers.span.today + timedelta(days=number - 2)
        script = testers.lot.choice(testers.scripts)
        visit = testers.unreleased(place, day, script)
        if day < testers.span.today:
            testers.submit(visit)
        visit.save()
        if visit.state == VisitState.SUBMITTED:
            Observation.objects.bulk_create(
                Observation(
                    visit=visit,
                    item=item,
                    revision=visit.revision,
                    result=testers.lot.choice(list(Result)[:2]),
                )
                for item in script.items
            )


def _scripts() -> list[Script]:
    scripts = []
    for scenario in Scenario.objects.order_by("slug"):
        version = ChecklistVersion.objects.current(scenario)
        if version is not None:
            items = tuple(version.items.order_by("position"))
            scripts.append(Script(scenario, version, items))
    return scripts
