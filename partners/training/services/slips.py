import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.shortcodes import fold, new_code
from outbox.services import queue_message
from partners.register.enums import PremisesState
from partners.register.models import ManagerLink, Premises, Spell, StaffMember
from partners.training.models import Slip
from partners.training.services.refusals import (
    NotOnTheListError,
    PlaceClosedError,
    SlipExpiredError,
    SlipLockedError,
    SlipReplacedError,
    TrainingError,
    WrongCodeOrPinError,
)

# Four characters and the check character: short to type, and unique at the premises.
PERSONAL_CODE_LENGTH = 5
PIN_DIGITS = 6
SLIP_DAYS = 60
MAX_WRONG_PINS = 5


class PrintedSlip(NamedTuple):
    """What a slip says. The PIN is known here and on paper only."""

    staff_member_id: int
    name: str
    staff_code: str
    code: str
    pin: str
    expires_at: datetime


@transaction.atomic
def print_slips(
    *,
    premises: Premises,
    staff_members: Iterable[StaffMember],
    actor: User,
    now: datetime,
) -> list[PrintedSlip]:
    """Draw a new code and PIN for each person; slips printed before stop working.

    :raises TrainingError: when somebody has no post at the premises.
    """
    people = list(staff_members)
    _check_all_have_posts(premises, people, now)
    Slip.objects.current().filter(premises=premises, staff_member__in=people).update(
        replaced_at=now
    )
    taken = set(Slip.objects.filter(premises=premises).values_list("code", flat=True))
    printed = [_draw(premises, person, taken, now) for person in people]
    slips = Slip.objects.bulk_create(
        Slip(
            staff_member_id=slip.staff_member_id,
            premises=premises,
            code=slip.code,
            pin_hmac=_pin_hmac(premises.pk, slip.code, slip.pin),
            printed_at=now,
            expires_at=slip.expires_at,
        )
        for slip in printed
    )
    keys = [slip.pk for slip in slips]
    record("slips.printed", premises, actor=actor, slips=keys)
    return printed


def _check_all_have_posts(
    premises: Premises, people: list[StaffMember], now: datetime
) -> None:
    spells = Spell.objects.open_on_or_after(timezone.localdate(now))
    at_work = set(
        spells.filter(premises=premises, staff_member__in=people).values_list(
            "staff_member_id", flat=True
        )
    )
    for person in people:
        if person.pk not in at_work:
            raise TrainingError(
                _("%(name)s is not on the staff list of %(premises)s.")
                % {"name": person, "premises": premises}
            )


def _draw(
    premises: Premises, person: StaffMember, taken: set[str], now: datetime
) -> PrintedSlip:
    code = new_code(PERSONAL_CODE_LENGTH)
    while code in taken:
        code = new_code(PERSONAL_CODE_LENGTH)
    taken.add(code)
    return PrintedSlip(
        staff_member_id=person.pk,
        name=str(person),
        staff_code=premises.staff_code,
        code=code,
        pin=f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}",
        expires_at=now + timedelta(days=SLIP_DAYS),
    )


def _pin_hmac(premises_id: int, code: str, pin: str) -> str:
    return salted_hmac(
        "partners.training.slip", f"{premises_id}:{code}:{pin}", algorithm="sha256"
    ).hexdigest()


def sign_in(*, staff_code: str, personal_code: str, pin: str, now: datetime) -> Slip:
    """Return the slip that a person signs in with.

    An unknown code and a wrong PIN are refused with the same words, so that a stranger
    does not learn who works where; what is wrong with a slip is told only to somebody
    who holds its PIN, or after it is locked. The count of wrong PINs is kept although
    the person is refused, so the refusal is raised after the transaction.

    :raises TrainingError: with one of the classes above.
    """
    slip, refusal = _judge(fold(staff_code), fold(personal_code), fold(pin), now)
    if refusal is not None:
        raise refusal
    if slip is None:
        raise WrongCodeOrPinError
    return slip


@transaction.atomic
def _judge(
    staff_code: str, code: str, pin: str, now: datetime
) -> tuple[Slip | None, TrainingError | None]:
    slip = (
        Slip.objects.select_for_update(of=("self",))
        .with_person()
        .filter(premises__staff_code=staff_code, code=code)
        .first()
    )
    # Worked out for an unknown code too, so that both answers take as long.
    given = _pin_hmac(slip.premises_id if slip else 0, code, pin)
    if slip is None:
        return None, None
    if slip.locked_at and not slip.replaced_at:
        return slip, SlipLockedError()
    if not constant_time_compare(given, slip.pin_hmac):
        return slip, _count_wrong_pin(slip, now)
    if refusal := _refusal(slip, now):
        return slip, refusal
    if slip.wrong_pins:
        slip.wrong_pins = 0
        slip.save(update_fields=["wrong_pins"])
    record("slip.used", slip)
    return slip, None


def _refusal(slip: Slip, now: datetime) -> TrainingError | None:
    if slip.replaced_at:
        return SlipReplacedError()
    if slip.expires_at <= now:
        return SlipExpiredError()
    if slip.premises.state == PremisesState.CLOSED:
        return PlaceClosedError()
    spells = Spell.objects.open_on_or_after(timezone.localdate(now))
    if not spells.filter(
        premises=slip.premises_id, staff_member=slip.staff_member_id
    ).exists():
        return NotOnTheListError()
    return None


def _count_wrong_pin(slip: Slip, now: datetime) -> TrainingError:
    if slip.replaced_at:
        return WrongCodeOrPinError()
    slip.wrong_pins = F("wrong_pins") + 1
    slip.save(update_fields=["wrong_pins"])
    slip.refresh_from_db(fields=["wrong_pins"])
    record("slip.wrong_pin", slip, wrong_pins=slip.wrong_pins)
    if slip.wrong_pins < MAX_WRONG_PINS:
        return WrongCodeOrPinError()
    slip.locked_at = now
    slip.save(update_fields=["locked_at"])
    record("slip.locked", slip)
    _tell_managers(slip, now)
    return SlipLockedError()


def _tell_managers(slip: Slip, now: datetime) -> None:
    managers = ManagerLink.objects.active().of_premises(slip.premises).people()
    for manager in managers.order_by("pk"):
        queue_message(
            dedupe_key=f"slip-locked-{slip.pk}-{manager.pk}",
            template="slip_locked",
            context={"person": slip.staff_member, "premises": slip.premises},
            recipient=manager,
            # It names a worker, which is no business of the officers.
            area=None,
            about=slip.premises.key,
            is_secret=True,
            now=now,
        )
