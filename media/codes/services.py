from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from media.codes.enums import CodeUse
from media.codes.models import Code
from partners.register.enums import PremisesState
from partners.register.models import Premises


class CodeError(Exception):
    """A code may not be issued or retired; the message is for the person."""


@transaction.atomic
def issue_code(
    *,
    premises: Premises,
    place: str,
    actor: User | None,
    now: datetime,
    language: str = "en",
) -> Code:
    """Draw the code of one more poster on a wall of these premises.

    :raises CodeError: the premises no longer take part.
    """
    if premises.state != PremisesState.ACTIVE:
        raise CodeError(_("These premises no longer take part, so no poster is made."))
    code = Code.objects.create(
        use=CodeUse.STAFF_ROOM,
        area_id=premises.area_id,
        premises=premises,
        place=place.strip(),
        language=language,
        issued_at=now,
    )
    record("code.issued", code, actor=actor, premises=premises.pk)
    return code


@transaction.atomic
def retire_code(*, code: Code, actor: User, today: date) -> None:
    """Take a poster out of use. What was printed still leads to help.

    :raises CodeError: the code was retired before.
    """
    if code.retired_on is not None:
        raise CodeError(_("This poster has been taken out of use already."))
    code.retired_on = today
    code.save(update_fields=["retired_on"])
    record("code.retired", code, actor=actor)
