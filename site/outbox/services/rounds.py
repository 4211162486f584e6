from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.audit import record
from outbox import rounds
from outbox.models import CLOCK_STARTED, Heartbeat, Message, Round
from outbox.rounds import Schedule
from outbox.services.writing import queue_message

# After so long a round has been sent, or something is wrong.
ALARMED_AFTER = timedelta(hours=2)


@transaction.atomic
def begin_round(*, name: str, now: datetime) -> Round | None:
    """Return the round that is due, to be sent or gone on with; None when it is done.

    What was due before this machine ever ran is not made up for: who installs it on a
    Thursday does not write to everybody that afternoon. A round that a killed worker
    left is the same row, with the same moment it began: what is written later tells of
    the same day.
    """
    due_at = rounds.schedule_of(name).due(now)
    if _was_due_before_the_first_start(name, due_at):
        return None
    round_, is_new = Round.objects.get_or_create(
        key=rounds.key_of(name, due_at), defaults={"due_at": due_at, "begun_at": now}
    )
    if is_new:
        record("round.begun", round_, job=name)
    return None if round_.ended_at else round_


def _was_due_before_the_first_start(name: str, due_at: datetime) -> bool:
    if Round.objects.filter(key__startswith=f"{name}:").exists():
        return False
    started = Heartbeat.objects.filter(name=CLOCK_STARTED).first()
    return started is not None and started.beat_at > due_at


@transaction.atomic
def end_round(*, round_: Round, name: str, now: datetime) -> Round:
    """Note that everything of a round is in the outbox, and whom it was meant for."""
    count_readers = rounds.schedule_of(name).count_readers
    ended = Round.objects.filter(pk=round_.pk, ended_at__isnull=True)
    if ended.update(
        ended_at=now,
        expected=count_readers(round_.due_at) if count_readers else None,
    ):
        record("round.ended", round_, job=name)
    round_.refresh_from_db()
    return round_


def troubles(*, now: datetime) -> dict[str, str]:
    """Return what is wrong with the rounds that were due last, by key of the round.

    A clock that has just been started has the time to catch up.
    """
    started = Heartbeat.objects.filter(name=CLOCK_STARTED).first()
    if started is None or now - started.beat_at < ALARMED_AFTER:
        return {}
    found = {
        rounds.key_of(one.name, one.due(now)): _trouble(one, now)
        for one in rounds.schedules()
    }
    return {key: words for key, words in found.items() if words}


def _trouble(schedule: Schedule, now: datetime) -> str:
    due_at = schedule.due(now)
    if now - due_at < ALARMED_AFTER:
        return ""
    key = rounds.key_of(schedule.name, due_at)
    facts = {
        "round": str(schedule.title),
        "at": f"{timezone.localtime(due_at):%d.%m.%Y %H:%M}",
    }
    round_ = Round.objects.filter(key=key).first()
    if round_ is None:
        if _was_due_before_the_first_start(schedule.name, due_at):
            return ""
        # A house with nobody to tell misses nothing.
        if schedule.count_readers and not schedule.count_readers(due_at):
            return ""
        return _("%(round)s: due on %(at)s, not begun.") % facts
    if round_.ended_at is None:
        return _("%(round)s: due on %(at)s, begun, and not come to an end.") % facts
    return _told_too_few(round_, facts)


def _told_too_few(round_: Round, facts: dict[str, str]) -> str:
    if not round_.expected:
        return ""
    written = Message.objects.keyed(f"{round_.key}:")
    told = written.count()
    numbers = {**facts, "told": told, "expected": round_.expected}
    if told < round_.expected:
        return (
            _("%(round)s: due on %(at)s, told %(told)s of %(expected)s people.")
            % numbers
        )
    if not written.gone().exists():
        return (
            _("%(round)s: due on %(at)s; of %(told)s messages none has left.") % numbers
        )
    return ""


def raise_alarms(*, now: datetime) -> int:
    """Tell operators and area leads of each round that went wrong, once."""
    return sum(
        _alarm(key=key, trouble=words, now=now)
        for key, words in troubles(now=now).items()
    )


def tell_of_standstill(*, since: datetime, until: datetime, now: datetime) -> int:
    """Tell operators and area leads that the clock stood still, once it beats again."""
    facts = {
        "since": f"{timezone.localtime(since):%d.%m.%Y %H:%M}",
        "until": f"{timezone.localtime(until):%d.%m.%Y %H:%M}",
    }
    words = _(
        "The clock stood still from %(since)s to %(until)s. Reminders and summaries of "
        "that time are being sent now."
    )
    return _alarm(key=f"clock:{since.isoformat()}", trouble=words % facts, now=now)


def _alarm(*, key: str, trouble: str, now: datetime) -> int:
    """Write an alarm to each who can do something; return how many are new.

    No manager's wish to be left in peace is asked: it is about summaries only.
    """
    leads = User.objects.with_role(Role.AREA_LEAD).filter(is_active=True)
    readers: list[tuple[User | None, str]] = [
        *((lead, lead.email) for lead in leads.order_by("pk")),
        *((None, address) for address in settings.OPERATORS),
    ]
    written = [
        queue_message(
            dedupe_key=f"alarm:{key}:{address}",
            template="alarm",
            context={"trouble": trouble, "base_url": settings.WAGTAILADMIN_BASE_URL},
            recipient=lead,
            address=address,
            area=lead.areas.order_by("pk").first() if lead else None,
            now=now,
        )
        for lead, address in readers
    ]
    return sum(message is not None for message in written)
