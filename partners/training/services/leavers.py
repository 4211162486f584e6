from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from outbox.models import Message
from partners.register.models import Spell, StaffMember
from partners.training.rules import add_months
from partners.training.services.telling import Way, tell, ways_to

# Somebody who left long before we came to know of it is not written to.
TOLD_WITHIN = timedelta(days=14)


def send_leaver_notices(*, now: datetime, keep_months: int) -> int:
    """Tell people whose last day is over what stays of their training, and how long.

    Only when they work nowhere else in the organisation. `keep_months` is how long a
    leaver's name is kept. Returns how many messages are new.
    """
    today = timezone.localdate(now)
    left = (
        Spell.objects.left_between(today - TOLD_WITHIN, today - timedelta(days=1))
        .filter(staff_member__anonymised_at=None)
        .select_related("staff_member__organisation", "premises")
        .order_by("ended_on", "pk")
    )
    newest = {spell.staff_member_id: spell for spell in left}
    still_here = set(
        Spell.objects.open_on_or_after(today)
        .filter(staff_member__in=newest)
        .values_list("staff_member_id", flat=True)
    )
    gone = [spell for pk, spell in newest.items() if pk not in still_here]
    ways = ways_to(spell.staff_member for spell in gone)
    known = set(
        Message.objects.filter(dedupe_key__in=map(_key, gone)).values_list(
            "dedupe_key", flat=True
        )
    )
    return sum(
        _tell(spell, ways[spell.staff_member_id], keep_months, now=now)
        for spell in gone
        if spell.staff_member_id in ways and _key(spell) not in known
    )


def _key(spell: Spell) -> str:
    return f"leaver:{spell.staff_member_id}:{spell.ended_on}"


@transaction.atomic
def _tell(spell: Spell, way: Way, keep_months: int, *, now: datetime) -> bool:
    StaffMember.objects.select_for_update().get(pk=spell.staff_member_id)
    last_day = spell.ended_on or timezone.localdate(now)
    message = tell(
        person=spell.staff_member,
        way=way,
        premises=spell.premises,
        template="leaver",
        dedupe_key=_key(spell),
        context={"last_day": last_day, "kept_until": _kept(last_day, keep_months)},
        now=now,
    )
    return message is not None


def _kept(last_day: date, keep_months: int) -> date:
    return add_months(last_day, keep_months)
