"""People who are not in a list of everybody: the manager says who has left."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.register.enums import ImportState
from partners.register.models import Spell, StagedImport
from partners.register.services.checking import lock
from partners.register.services.errors import RegisterError
from partners.register.services.staff import mark_left

MAY_ASK = frozenset({ImportState.CHECKED, ImportState.APPLIED})


@transaction.atomic
def mark_missing_left(
    *,
    staged: StagedImport,
    last_days: dict[int, date],
    actor: User,
    now: datetime,
) -> list[Spell]:
    """Close the spells of people a full list no longer names, each with its last day.

    `last_days` goes by the id of the spell. All of them are closed or none.
    :raises RegisterError: when a spell is none of those missing, or a day cannot be.
    """
    staged = lock(staged)
    if staged.state not in MAY_ASK or not last_days.keys() <= {*staged.missing}:
        raise RegisterError(_("This list has changed. Look at it again, please."))
    spells = Spell.objects.filter(pk__in=last_days, premises=staged.premises_id)
    left = [
        mark_left(spell=spell, last_day=last_days[spell.pk], actor=actor, now=now)
        for spell in spells.order_by("pk")
    ]
    staged.missing = [pk for pk in staged.missing if pk not in last_days]
    staged.save(update_fields=["missing"])
    record("import.leavers_marked", staged, actor=actor, spells=len(left))
    return left
