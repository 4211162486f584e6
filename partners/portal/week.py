"""What a manager looks at each week: who is due, who came, who may have left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partners.portal.models import StillHere
from partners.portal.rendering import WITHOUT_TRAINING, Person
from partners.register.enums import ImportState
from partners.register.models import Premises, Spell, SpellQuerySet, StagedImport
from partners.training.coverage import Need, PersonState, people_states
from partners.training.models import Attempt, Progress
from partners.training.nudges import OVERDUE, deadline_of

LOOK_BACK = timedelta(days=30)
LOOK_AHEAD = timedelta(days=30)
NAMED_AT_HOME = 8
# So long overdue, and nothing heard since: perhaps they have left.
SILENT_AFTER = timedelta(days=90)
# Who is said to be here still is not asked about again for as long.
ASK_AGAIN_AFTER = timedelta(days=90)
# More are not asked about at once: whoever answers these sees the next.
ASKED_AT_ONCE = 50

type States = Mapping[int, PersonState]


@dataclass(frozen=True)
class Due:
    """One person whose training is late, or will be soon."""

    name: str
    day: date
    is_late: bool
    titles: list[str]


@dataclass(frozen=True)
class Movements:
    """Who has come and gone lately, and who is about to go."""

    started: int
    left: int
    starters_without_training: list[Person]
    leaving: list[Spell]


@dataclass(frozen=True)
class LeaverQuestion:
    """Somebody in post of whom we do not know whether they still are.

    `last_day` is what one tap notes; `staged` the list that does not name them.
    """

    spell: Spell
    why: str
    last_day: date
    staged: StagedImport | None = None


@dataclass(frozen=True)
class Week:
    due: list[Due]
    due_unnamed: int
    movements: Movements
    questions: list[LeaverQuestion]


def week_of(premises: Premises, *, today: date) -> Week:
    """Gather all of it, in three queries for any number of people."""
    states = people_states(premises=premises, day=today)
    pressing = _pressing_first(states, until=today + LOOK_AHEAD)
    named = [pk for pk, _needs in pressing[:NAMED_AT_HOME]]
    silent = _silent(states, today)[:ASKED_AT_ONCE]
    staged = _newest_list(premises)
    missing = staged.missing[:ASKED_AT_ONCE] if staged else []
    spells = list(
        _with_answers(premises)
        .filter(
            moved_around(today)
            | Q(staff_member__in={*named, *silent})
            | Q(pk__in=missing)
        )
        .order_by("started_on", "pk")
    )
    names = {spell.staff_member_id: str(spell.staff_member) for spell in spells}
    return Week(
        due=[due_of(names[pk], needs) for pk, needs in pressing if pk in named],
        due_unnamed=len(pressing) - len(named),
        movements=movements_of(spells, states, today=today),
        questions=_questions(spells, states, staged, today=today),
    )


def questions_of(
    premises: Premises, *, today: date, states: States | None = None
) -> list[LeaverQuestion]:
    """Return whom to ask about, those first whom a list of everybody leaves out."""
    if states is None:
        states = people_states(premises=premises, day=today)
    staged = _newest_list(premises)
    about = Q(staff_member__in=_silent(states, today)[:ASKED_AT_ONCE])
    if staged:
        about |= Q(pk__in=staged.missing[:ASKED_AT_ONCE])
    spells = _with_answers(premises).filter(about).order_by("started_on", "pk")
    return _questions(list(spells), states, staged, today=today)


def pressing(needs: Iterable[Need], *, until: date) -> list[Need]:
    """Return what is late, or will be by a day."""
    return [
        need for need in needs if need.state in OVERDUE or deadline_of(need) <= until
    ]


def due_of(name: str, needs: Sequence[Need]) -> Due:
    return Due(
        name=name,
        day=min(map(deadline_of, needs)),
        is_late=any(need.state in OVERDUE for need in needs),
        titles=sorted(need.title for need in needs),
    )


def moved_around(today: date) -> Q:
    """Match spells that began or ended lately, or are about to end."""
    return Q(started_on__range=(today - LOOK_BACK, today)) | Q(
        ended_on__range=(today - LOOK_BACK, today + LOOK_AHEAD)
    )


def movements_of(spells: Iterable[Spell], states: States, *, today: date) -> Movements:
    """Sort out starters and leavers of the last and the next thirty days."""
    spells = list(spells)
    recent = [
        Person(spell, states.get(spell.staff_member_id))
        for spell in spells
        if today - LOOK_BACK <= spell.started_on <= today
    ]
    ending = [spell for spell in spells if spell.ended_on]
    leaving = [one for one in ending if today <= _end(one) <= today + LOOK_AHEAD]
    return Movements(
        started=len(recent),
        left=sum(today - LOOK_BACK <= _end(one) < today for one in ending),
        starters_without_training=[
            person
            for person in reversed(recent)
            if person.training and person.training.state in WITHOUT_TRAINING
        ],
        leaving=sorted(leaving, key=lambda one: (_end(one), one.pk)),
    )


def _end(spell: Spell) -> date:
    return spell.ended_on or date.max


def _pressing_first(states: States, *, until: date) -> list[tuple[int, list[Need]]]:
    found = [
        (pk, needs)
        for pk, state in states.items()
        if (needs := pressing(state.needs, until=until))
    ]
    return sorted(found, key=lambda one: (min(map(deadline_of, one[1])), one[0]))


def _silent(states: States, today: date) -> list[int]:
    """Return whose training is long overdue, the longest first."""
    long_ago = today - SILENT_AFTER
    late = {
        pk: min(overdue)
        for pk, state in states.items()
        if (overdue := _overdue_days(state)) and min(overdue) < long_ago
    }
    return sorted(late, key=lambda pk: (late[pk], pk))


def _overdue_days(state: PersonState) -> list[date]:
    return [deadline_of(need) for need in state.needs if need.state in OVERDUE]


def _newest_list(premises: Premises) -> StagedImport | None:
    """Return the last list that names everybody, unless it was taken back."""
    lists = StagedImport.objects.filter(
        premises=premises, is_everybody=True, state=ImportState.APPLIED
    )
    return lists.order_by("-applied_at", "-pk").first()


def _with_answers(premises: Premises) -> SpellQuerySet:
    """Add when somebody was last said to be here, and whether they were seen since."""
    answers = StillHere.objects.filter(spell=OuterRef("pk")).order_by("-said_at")
    since = timezone.now() - SILENT_AFTER
    theirs = {"staff_member": OuterRef("staff_member")}
    return (
        premises.spells.of_controller(premises)
        .standing()
        .select_related("staff_member")
        .annotate(
            said_here_at=Subquery(answers.values("said_at")[:1]),
            was_seen=Exists(Attempt.objects.filter(submitted_at__gt=since, **theirs))
            | Exists(Progress.objects.filter(started_at__gt=since, **theirs)),
        )
    )


def _questions(
    spells: list[Spell], states: States, staged: StagedImport | None, *, today: date
) -> list[LeaverQuestion]:
    open_now = [
        spell
        for spell in spells
        if spell.ended_on is None and spell.started_on <= today
    ]
    missing = set(staged.missing) if staged else set()
    left_out = [
        _left_out(spell, staged)
        for spell in open_now
        if staged and spell.pk in missing and not _said_since(spell, staged.created_at)
    ]
    silent = {*_silent(states, today)}
    recently = timezone.now() - ASK_AGAIN_AFTER
    unheard = [
        _unheard(spell, states[spell.staff_member_id], today)
        for spell in open_now
        if spell.pk not in missing
        and spell.staff_member_id in silent
        and not getattr(spell, "was_seen", False)
        and not _said_since(spell, recently)
    ]
    return [*left_out, *unheard]


def _said_since(spell: Spell, moment: datetime) -> bool:
    said_at: datetime | None = getattr(spell, "said_here_at", None)
    return said_at is not None and said_at > moment


def _left_out(spell: Spell, staged: StagedImport) -> LeaverQuestion:
    day = timezone.localdate(staged.created_at)
    return LeaverQuestion(
        spell=spell,
        why=_("Not on your list of everybody of %(day)s.")
        % {"day": date_format(day, "j F")},
        last_day=max(day, spell.started_on),
        staged=staged,
    )


def _unheard(spell: Spell, state: PersonState, today: date) -> LeaverQuestion:
    since = min(_overdue_days(state))
    return LeaverQuestion(
        spell=spell,
        why=_("Training overdue since %(day)s, and nothing begun.")
        % {"day": date_format(since, "j F Y")},
        last_day=today,
    )
