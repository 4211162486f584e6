"""Leavers are forgotten when their time is up: name and addresses, never history."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from core import personal_data
from core.audit import record
from core.models import Area
from partners.register.models import (
    Organisation,
    Premises,
    RetentionTerm,
    Spell,
    StaffMember,
)
from partners.register.rules import RETENTION_MONTHS, months_after
from partners.register.services.errors import RegisterError

JOB = "partners.register.tasks.anonymise_leavers"


class Leaver(NamedTuple):
    """Somebody in no post any more, and from which day their name is removed."""

    person: StaffMember
    left_on: date
    forgotten_on: date


def leavers(*, premises: Premises | None = None, today: date) -> list[Leaver]:
    """List who has left everywhere, who goes first, with the day; changes nothing.

    With `premises` only those who worked there last, for whoever runs them today.
    """
    terms = _Terms()
    standing = Spell.objects.standing().filter(staff_member=OuterRef("pk"))
    last = standing.order_by("-ended_on", "-pk")
    people = (
        StaffMember.objects.filter(anonymised_at=None)
        .filter(Exists(standing), ~Exists(standing.open_on_or_after(today)))
        .annotate(
            left_on=Max("spells__ended_on", filter=Q(spells__voided_at=None)),
            last_premises=Subquery(last.values("premises")[:1]),
            last_area=Subquery(last.values("premises__area")[:1]),
        )
    )
    if premises is not None:
        people = people.filter(
            last_premises=premises.pk, organisation=premises.organisation_id
        )
    found = [
        Leaver(
            one,
            one.left_on,
            months_after(one.left_on, terms.months(one.organisation_id, one.last_area)),
        )
        for one in people
    ]
    return sorted(found, key=lambda leaver: (leaver.forgotten_on, leaver.person.pk))


def anonymise_leavers(*, now: datetime) -> int:
    """Forget everybody whose time is up; return how many.

    Each in a transaction of their own: killed in between, it leaves whole people only,
    and run again it goes on with the rest.
    """
    today = timezone.localdate(now)
    due = [one for one in leavers(today=today) if one.forgotten_on <= today]
    return sum(anonymise(person=one.person, now=now) for one in due)


@transaction.atomic
def anonymise(*, person: StaffMember, now: datetime) -> bool:
    """Blank name and addresses of somebody who has left, here and in every room.

    Spells, attempts and completions stay: they refer by id. Says whether it was done;
    not for somebody who came back meanwhile, nor a second time.
    """
    person = StaffMember.objects.select_for_update(of=("self",)).get(pk=person.pk)
    today = timezone.localdate(now)
    is_back = Spell.objects.open_on_or_after(today).filter(staff_member=person)
    if person.anonymised_at is not None or is_back.exists():
        return False
    personal_data.forget(person, now=now)
    person.name = person.staff_number = person.email = person.phone = ""
    person.anonymised_at = now
    person.save(
        update_fields=["name", "staff_number", "email", "phone", "anonymised_at"]
    )
    record("staffmember.anonymised", person, job=JOB)
    return True


@transaction.atomic
def set_retention(
    *, area: Area | None, organisation: Organisation | None, months: int
) -> RetentionTerm:
    """Set for how many months leavers' names are kept in one area or organisation.

    :raises RegisterError: when it is less than a month or more than ten years.
    """
    if not 1 <= months <= 120:
        raise RegisterError(_("Names are kept for 1 to 120 months."))
    term, _is_new = RetentionTerm.objects.update_or_create(
        area=area, organisation=organisation, defaults={"months": months}
    )
    record("retention.set", term, job="manage.py retention", months=months)
    return term


class _Terms:
    """All terms, read once."""

    def __init__(self) -> None:
        terms: Iterable[RetentionTerm] = RetentionTerm.objects.select_related("area")
        self._organisations: dict[int, int] = {}
        self._areas: dict[int, int] = {}
        for term in terms:
            if term.organisation_id:
                self._organisations[term.organisation_id] = term.months
            elif term.area_id:
                self._areas[term.area_id] = term.months
        self._parents = dict(
            Premises.objects.values_list("area", "area__parent").distinct()
        )

    def months(self, organisation: int, area: int) -> int:
        if own := self._organisations.get(organisation):
            return own
        parent = self._parents.get(area)
        return self._areas.get(area) or self._areas.get(parent or 0) or RETENTION_MONTHS
