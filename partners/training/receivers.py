"""What follows from a change, of our own or in the register, whoever made it."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from core.jobs import enqueue_on_commit
from core.signals import completion_recorded, spell_changed, spells_changed
from partners.register.models import Spell
from partners.training.models import Completion
from partners.training.services import correct_days


@receiver(completion_recorded)
def send_certificate(completion: Completion, now: datetime, **kwargs: Any) -> None:
    enqueue_on_commit(
        "partners.training.tasks.send_certificate", completion_id=completion.pk
    )


@receiver(spell_changed)
def count_days_again(
    spell: Spell, now: datetime, since: date | None = None, **kwargs: Any
) -> None:
    first_day = since or spell.started_on
    correct_days({spell.premises_id: first_day}, today=timezone.localdate(now))


@receiver(spells_changed)
def count_days_of_many_again(spells: list[Spell], now: datetime, **kwargs: Any) -> None:
    first_days: dict[int, date] = {}
    for spell in spells:
        known = first_days.get(spell.premises_id, spell.started_on)
        first_days[spell.premises_id] = min(known, spell.started_on)
    correct_days(first_days, today=timezone.localdate(now))
