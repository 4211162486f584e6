from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.register.models import Premises, Spell, StaffMember
from partners.register.rules import folded
from partners.register.services.errors import RegisterError


class Roster:
    """The people one premises may know again, read once however many are looked up.

    A staff number tells people of the organisation apart. Without one a name is the
    same person at the same premises, unless the e-mail addresses differ.
    """

    def __init__(self, premises: Premises, *, numbers: set[str]) -> None:
        self.premises = premises
        people = StaffMember.objects.filter(organisation_id=premises.organisation_id)
        self._by_number = {
            person.staff_number: person
            for person in people.filter(staff_number__in=numbers - {""})
        }
        self._by_name: dict[str, list[StaffMember]] = defaultdict(list)
        here = Spell.objects.filter(premises=premises).values("staff_member")
        # The database cannot fold accents, so the names are compared here.
        for person in people.filter(Q(pk__in=here), anonymised_at=None).order_by("pk"):
            self._by_name[folded(person.name)].append(person)

    def person(
        self, *, name: str, staff_number: str, email: str, language: str
    ) -> tuple[StaffMember, bool]:
        """Return the person, and whether they are new and still to be saved.

        :raises RegisterError: when the staff number belongs to somebody else.
        """
        known = self._known(name, staff_number, email)
        if known is not None:
            return known, False
        person = StaffMember(
            organisation_id=self.premises.organisation_id,
            name=name,
            staff_number=staff_number,
            email=email,
            language=language,
        )
        self._by_name[folded(name)].append(person)
        if staff_number:
            self._by_number[staff_number] = person
        return person, True

    def _known(self, name: str, staff_number: str, email: str) -> StaffMember | None:
        if numbered := self._by_number.get(staff_number):
            if folded(numbered.name) != folded(name):
                raise RegisterError(
                    _("Staff number %(number)s belongs to somebody else on your list.")
                    % {"number": staff_number}
                )
            return numbered
        for person in self._by_name[folded(name)]:
            numbers_differ = person.staff_number and staff_number
            emails_differ = person.email and email and person.email != email
            if not (numbers_differ or emails_differ):
                return person
        return None


class Posts:
    """Who holds which role when, to see overlaps before the database refuses them."""

    def __init__(self, premises: Premises) -> None:
        self._days: dict[tuple[str, str], list[tuple[date, date | None]]] = defaultdict(
            list
        )
        standing = Spell.objects.standing().filter(premises=premises)
        for person, role, start, end in standing.values_list(
            "staff_member__key", "role", "started_on", "ended_on"
        ):
            self._days[(person, role)].append((start, end))

    def take(
        self, person: StaffMember, role: str, started_on: date, ended_on: date | None
    ) -> bool:
        """Note that a person holds a role, unless they held it on one of the days."""
        held = self._days[(person.key, role)]
        if any(
            start <= (ended_on or date.max) and started_on <= (end or date.max)
            for start, end in held
        ):
            return False
        held.append((started_on, ended_on))
        return True
