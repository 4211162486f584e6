"""Whatever happens, in whatever order, coverage is the same three ways.

By the query, by the rows that are kept, and by counting person by person.
"""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from core.enums import AreaKind
from partners.register.enums import PremisesKind, Shift, StaffRole
from partners.register.models import Premises, Spell
from partners.register.services import (
    RegisterError,
    add_starter,
    correct_spell,
    mark_left,
    void_spell,
)
from partners.training.coverage import Coverage, coverage_by_days
from partners.training.day_rows import COUNTED_BY, FIGURES
from partners.training.enums import CoverageLevel, LateStarters, Renewal
from partners.training.models import Attendance, CoverageDay, Requirement
from partners.training.services import (
    TrainingError,
    change_requirement,
    close_session,
    complete_module,
    differences,
    end_requirement,
    keep_coverage,
    kept_days,
    mark_people,
    save_requirement,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import OrganisationFactory, PremisesFactory
from tests.factories.training import (
    AttemptFactory,
    AttendanceFactory,
    TrainingSessionFactory,
)
from tests.partners.training import brute_force
from tests.partners.training.brute_force import World

FIRST_DAY = datetime.date(2026, 10, 20)
ROLES = (StaffRole.RECEPTION, StaffRole.BAR)
GROUPS = {
    CoverageLevel.PREMISES: brute_force.by_premises,
    CoverageLevel.ORGANISATION: brute_force.by_organisation,
    CoverageLevel.AREA: brute_force.by_area,
    CoverageLevel.EVERYBODY: brute_force.together,
}
pytestmark = pytest.mark.django_db

few = st.integers(0, 3)
some_days = st.integers(-12, 12)
roles = st.sets(st.sampled_from(ROLES), min_size=1)
terms = st.fixed_dictionaries(
    {
        "within_days": st.sampled_from((0, 3, 10)),
        "grace_days": st.sampled_from((0, 2, 6)),
        "valid_months": st.sampled_from((1, 12)),
        "window_days": st.sampled_from((0, 5)),
    }
)
seasons = st.sampled_from(
    (
        {},
        {
            "renewal": Renewal.SEASON,
            "season_opens": "10-01",
            "season_closes": "10-31",
            "late_starters": LateStarters.NEXT_SEASON,
            "late_starter_days": 5,
        },
    )
)
scopes = st.fixed_dictionaries(
    {
        "premises_kind": st.sampled_from(("", PremisesKind.HOTEL)),
        "shift": st.sampled_from(("", Shift.NIGHT)),
    }
)
starts = st.tuples(
    st.just("start"),
    st.tuples(few, few, st.sampled_from(ROLES), st.sampled_from(Shift), some_days),
)
acts = st.one_of(
    starts,
    starts,
    st.tuples(st.just("leave"), st.tuples(few, some_days)),
    st.tuples(st.just("void"), few),
    st.tuples(
        st.just("correct"),
        st.tuples(
            few,
            st.sampled_from(ROLES),
            st.sampled_from(Shift),
            some_days,
            st.none() | some_days,
        ),
    ),
    st.tuples(st.just("complete"), st.tuples(few, st.integers(0, 1))),
    st.tuples(st.just("hold"), st.tuples(few, st.integers(0, 1), st.integers(0, 5))),
    st.tuples(st.just("take_back"), few),
    st.tuples(st.just("require"), st.tuples(few, roles, terms, seasons, scopes)),
    st.tuples(
        st.just("change"),
        st.tuples(few, roles, terms, seasons, some_days, st.booleans()),
    ),
    st.tuples(st.just("end"), st.tuples(few, some_days)),
    st.tuples(st.just("sleep"), st.integers(1, 6)),
)


class County:
    """A few places, people and modules, and a day that goes on."""

    def __init__(self):
        force = AreaFactory.create(kind=AreaKind.FORCE)
        districts = [AreaFactory.create(parent=force) for _ in range(2)]
        chain, other = OrganisationFactory.create(), OrganisationFactory.create()
        self.areas = [None, force, *districts]
        self.places = [
            PremisesFactory.create(
                organisation=organisation,
                area=area,
                kind=kind,
                joined_on=FIRST_DAY - datetime.timedelta(days=4),
            )
            for organisation, area, kind in (
                (chain, districts[0], PremisesKind.HOTEL),
                (chain, districts[1], PremisesKind.TAXI),
                (other, districts[0], PremisesKind.HOTEL),
                (other, districts[1], PremisesKind.HOTEL),
            )
        ]
        self.modules = [ModuleFactory.create() for _ in range(2)]
        self.versions = [
            ModuleVersionFactory.create(module=one) for one in self.modules
        ]
        self.actor = UserFactory.create(roles=[Role.OFFICER], areas=[force])
        self.today = FIRST_DAY

    @property
    def now(self):
        noon = datetime.time(12, tzinfo=datetime.UTC)
        return datetime.datetime.combine(self.today, noon)

    def act(self, act, facts):
        """Do one thing; what the services refuse, nobody has done."""
        try:
            with transaction.atomic():
                getattr(self, act)(*_as_tuple(facts))
        except (RegisterError, TrainingError):
            pass

    def start(self, person, place, role, shift, ago):
        add_starter(
            premises=self.places[place],
            name=f"Worker {person}",
            staff_number=f"{person}",
            role=role,
            shift=shift,
            started_on=self._day(-ago),
            actor=self.actor,
            now=self.now,
        )

    def leave(self, number, ahead):
        if spell := _one(Spell.objects.order_by("pk"), number):
            day = max(self._day(ahead), spell.started_on)
            mark_left(spell=spell, last_day=day, actor=self.actor, now=self.now)

    def void(self, number):
        if spell := _one(Spell.objects.order_by("pk"), number):
            void_spell(spell=spell, reason="Wrong", actor=self.actor, now=self.now)

    def correct(self, number, role, shift, ago, ahead):
        """Put an entry right that was wrong from its first day, or its last."""
        if spell := _one(Spell.objects.order_by("pk"), number):
            first = self._day(-ago)
            correct_spell(
                spell=spell,
                role=role,
                shift=shift,
                started_on=first,
                ended_on=None if ahead is None else max(first, self._day(ahead)),
                actor=self.actor,
                now=self.now,
            )

    def complete(self, number, module):
        if spell := _one(Spell.objects.order_by("pk"), number):
            attempt = AttemptFactory.create(
                staff_member=spell.staff_member, version=self.versions[module]
            )
            complete_module(attempt=attempt, now=self.now)

    def hold(self, number, module, ago):
        """Hold a session, some days before it is closed and entered."""
        if spell := _one(Spell.objects.order_by("pk"), number):
            session = TrainingSessionFactory.create(
                at=spell.premises,
                version=self.versions[module],
                opened=True,
                starts_at=self.now - datetime.timedelta(days=ago, hours=2),
            )
            AttendanceFactory.create(session=session, spell=spell)
            close_session(session=session, actor=self.actor, now=self.now)

    def take_back(self, number):
        there = Attendance.objects.standing().select_related("spell__premises__area")
        if row := _one(there.order_by("pk"), number):
            mark_people(
                session=row.session,
                premises=row.spell.premises,
                came=[],
                not_there=[row.staff_member_id],
                actor=self.actor,
                now=self.now,
                note="Mixed up.",
            )

    def require(self, number, roles, terms, season, scope):
        requirement = Requirement(
            module=self.modules[number % 2],
            area=self.areas[number],
            starts_on=self.today,
            **terms,
            **season,
            **scope,
        )
        save_requirement(
            requirement=requirement, roles=roles, actor=self.actor, today=self.today
        )

    def change(self, number, roles, terms, season, ahead, spares):
        if old := _one(Requirement.objects.order_by("pk"), number):
            change_requirement(
                requirement=old,
                wanted=Requirement(ends_on=old.ends_on, **terms, **season),
                roles=roles,
                applies_on=self._day(ahead),
                spares_people_in_post=spares,
                actor=self.actor,
                today=self.today,
            )

    def end(self, number, ahead):
        if old := _one(Requirement.objects.order_by("pk"), number):
            end_requirement(
                requirement=old,
                last_day=self._day(ahead),
                actor=self.actor,
                today=self.today,
            )

    def sleep(self, nights):
        self.today += datetime.timedelta(days=nights)
        keep_coverage(today=self.today)

    def _day(self, ahead):
        return self.today + datetime.timedelta(days=ahead)


def _as_tuple(facts):
    return facts if isinstance(facts, tuple) else (facts,)


def _one(rows, number):
    found = list(rows)
    return found[number % len(found)] if found else None


def figures(row):
    return [getattr(row, name) for name in FIGURES]


def live_through(done):
    county = County()
    for act, facts in done:
        county.act(act, facts)
    county.sleep(1)
    world, places = World.read(), Premises.objects.all()
    span = kept_days()
    assert span is not None
    first, last = span
    days = [
        first + datetime.timedelta(days=number)
        for number in range((last - first).days + 1)
    ]

    for level, groups_of in GROUPS.items():
        counted = coverage_by_days(days=days, premises=places, level=COUNTED_BY[level])
        kept = {
            (row.subject_id, row.day): Coverage(
                *(getattr(row, name) for name in FIGURES)
            )
            for row in CoverageDay.objects.filter(level=level)
            if row.in_post
        }
        by_hand = {
            (group, day): coverage
            for day in days
            for group, coverage in world.coverage(day, groups_of).items()
        }
        assert counted == by_hand
        assert kept == by_hand
    assert list(differences(first=first, last=last)) == []


def in_a_county_of_its_own(examples):
    def decorate(test):
        return settings(
            max_examples=examples,
            deadline=None,
            # Rows are rolled back after each example, so the fixture may be shared.
            suppress_health_check=[
                HealthCheck.function_scoped_fixture,
                HealthCheck.too_slow,
            ],
        )(given(done=st.lists(acts, min_size=8, max_size=40))(test))

    return decorate


def rolled_back(done):
    with transaction.atomic():
        live_through(done)
        transaction.set_rollback(True)


@in_a_county_of_its_own(examples=12)
def test_coverage_is_the_same_by_query_by_kept_rows_and_by_hand(done):
    rolled_back(done)


@pytest.mark.proof
@in_a_county_of_its_own(examples=400)
def test_coverage_is_the_same_three_ways_whatever_happens(done):
    rolled_back(done)
