"""Reminders to people in post, each morning, each of them once."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from outbox.models import Message
from outbox.services import begin_round, end_round
from partners.register.enums import PremisesState
from partners.register.models import Premises, Spell, StaffMember
from partners.training.coverage import PersonState, people_states, person_needs
from partners.training.nudges import Nudge, nudge_for
from partners.training.services.personal_links import make_personal_link
from partners.training.services.telling import Way, tell, ways_to

ROUND = "reminders"


def send_reminders(*, now: datetime) -> int:
    """Write this morning's reminders; return how many are new.

    Not one transaction: killed in between it leaves what was written, and run again it
    writes the rest, as of the moment the round began. A second run writes nothing.
    """
    round_ = begin_round(name=ROUND, now=now)
    if round_ is None:
        return 0
    places = Premises.objects.active().select_related("organisation").order_by("pk")
    written = sum(
        _remind_at(premises, now=round_.begun_at) for premises in places.iterator()
    )
    end_round(round_=round_, name=ROUND, now=now)
    return written


def _remind_at(premises: Premises, *, now: datetime) -> int:
    today = timezone.localdate(now)
    nudges = _nudges_at(premises, today)
    if not nudges:
        return 0
    people = StaffMember.objects.select_related("organisation").in_bulk(nudges)
    ways = ways_to(people.values())
    known = set(
        Message.objects.filter(
            dedupe_key__in=[nudge.key(pk) for pk, nudge in nudges.items()]
        ).values_list("dedupe_key", flat=True)
    )
    return sum(
        _remind(people[pk], ways[pk], premises, nudge, now=now)
        for pk, nudge in nudges.items()
        if pk in ways and nudge.key(pk) not in known
    )


def _nudges_at(premises: Premises, today: date) -> dict[int, Nudge]:
    """Return why each person in post should be written to today, by key."""
    since: dict[int, date] = {}
    spells = Spell.objects.in_post(today)
    here = spells.filter(premises=premises).values_list("staff_member", "started_on")
    for person, started_on in here:
        since[person] = min(started_on, since.get(person, started_on))
    if not since:
        return {}
    states = people_states(premises=premises, day=today)
    first_place = _first_place_of_those_with_two(since, today)
    nudges: dict[int, Nudge] = {}
    for pk in sorted(since.keys() & states.keys()):
        state = states[pk]
        if pk in first_place:
            if first_place[pk] != premises.pk:
                continue
            state = _state_everywhere(pk, today)
        if nudge := nudge_for(state, started_on=since[pk], today=today):
            nudges[pk] = nudge
    return nudges


def _state_everywhere(person_id: int, today: date) -> PersonState:
    person = StaffMember.objects.get(pk=person_id)
    return PersonState(person_id, person_needs(staff_member=person, day=today))


def _first_place_of_those_with_two(
    people: Collection[int], today: date
) -> dict[int, int]:
    """Return, for who works at several places, the one that writes for them all."""
    places = (
        Spell.objects.in_post(today)
        .filter(staff_member__in=people, premises__state=PremisesState.ACTIVE)
        .values("staff_member")
        .annotate(number=Count("premises", distinct=True), first=Min("premises"))
    )
    return {row["staff_member"]: row["first"] for row in places.filter(number__gt=1)}


@transaction.atomic
def _remind(
    person: StaffMember, way: Way, premises: Premises, nudge: Nudge, *, now: datetime
) -> bool:
    """Write one reminder with a link of its own; both, or neither."""
    # Two workers at once: the second waits here, and then sees the message.
    StaffMember.objects.select_for_update().get(pk=person.pk)
    if Message.objects.filter(dedupe_key=nudge.key(person.pk)).exists():
        return False
    issued = make_personal_link(
        staff_member=person, premises=premises, now=now, job="training.reminders"
    )
    message = tell(
        person=person,
        way=way,
        premises=premises,
        template=nudge.template,
        dedupe_key=nudge.key(person.pk),
        context={"nudge": nudge, "issued": issued},
        now=now,
    )
    return message is not None
