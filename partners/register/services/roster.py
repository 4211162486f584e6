from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.register.models import Premises, Spell, StaffMember
from partners.register.rules import folded
from partners.register.services.errors import RegisterError

# More numbers than this are not sent to the database, which takes only so many.
FEW = 500


def hold_roster(premises: Premises) -> None:
    """Let nobody else add people to the premises until this transaction ends.

    Two people of one name are told apart by looking, which the database cannot do.
    """
    Premises.objects.select_for_update(of=("self",)).get(pk=premises.pk)


@dataclass(slots=True)
class Newcomer:
    """Somebody a list names and the register does not know; a check saves nobody.

    The key counts and is shorter than any real one, so that the two never meet.
    """

    key: str
    name: str
    staff_number: str
    email: str
    language: str


type Person = StaffMember | Newcomer


class Roster:
    """The people one premises may know again, read once however many are looked up.

    A staff number tells people of the organisation apart. Without one a name is the
    same person at the same premises, unless the e-mail addresses differ.
    """

    def __init__(self, premises: Premises, *, numbers: set[str]) -> None:
        self.premises = premises
        people = StaffMember.objects.filter(organisation_id=premises.organisation_id)
        numbered = people.exclude(staff_number="")
        if len(numbers) <= FEW:
            numbered = numbered.filter(staff_number__in=numbers - {""})
        self._by_number: dict[str, Person] = {p.staff_number: p for p in numbered}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._added = 0
        here = Spell.objects.filter(premises=premises).values("staff_member")
        # The database cannot fold accents, so the names are compared here.
        for person in people.filter(Q(pk__in=here), anonymised_at=None).order_by("pk"):
            self._by_name[folded(person.name)].append(person)

    def candidates(self, *, name: str, staff_number: str, email: str) -> list[Person]:
        """Return who it can be of those known, the likeliest first.

        :raises RegisterError: when the staff number belongs to somebody else.
        """
        if numbered := self._by_number.get(staff_number):
            if folded(numbered.name) != folded(name):
                raise RegisterError(
                    _("Staff number %(number)s belongs to somebody else on your list.")
                    % {"number": staff_number}
                )
            return [numbered]
        return [
            person
            for person in self._by_name.get(folded(name), [])
            if not (person.staff_number and staff_number)
            and not (person.email and email and person.email != email)
        ]

    def add(
        self, *, name: str, staff_number: str, email: str, language: str
    ) -> Newcomer:
        """Return somebody nobody knows yet, whom later rows find."""
        self._added += 1
        person = Newcomer(str(self._added), name, staff_number, email, language)
        self._by_name[folded(name)].append(person)
        if staff_number:
            self._by_number[staff_number] = person
        return person


class Taken(NamedTuple):
    """Days on which somebody holds a role, and the row that says so, if one does."""

    started_on: date
    ended_on: date | None
    number: int


class Post(NamedTuple):
    """A standing spell as the list has it."""

    pk: int
    person_key: str
    name: str
    role: str
    started_on: date
    ended_on: date | None


class Posts:
    """Who holds which role when, to see overlaps before the database refuses them."""

    def __init__(self, premises: Premises) -> None:
        self._days: dict[tuple[str, str], list[Taken]] = defaultdict(list)
        standing = Spell.objects.standing().filter(premises=premises).order_by("pk")
        self._posts = [
            Post(*columns)
            for columns in standing.values_list(
                "pk",
                "staff_member__key",
                "staff_member__name",
                "role",
                "started_on",
                "ended_on",
            )
        ]
        for post in self._posts:
            self._days[(post.person_key, post.role)].append(
                Taken(post.started_on, post.ended_on, number=0)
            )

    def open_on(self, day: date) -> list[Post]:
        """Return the spells open on a day, as they were before any row was taken."""
        return [
            post
            for post in self._posts
            if post.started_on <= day
            and (post.ended_on is None or post.ended_on >= day)
        ]

    def taken(
        self, person: Person, role: str, started_on: date, ended_on: date | None
    ) -> Taken | None:
        """Return what says that a person holds a role on one of the days."""
        for held in self._days.get((person.key, role), ()):
            if held.started_on <= (ended_on or date.max) and started_on <= (
                held.ended_on or date.max
            ):
                return held
        return None

    def take(
        self,
        person: Person,
        role: str,
        started_on: date,
        ended_on: date | None,
        *,
        number: int,
    ) -> None:
        """Note that a row puts a person in a role."""
        self._days[(person.key, role)].append(Taken(started_on, ended_on, number))
