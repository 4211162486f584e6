"""A late correction keeps what stood there: the wrong spell is voided and replaced."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.signals import spells_changed
from partners.register.models import Spell
from partners.register.services.errors import RegisterError
from partners.register.services.staff import (
    lock_standing,
    refusal_of,
    refuse_odd_days,
)


@transaction.atomic
def correct_spell(
    *,
    spell: Spell,
    role: str,
    shift: str,
    started_on: date,
    ended_on: date | None,
    actor: User,
    now: datetime,
) -> Spell:
    """Void a spell and put the right one in its place, which refers to it.

    :raises RegisterError: when nothing is changed, a day cannot be, or the person holds
        the role on one of the days already.
    """
    wrong = lock_standing(spell)
    refuse_odd_days(started_on, ended_on, today=timezone.localdate(now))
    was = (wrong.role, wrong.shift, wrong.started_on, wrong.ended_on)
    if was == (role, shift, started_on, ended_on):
        raise RegisterError(_("Nothing was changed."))
    wrong.voided_at = now
    wrong.void_reason = _("Corrected")
    right = Spell(
        staff_member=wrong.staff_member,
        premises=wrong.premises,
        role=role,
        shift=shift,
        started_on=started_on,
        ended_on=ended_on,
        replaces=wrong,
    )
    try:
        with transaction.atomic():
            wrong.save(update_fields=["voided_at", "void_reason"])
            right.save()
    except IntegrityError as error:
        raise refusal_of(right, error) from error
    record("spell.corrected", wrong, actor=actor, by=right.pk)
    spells_changed.send(sender=Spell, spells=[wrong, right], now=now)
    return right
