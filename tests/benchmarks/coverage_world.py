"""Two thousand premises with their people, made by the database itself."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from core.enums import AreaKind
from partners.register.models import Organisation, Premises, Spell, StaffMember
from partners.training.enums import CoverageLevel
from partners.training.models import Attempt, Completion, CoverageDay
from tests.factories.core import AreaFactory
from tests.factories.register import SpellFactory
from tests.factories.training import CompletionFactory

PREMISES = 2_000
SMALL, WHOLE = 200, 2_000
# At each premises: in post now, and left in the two years before.
IN_POST, LEFT = 30, 30
COMPLETIONS = 150
KINDS = ("hotel", "hotel", "bnb", "taxi", "licensed", "takeaway")

# For each table: where its new rows come from, and what differs from a first row made
# by the factories. Drawn from the keys alone, so that every run has the same people.
ROWS: dict[type[Model], tuple[str, dict[str, str]]] = {
    StaffMember: (
        """register_premises place CROSS JOIN generate_series(1, %(people)s) n
           WHERE place.id = ANY(%(places)s)""",
        {
            "key": "'p' || place.id || 'n' || n",
            "organisation_id": "place.organisation_id",
        },
    ),
    Spell: (
        """(SELECT staff.*, row_number() OVER (PARTITION BY organisation_id ORDER BY id)
                    AS n
               FROM register_staffmember staff) person
           JOIN register_premises place
             ON place.organisation_id = person.organisation_id
          CROSS JOIN LATERAL (
              SELECT %(today)s::date - (30 + (person.id * 7919) %% 700)::int
                     AS started_on
          ) drawn
          WHERE place.id = ANY(%(places)s)""",
        {
            "staff_member_id": "person.id",
            "premises_id": "place.id",
            "role": (
                "(ARRAY['reception', 'housekeeping', 'bar', 'security', 'manager',"
                " 'driver'])[1 + person.id %% 6]"
            ),
            "shift": "(ARRAY['day', 'evening', 'night', 'mixed'])[1 + person.id %% 4]",
            "started_on": "drawn.started_on",
            "ended_on": (
                "CASE WHEN n > %(in_post)s"
                " THEN least(%(today)s::date - 1, drawn.started_on + 200) END"
            ),
        },
    ),
    Attempt: (
        """register_spell spell
           JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank,
                        count(*) OVER () AS all_of
                   FROM learning_moduleversion WHERE language = 'en') version
             ON version.rank = spell.staff_member_id %% version.all_of
             OR version.rank = (spell.staff_member_id + 1) %% version.all_of
          CROSS JOIN generate_series(0, 2) again
          CROSS JOIN LATERAL (
              SELECT spell.started_on + (spell.staff_member_id * 31 %% 90)::int
                     + again * 370 + interval '12 hours' AS done_at
          ) drawn
          WHERE spell.premises_id = ANY(%(places)s)""",
        {
            "staff_member_id": "spell.staff_member_id",
            "version_id": "version.id",
            "started_at": "done_at",
            "submitted_at": "done_at",
        },
    ),
    Completion: (
        """(SELECT attempt.*, version.module_id
               FROM training_attempt attempt
               JOIN learning_moduleversion version ON version.id = attempt.version_id
               LEFT JOIN training_completion done ON done.attempt_id = attempt.id
              WHERE done.id IS NULL
              ORDER BY attempt.id LIMIT %(completions)s) attempt""",
        {
            "staff_member_id": "attempt.staff_member_id",
            "module_id": "attempt.module_id",
            "attempt_id": "attempt.id",
            "valid_from": "attempt.submitted_at::date",
            "valid_until": "attempt.submitted_at::date + 365",
            "certificate_code": "'B' || lpad(attempt.id::text, 11, '0')",
        },
    ),
    CoverageDay: (
        """register_premises place
          CROSS JOIN generate_series(
              %(today)s::date - 371, %(today)s::date - 1, '7 days'
          ) kept(day)
          WHERE place.id = ANY(%(places)s)""",
        {"subject_id": "place.id", "day": "kept.day"},
    ),
}


INSERT = """
INSERT INTO {table} ({columns})
SELECT {taken}
  FROM (SELECT * FROM {table} ORDER BY id LIMIT 1) first CROSS JOIN {source}
"""


def make_places(today: date) -> None:
    force = AreaFactory.create(kind=AreaKind.FORCE)
    districts = [AreaFactory.create(parent=force) for _ in range(8)]
    _make_first_rows(today)
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {number}") for number in range(PREMISES)
    )
    Premises.objects.bulk_create(
        Premises(
            organisation=organisation,
            area=districts[number % len(districts)],
            name=f"Lantern House {number}",
            kind=KINDS[number % len(KINDS)],
            town="Ashbeck",
            postcode="ZZ1 1ZZ",
            staff_code=f"{number:06}",
            joined_on=today.replace(year=today.year - 3),
        )
        for number, organisation in enumerate(organisations)
    )


def _make_first_rows(today: date) -> None:
    """Make one row of each table, of somebody who has left long ago."""
    before = today.replace(year=today.year - 5)
    spell = SpellFactory.create(started_on=before, ended_on=before)
    CompletionFactory.create(
        staff_member=spell.staff_member, valid_from=before, valid_until=before
    )
    CoverageDay.objects.create(
        level=CoverageLevel.PREMISES,
        subject_id=spell.premises_id,
        day=before,
        in_post=30,
        required=25,
        covered=20,
        in_grace=1,
        expired=1,
        never_trained=3,
    )


def add_people(until: int, today: date) -> None:
    """Fill the premises that have nobody yet, up to so many premises."""
    places = list(
        Premises.objects.filter(spells__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    places = places[: until - (PREMISES - len(places))]
    values = {
        "places": places,
        "people": IN_POST + LEFT,
        "in_post": IN_POST,
        "today": today,
        "completions": COMPLETIONS * len(places),
    }
    for model, (source, differs) in ROWS.items():
        _multiply(model, source, differs, values)


def _multiply(
    model: type[Model], source: str, differs: dict[str, str], values: dict[str, Any]
) -> None:
    """Add rows that are like the first of the table but for what differs."""
    table = model._meta.db_table
    columns = [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.primary_key
    ]
    taken = (differs.get(name, f"first.{name}") for name in columns)
    sql = INSERT.format(
        table=table,
        columns=", ".join(columns),
        taken=", ".join(taken),
        source=source,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute(f"VACUUM ANALYZE {table}")
