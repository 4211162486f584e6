"""What a manager answers when we ask whether somebody has left."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.portal.models import StillHere
from partners.portal.services.errors import PortalError
from partners.portal.week import LeaverQuestion, questions_of
from partners.register.models import Premises, Spell
from partners.register.services import mark_left, mark_missing_left


@transaction.atomic
def say_left(*, premises: Premises, spell_id: int, actor: User, now: datetime) -> Spell:
    """Mark somebody we ask about as left, on the day the question named.

    :raises PortalError: when we do not, or no longer, ask about them.
    :raises RegisterError: when somebody else marked them in the meantime.
    """
    question = _question(premises, spell_id, now)
    if question.staged is None:
        return mark_left(
            spell=question.spell, last_day=question.last_day, actor=actor, now=now
        )
    (left,) = mark_missing_left(
        staged=question.staged,
        last_days={spell_id: question.last_day},
        actor=actor,
        now=now,
    )
    return left


@transaction.atomic
def say_still_here(
    *, premises: Premises, spell_id: int, actor: User, now: datetime
) -> StillHere:
    """Note that somebody we ask about is in post still, so that we stop asking.

    :raises PortalError: when we do not, or no longer, ask about them.
    """
    question = _question(premises, spell_id, now)
    answer = StillHere.objects.create(spell=question.spell, said_by=actor, said_at=now)
    record("spell.still_here", question.spell, actor=actor, premises=premises.pk)
    return answer


def _question(premises: Premises, spell_id: int, now: datetime) -> LeaverQuestion:
    for question in questions_of(premises, today=timezone.localdate(now)):
        if question.spell.pk == spell_id:
            return question
    raise PortalError(_("This has been answered already."))
