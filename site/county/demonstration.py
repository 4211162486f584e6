"""The invented county: what `manage.py load_county` makes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from core.audit import record
from core.models import Area, Installation
from county.accounts import make_accounts
from county.content import load_content
from county.directory import check_routes, make_front_doors, serve_towns
from county.drawing import Lot
from county.following import Officers
from county.learning import Course, courses_by_role, outcomes_of
from county.open_lists import load_lists
from county.places import (
    Place,
    Span,
    make_areas,
    make_chain,
    make_managers,
    make_places,
)
from county.posting import put_up_posters
from county.reviewing import review_pages
from county.seasons import hold_seasons
from county.sessions import hold_sessions
from county.visiting import Testers, plan_more
from county.words import FORCE
from county.workforce import people_of, save_people
from partners.register.models import Premises

JOB = "load_county"
DAYS_LIVED = 548
# Places whose people are held in memory at once.
AT_ONCE = 100


class CountyError(Exception):
    """Refuse to make an invented county here."""


class CountyThereError(CountyError):
    """The county was loaded before; there is nothing to do."""


@dataclass(frozen=True)
class Loaded:
    premises: int
    people: int


@transaction.atomic
def load_county(
    *,
    premises: int,
    seed: int,
    today: date,
    folder: Path,
    languages: Iterable[str] = (),
) -> Loaded:
    """Make an invented county of so many premises; the same seed makes the same one.

    Writes the content of every room first, then eighteen months of people, training,
    visits, follow-ups, posters and openings. How to sign in is drawn anew and written
    to a private file in `folder`. Audited once, as one act, beside the lists of food
    businesses, which are loaded as an officer does it.

    :raises CountyError: beside a real installation, or when the county is there.
    """
    _refuse_company()
    lot = Lot(seed)
    span = Span(today - timedelta(days=DAYS_LIVED), today)
    installation = _mark_as_demonstration()
    force, *districts = make_areas()
    load_content(now=lot.moment(span.prepared_on), languages=languages)
    hold_seasons(today)
    serve_towns(districts)
    make_front_doors(districts)
    people = make_accounts([force], folder=folder)
    check_routes(by=people[Role.OFFICER], today=span.today)
    places = make_places(lot, span, districts, number=premises)
    review_pages(lead=people[Role.SAFEGUARDING_LEAD], today=today)
    make_managers(lot, places, people[Role.MANAGER])
    make_chain(lot, places, people[Role.MANAGER])
    courses = courses_by_role(lot)
    persons = _employ(lot, span, places, courses)
    _test(lot, span, places, courses, people)
    put_up_posters(lot, span, places)
    # Chance of its own: what was drawn before stays as it was.
    load_lists(Lot(seed + 1_000_000), span, districts, places, by=people[Role.OFFICER])
    hold_sessions(Lot(seed + 2_000_000), span, places, courses, by=people[Role.OFFICER])
    record("county.loaded", installation, job=JOB, premises=premises, seed=seed)
    return Loaded(premises=premises, people=persons)


def _refuse_company() -> None:
    if Premises.objects.filter(is_invented=False).exists():
        raise CountyError(
            "There are real premises in this database. Invented ones never stand "
            "beside them: use an empty database."
        )
    installation = Installation.objects.first()
    if installation is not None and not installation.is_demonstration:
        raise CountyError("A real installation was begun in this database.")
    if Premises.objects.exists() or Area.objects.exists():
        raise CountyThereError("The county is there already. Nothing was changed.")


def _mark_as_demonstration() -> Installation:
    installation, _ = Installation.objects.get_or_create(pk=1)
    installation.name = f"Spot the Signs {FORCE}"
    installation.contact = "site@county.example"
    installation.is_demonstration = True
    installation.save(update_fields=["name", "contact", "is_demonstration"])
    return installation


def _employ(
    lot: Lot, span: Span, places: Sequence[Place], courses: dict[str, list[Course]]
) -> int:
    """Fill the posts of all places and have people learn; return how many people."""
    number = 0
    for some in _parts(places):
        drawn = [(place, people_of(lot, span, place)) for place in some]
        save_people([person for _, people in drawn for person in people])
        for place, people in drawn:
            number += len(people)
            outcomes_of(lot, span, place, people, courses).save()
    return number


def _parts(places: Sequence[Place]) -> Iterator[Sequence[Place]]:
    for first in range(0, len(places), AT_ONCE):
        yield places[first : first + AT_ONCE]


def _test(
    lot: Lot,
    span: Span,
    places: Sequence[Place],
    courses: dict[str, list[Course]],
    people: dict[Role, User],
) -> None:
    """Take two waves of visits, follow them up, and take the retests that fell due."""
    testers = Testers(lot, span, people)
    by_module = {
        course.version.module_id: course for some in courses.values() for course in some
    }
    officers = Officers(lot, span, people, by_module)
    for number, finished in enumerate((0.96, 0.6)):
        taken = testers.take(testers.wave(places, number))
        followed = officers.follow(taken, finished=finished)
        retests = testers.take(officers.plan_retests(taken, followed))
        officers.decide(retests, followed)
        officers.follow(retests, finished=0.7)
    plan_more(testers, places)
