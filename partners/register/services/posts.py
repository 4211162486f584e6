"""What happens to the posts of a whole place when it closes or changes hands."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from core.audit import record
from core.signals import spell_changed
from partners.register.models import Organisation, Premises, Spell, StaffMember
from partners.register.rules import folded


def end_posts(
    premises: Premises, *, last_day: date, reason: str, job: str, now: datetime
) -> list[Spell]:
    """End every post on a day, in the caller's transaction; return what would go on.

    A post that was to end later is voided and entered again with the new last day; one
    that was to begin later is voided: nobody has worked on those days.
    """
    beyond = list(
        Spell.objects.select_for_update(of=("self",))
        .open_on_or_after(last_day + timedelta(days=1))
        .filter(premises=premises)
        .select_related("staff_member")
        .order_by("pk")
    )
    for spell in beyond:
        for changed in _ended(spell, last_day, reason, now):
            record("spell.ended", changed, job=job, premises=premises.pk)
            spell_changed.send(sender=Spell, spell=changed, now=now)
    return beyond


def continue_posts(
    spells: Iterable[Spell],
    organisation: Organisation,
    *,
    first_day: date,
    job: str,
    now: datetime,
) -> int:
    """Enter people anew in the list of another controller; return how many there are.

    Name, number, address and language go over, nothing else: what they did for the
    controller before stays with that controller.
    """
    people: dict[int, StaffMember] = {}
    taken = _numbered(organisation)
    for old in spells:
        person = people.get(old.staff_member_id)
        if person is None:
            person = _successor(old.staff_member, organisation, taken)
            people[old.staff_member_id] = person
        spell = Spell.objects.create(
            staff_member=person,
            premises_id=old.premises_id,
            role=old.role,
            shift=old.shift,
            started_on=max(first_day, old.started_on),
            ended_on=old.ended_on,
        )
        record("spell.started", spell, job=job, premises=old.premises_id)
        spell_changed.send(sender=Spell, spell=spell, now=now)
    return len(people)


def _ended(spell: Spell, last_day: date, reason: str, now: datetime) -> Iterable[Spell]:
    # The caller reads the days as they were; the rows are changed on copies.
    row = Spell.objects.get(pk=spell.pk)
    if row.ended_on is None and row.started_on <= last_day:
        row.ended_on = last_day
        row.save(update_fields=["ended_on"])
        return [row]
    row.voided_at, row.void_reason = now, reason
    row.save(update_fields=["voided_at", "void_reason"])
    if row.started_on > last_day:
        return [row]
    shortened = Spell.objects.create(
        staff_member=spell.staff_member,
        premises_id=spell.premises_id,
        role=spell.role,
        shift=spell.shift,
        started_on=spell.started_on,
        ended_on=last_day,
    )
    return [row, shortened]


def _numbered(organisation: Organisation) -> dict[str, StaffMember]:
    people = StaffMember.objects.filter(organisation=organisation)
    return {one.staff_number: one for one in people.exclude(staff_number="")}


def _successor(
    old: StaffMember, organisation: Organisation, taken: dict[str, StaffMember]
) -> StaffMember:
    known = taken.get(old.staff_number)
    if known is not None and folded(known.name) == folded(old.name):
        return known
    return StaffMember.objects.create(
        organisation=organisation,
        name=old.name,
        # A number that means somebody else in the other organisation is left out.
        staff_number="" if known else old.staff_number,
        email=old.email,
        phone=old.phone,
        language=old.language,
    )
