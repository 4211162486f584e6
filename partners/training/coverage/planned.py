"""The rules as they would read if a plan were carried out, for the statement.

Nothing is written for it: the versions stand in the question, beside the rows that
stay as they are.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from partners.training.coverage.statement import Rules
from partners.training.models import Requirement

FACTS = [field for field in Requirement._meta.concrete_fields if not field.primary_key]

RULES = """
planned_requirement AS (
    SELECT {columns} FROM training_requirement WHERE id NOT IN ({keys}){versions}
),
planned_role AS (
    SELECT requirement_id, role, counts_from FROM training_requirementrole
     WHERE requirement_id NOT IN ({keys}){roles}
),
"""


class Version(NamedTuple):
    """One row of the rules as it would be; without a key it is a new one.

    `roles` says for each role from which day on it counts, as in `RequirementRole`.
    """

    requirement: Requirement
    roles: Mapping[str, date | None]


def rules_with(versions: Sequence[Version]) -> tuple[Rules, list[Any]]:
    """Return the rules with these versions in the place of theirs, and the values."""
    keyed = [
        (version.requirement.pk or -number, version)
        for number, version in enumerate(versions, start=1)
    ]
    rows = [(key, *_facts(version.requirement)) for key, version in keyed]
    roles = [
        (key, role, connection.ops.adapt_datefield_value(day))
        for key, version in keyed
        for role, day in sorted(version.roles.items())
    ]
    keys = ", ".join(str(key) for key, _ in keyed)
    given = RULES.format(
        columns=", ".join(["id", *(str(field.column) for field in FACTS)]),
        keys=keys,
        versions=_beside(rows),
        roles=_beside(roles),
    )
    rules = Rules(given, "planned_requirement", "planned_role", keys)
    return rules, [value for row in (*rows, *roles) for value in row]


def _facts(requirement: Requirement) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(requirement, field.attname), connection)
        for field in FACTS
    ]


def _beside(rows: Sequence[tuple[Any, ...]]) -> str:
    return "".join(f" UNION ALL SELECT {', '.join(['%s'] * len(row))}" for row in rows)
