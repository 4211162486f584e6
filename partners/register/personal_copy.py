"""What the register and the outbox know of a person on a staff list."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.personal_data import Section
from outbox.models import Message
from partners.register.models import StaffMember


def about_person(person: StaffMember) -> Iterable[Section]:
    spells = person.spells.select_related("premises").order_by("started_on", "pk")
    yield Section(
        _("On the staff list"),
        [
            {
                _("Name"): person.name,
                _("Staff number"): person.staff_number,
                _("E-mail address"): person.email,
                _("Mobile number"): person.phone,
                _("Language"): person.get_language_display(),
                _("Organisation"): str(person.organisation),
            }
        ],
    )
    yield Section(
        _("At work"),
        [
            {
                _("Premises"): str(spell.premises),
                _("Role"): str(spell.get_role_display()),
                _("Shift"): str(spell.get_shift_display()),
                _("First day"): day_words(spell.started_on),
                _("Last day"): day_words(spell.ended_on),
                _("Taken back"): spell.void_reason,
            }
            for spell in spells
        ],
    )
    yield Section(
        _("Messages"),
        [
            {
                _("On"): moment_words(message.queued_at),
                _("To"): message.address,
                _("Subject"): message.subject,
                _("State"): str(message.get_state_display()),
            }
            for message in _messages_to(person).order_by("queued_at", "pk")
        ],
    )


def forget_messages(person: StaffMember, now: datetime) -> None:
    """Blank to whom messages went, unless somebody else has the same address."""
    for field in ("email", "phone"):
        address = getattr(person, field)
        others = StaffMember.objects.exclude(pk=person.pk).filter(**{field: address})
        if address and not others.exists():
            messages = Message.objects.filter(address=address, recipient=None)
            messages.update(address="", subject="", body="")


def day_words(day: date | None) -> str:
    return date_format(day) if day else ""


def moment_words(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""


def _messages_to(person: StaffMember) -> QuerySet[Message]:
    """Only to this person's own address: an account's messages are the account's."""
    addresses = [address for address in (person.email, person.phone) if address]
    return Message.objects.filter(address__in=addresses, recipient=None)
