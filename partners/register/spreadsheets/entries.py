"""From the texts of one row to an entry of the staff list, or to what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from partners.register.enums import Shift, StaffRole
from partners.register.rules import day_problem, plain_name
from partners.register.spreadsheets.dates import day_of
from partners.register.spreadsheets.headings import Field
from partners.register.spreadsheets.words import language_of, role_of, shift_of

MAX_LENGTHS = {Field.NAME: 150, Field.STAFF_NUMBER: 30}


@dataclass(frozen=True)
class Entry:
    """What a good row says."""

    name: str
    role: StaffRole
    shift: Shift
    started_on: date
    ended_on: date | None
    staff_number: str
    email: str
    language: str


def read_entry(
    texts: dict[Field, str], *, is_day_first: bool, today: date
) -> tuple[Entry | None, dict[str, str], str]:
    """Return the entry of a row, or else what is wrong by field; and a remark."""
    errors: dict[str, str] = {}

    def read[T](field: Field, reader: Callable[[str], T], otherwise: T) -> T:
        try:
            return reader(texts.get(field, ""))
        except ValueError as error:
            errors[field] = str(error)
            return otherwise

    def day(text: str) -> date | None:
        return _day(text, is_day_first=is_day_first)

    name = _whole_name(texts, errors)
    role = read(Field.ROLE, _role, StaffRole.OTHER)
    shift = read(Field.SHIFT, _shift, Shift.MIXED)
    staff_number = read(Field.STAFF_NUMBER, _number, "")
    email = read(Field.EMAIL, _email, "")
    started_on = read(Field.STARTED_ON, day, None)
    ended_on = read(Field.ENDED_ON, day, None)
    language, remark = _language(texts.get(Field.LANGUAGE, ""))
    if started_on is None:
        errors.setdefault(Field.STARTED_ON, _("The first day is missing."))
        return None, errors, remark
    if problem := day_problem(started_on, ended_on, today=today):
        errors.setdefault(*problem)
    if errors:
        return None, errors, remark
    entry = Entry(
        name, role, shift, started_on, ended_on, staff_number, email, language
    )
    return entry, {}, remark


def _whole_name(texts: dict[Field, str], errors: dict[str, str]) -> str:
    parts = [f for f in (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME) if f in texts]
    field = parts[-1]
    text = " ".join(texts[part] for part in parts).strip()
    # Looked at as written: turned round, the sign would hide behind the first name.
    signs = [texts[part] for part in parts if texts[part]]
    for written in [*signs, *(part.strip() for part in text.split(","))]:
        if problem := _problem(written, MAX_LENGTHS[Field.NAME]):
            errors[field] = problem
            return text
    text = plain_name(text)
    if not text:
        errors[field] = _("The name is missing.")
    elif problem := _problem(text, MAX_LENGTHS[Field.NAME]):
        errors[field] = problem
    elif not any(letter.isalpha() for letter in text):
        errors[field] = _("“%(value)s” is not a name.") % {"value": text}
    return text


def _problem(text: str, longest: int) -> str:
    if text[:1] and text[0] in "=+-@":
        return _(
            "“%(value)s” begins with %(sign)s, which spreadsheets run as a formula."
        ) % {"value": text[:60], "sign": text[0]}
    if len(text) > longest:
        return _("“%(value)s…” is longer than %(longest)s characters.") % {
            "value": text[:30],
            "longest": longest,
        }
    return ""


def _number(text: str) -> str:
    # Some numbers begin with a minus; our own export marks them, a formula does not.
    written = text if text.startswith("=") else text.lstrip("+-@")
    if text and (problem := _problem(written, MAX_LENGTHS[Field.STAFF_NUMBER])):
        raise ValueError(problem)
    return text


def _email(text: str) -> str:
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(
            _("“%(value)s” is not an e-mail address.") % {"value": text[:60]}
        ) from error
    return text.lower()


def _role(text: str) -> StaffRole:
    if not text:
        raise ValueError(_("The role is missing."))
    if (role := role_of(text)) is None:
        raise ValueError(
            _("“%(value)s” is not a role we know. Use one of these: %(roles)s.")
            % {
                "value": text[:60],
                "roles": "; ".join(str(label) for label in StaffRole.labels),
            }
        )
    return role


def _shift(text: str) -> Shift:
    if not text:
        return Shift.MIXED
    if (shift := shift_of(text)) is None:
        raise ValueError(
            _("“%(value)s” is not a shift we know. Use day, evening, night or mixed.")
            % {"value": text[:60]}
        )
    return shift


def _language(text: str) -> tuple[str, str]:
    """Return a language we offer; for another one English, with a remark."""
    if not text:
        return settings.LANGUAGE_CODE, ""
    if (code := language_of(text)) is not None:
        return code, ""
    remark = _("Training is not offered in %(value)s yet; English is set.")
    return settings.LANGUAGE_CODE, remark % {"value": text[:60]}


def _day(text: str, *, is_day_first: bool) -> date | None:
    if not text:
        return None
    day = day_of(text, is_day_first=is_day_first)
    if day is None:
        raise ValueError(
            _("“%(value)s” is not a date. Write it like 31/12/2026.")
            % {"value": text[:60]}
        )
    return day
