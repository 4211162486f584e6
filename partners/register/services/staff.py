from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.signals import spell_changed
from partners.register.models import Premises, Spell, StaffMember
from partners.register.rules import day_problem, plain_name
from partners.register.services.errors import RegisterError
from partners.register.services.roster import Roster, hold_roster


@transaction.atomic
def add_starter(  # noqa: PLR0913 -- one field of the form each
    *,
    premises: Premises,
    name: str,
    role: str,
    shift: str,
    started_on: date,
    actor: User,
    now: datetime,
    staff_number: str = "",
    email: str = "",
    phone: str = "",
    language: str = "en",
    ended_on: date | None = None,
) -> Spell:
    """Put a person in post; somebody who worked here before stays the same person.

    `phone` is E.164; a number that is known already is left alone.

    :raises RegisterError: when they are in this role already or a day cannot be.
    """
    refuse_odd_days(started_on, ended_on, today=timezone.localdate(now))
    person = _person(
        premises,
        name=plain_name(name),
        staff_number=staff_number.strip(),
        email=email.strip().lower(),
        language=language,
        actor=actor,
    )
    if phone and not person.phone:
        person.phone = phone
        person.save(update_fields=["phone"])
    spell = Spell(
        staff_member=person,
        premises=premises,
        role=role,
        shift=shift,
        started_on=started_on,
        ended_on=ended_on,
    )
    try:
        with transaction.atomic():
            spell.save()
    except IntegrityError as error:
        raise refusal_of(spell, error) from error
    record("spell.started", spell, actor=actor, premises=premises.pk)
    spell_changed.send(sender=Spell, spell=spell, now=now)
    return spell


@transaction.atomic
def mark_left(*, spell: Spell, last_day: date, actor: User, now: datetime) -> Spell:
    """Close a person's time in a role; the last day is still worked.

    :raises RegisterError: when it is closed or voided already, or the day cannot be.
    """
    spell = lock_standing(spell)
    if spell.ended_on is not None:
        raise RegisterError(
            _("%(name)s is already marked as left on %(day)s.")
            % {"name": spell.staff_member, "day": date_format(spell.ended_on)}
        )
    refuse_odd_days(spell.started_on, last_day, today=timezone.localdate(now))
    spell.ended_on = last_day
    spell.save(update_fields=["ended_on"])
    record("spell.ended", spell, actor=actor, premises=spell.premises_id)
    since = last_day + timedelta(days=1)
    spell_changed.send(sender=Spell, spell=spell, now=now, since=since)
    return spell


@transaction.atomic
def choose_language(*, person: StaffMember, language: str) -> StaffMember:
    """Note the language a person wants to learn and be written to in.

    :raises RegisterError: when it is none of ours.
    """
    if language not in dict(settings.LANGUAGES):
        raise RegisterError(_("Choose a language from the list."))
    person = StaffMember.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        record("staffmember.language_chosen", person, language=language)
    return person


@transaction.atomic
def void_spell(*, spell: Spell, reason: str, actor: User, now: datetime) -> Spell:
    """Take back an entry made by mistake; the row stays, and counts nowhere.

    :raises RegisterError: when it is voided already or no reason is given.
    """
    spell = lock_standing(spell)
    if not reason.strip():
        raise RegisterError(_("Say what was wrong with this entry."))
    spell.voided_at = now
    spell.void_reason = reason.strip()
    spell.save(update_fields=["voided_at", "void_reason"])
    record("spell.voided", spell, actor=actor, premises=spell.premises_id)
    spell_changed.send(sender=Spell, spell=spell, now=now)
    return spell


def lock_standing(spell: Spell) -> Spell:
    locked = Spell.objects.select_for_update(of=("self",))
    spell = locked.select_related("staff_member", "premises").get(pk=spell.pk)
    if spell.voided_at is not None:
        raise RegisterError(_("This entry has already been taken back."))
    return spell


def refuse_odd_days(started_on: date, ended_on: date | None, *, today: date) -> None:
    if problem := day_problem(started_on, ended_on, today=today):
        raise RegisterError(problem[1])


def _person(
    premises: Premises,
    *,
    name: str,
    staff_number: str,
    email: str,
    language: str,
    actor: User,
) -> StaffMember:
    if not name:
        raise RegisterError(_("Enter the person's name."))
    hold_roster(premises)
    roster = Roster(premises, numbers={staff_number})
    for known in roster.candidates(name=name, staff_number=staff_number, email=email):
        if isinstance(known, StaffMember):
            return known
    person = StaffMember.objects.create(
        organisation_id=premises.organisation_id,
        name=name,
        staff_number=staff_number,
        email=email,
        language=language,
    )
    record("staffmember.created", person, actor=actor)
    return person


def refusal_of(spell: Spell, error: IntegrityError) -> RegisterError:
    if "spell_no_overlap" not in str(error):
        raise error
    return RegisterError(
        _(
            "%(name)s is already on your list as %(role)s at that time. If this is "
            "somebody else with the same name, add a staff number to tell them apart."
        )
        % {"name": spell.staff_member, "role": spell.get_role_display()}
    )
