"""What the columns of a staff list are called, and which we must not keep."""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partners.register.rules import folded


class Field(TextChoices):
    NAME = "name", _("Name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    ROLE = "role", _("Role")
    SHIFT = "shift", _("Shift")
    STARTED_ON = "started_on", _("First day")
    ENDED_ON = "ended_on", _("Last day")
    STAFF_NUMBER = "staff_number", _("Staff number")
    EMAIL = "email", _("E-mail address")
    LANGUAGE = "language", _("Language")


# The better name first: with two columns for one field, the earlier here is taken.
SPELLINGS = {
    Field.NAME: (
        "name|full name|employee name|staff name|name of employee|worker|employee|"
        "staff member|colleague|team member|person|names|fullname|display name|staff"
    ),
    Field.FIRST_NAME: (
        "first name|forename|given name|firstname|first|forenames|given names|"
        "christian name|preferred name|known as"
    ),
    Field.LAST_NAME: "last name|surname|family name|lastname|last|second name",
    Field.ROLE: (
        "role|job title|job role|position|job|title|post|occupation|duty|duties|"
        "job description|designation|department|dept|team|area of work|works in"
    ),
    Field.SHIFT: "shift|shift pattern|shifts|working pattern|pattern|rota|day night",
    Field.STARTED_ON: (
        "start date|started|start|date started|first day|joined|date joined|"
        "joining date|hire date|hired|date of joining|employment start|"
        "employment start date|started on|from|commencement date|commenced|"
        "date of hire|start day|in post since|since"
    ),
    Field.ENDED_ON: (
        "end date|left|leaving date|last day|leave date|date left|end|finished|"
        "termination date|employment end|employment end date|ended on|until|to|"
        "date of leaving|leaver date|last working day"
    ),
    Field.STAFF_NUMBER: (
        "staff number|employee number|staff no|employee no|staff id|employee id|"
        "payroll number|payroll no|personnel number|clock number|id|number|no|"
        "employee code|staff code|ref|works number"
    ),
    Field.EMAIL: (
        "email|email address|work email|mail|e mail|e mail address|work email address|"
        "contact email|staff email"
    ),
    Field.LANGUAGE: (
        "language|preferred language|first language|spoken language|mother tongue|"
        "native language|languages|training language"
    ),
}
# Any of these words in a heading, and the column is never stored anywhere.
FORBIDDEN = re.compile(
    r"\b(birth\w*|born|dob|d o b|bday|b day|age|salar\w+|pay|paye|wages?|rate|hourly|"
    r"gross|bonus\w*|bank|sort code|iban|account|ethnic\w*|race|nationality|religion|"
    r"faith|gender|sex|sexual\w*|orientation|disab\w*|allerg\w*|health|medical\w*|"
    r"doctor|gp|illness|sick\w*|absences?|disciplin\w*|grievance\w*|warnings?|"
    r"conviction\w*|criminal\w*|dbs|address|postcode|post code|home|street|"
    r"national ins\w*|nat ins|ni|n i|nino|passport|visa|right to work|immigration|"
    r"marital|next of kin|nok|emergency|union|pregnan\w*|maternity|photo|mobile|"
    r"telephone|tel|phone|tax|pension)\b"
)


class Why(TextChoices):
    HEADING = "heading", _("its heading")
    CONTENT = "content", _("what stands in it")
    NAMED = "named", _("what you said")


@dataclass(frozen=True)
class Column:
    """A column we keep: where it stands, what it is called, what we take it for.

    `why` says so when it was the content or the manager that told us, not the heading.
    """

    at: int
    heading: str
    field: Field
    why: Why = Why.HEADING


def _words(heading: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", folded(heading)))


_RANKS = {
    spelling: (field, rank)
    for field, spellings in SPELLINGS.items()
    for rank, spelling in enumerate(spellings.split("|"))
}


def forbidden(heading: str) -> bool:
    """Say whether a column is one we must not keep."""
    words = _words(heading)
    return words not in _RANKS and bool(FORBIDDEN.search(words))


def known_headings(row: list[str]) -> tuple[bool, int]:
    """Say whether a row of headings names people, and how many fields it has."""
    fields = {_RANKS[words][0] for words in map(_words, row) if words in _RANKS}
    named = fields & {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}
    return bool(named), len(fields)


def by_heading(headings: list[str]) -> dict[int, Field]:
    """Return which columns are named as a field we keep, each field once."""
    best: dict[Field, tuple[int, int]] = {}
    for at, heading in enumerate(headings):
        if (ranked := _RANKS.get(_words(heading))) is None:
            continue
        field, rank = ranked
        best[field] = min(best.get(field, (rank, at)), (rank, at))
    fields = {at: field for field, (_rank, at) in best.items()}
    _tell_names_apart(fields)
    return fields


def _tell_names_apart(fields: dict[int, Field]) -> None:
    """Beside "First name", a column "Name" is the family name or says both again."""
    places = {field: at for at, field in fields.items()}
    if Field.NAME not in places:
        return
    if Field.FIRST_NAME in places and Field.LAST_NAME not in places:
        fields[places[Field.NAME]] = Field.LAST_NAME
        return
    for part in (Field.FIRST_NAME, Field.LAST_NAME):
        if part in places:
            del fields[places[part]]
