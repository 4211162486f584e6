"""A named person confirms the words of a translation; until then they are drafts."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import may_confirm_words
from campaigns.guidance.models import PageWords
from campaigns.learning.models import Module
from campaigns.learning.services import LearningError, confirm_words
from campaigns.routes.models import RouteWording
from campaigns.signs.models import SignWording
from core.audit import record
from core.enums import SAFE_TO_READ
from core.generation import bump
from core.languages import OTHER_LANGUAGES
from core.models import Installation, LanguageConfirmation


class ConfirmError(Exception):
    """Words that cannot be confirmed, in words for the person who tried."""


@transaction.atomic
def confirm_interface(
    *, language: str, name: str, actor: User, now: datetime
) -> LanguageConfirmation:
    """Speak a language from now on: buttons, labels and notices. Audited.

    Entered a second time on one day it stays as it is.

    :raises ConfirmError: when the person may not, or no name is given.
    """
    _refuse(language=language, name=name, actor=actor)
    rows = LanguageConfirmation.objects.select_for_update()
    before = rows.filter(language=language, confirmed_by_name=name.strip()).first()
    if before and localdate(before.confirmed_at) == localdate(now):
        return before
    confirmation, _is_new = LanguageConfirmation.objects.update_or_create(
        language=language,
        defaults={
            "confirmed_by_name": name.strip(),
            "confirmed_at": now,
            "entered_by": actor,
        },
    )
    record("language.confirmed", confirmation, actor=actor, language=language)
    return confirmation


@transaction.atomic
def withdraw_interface(*, language: str, actor: User) -> None:
    """Answer a language in English again. Audited.

    :raises ConfirmError: when the person may not.
    """
    _refuse(language=language, name="-", actor=actor)
    confirmation = LanguageConfirmation.objects.filter(language=language).first()
    if confirmation:
        record("language.withdrawn", confirmation, actor=actor, language=language)
        confirmation.delete()


@transaction.atomic
def confirm_page(
    *, words: PageWords, read_hash: str, name: str, actor: User, now: datetime
) -> None:
    """Let a translated page be read, until its words change. Audited.

    Entered a second time it stays as it is.

    :param read_hash: the hash of the words that the person has read.
    :raises ConfirmError: when the person may not, no name is given, or the words are
        others by now.
    """
    _refuse(language=words.page.locale.language_code, name=name, actor=actor)
    words = PageWords.objects.select_for_update().get(pk=words.pk)
    if words.words_hash != read_hash:
        raise ConfirmError(
            _("The words of this page have changed just now. Please read them again.")
        )
    if words.confirmed_by_name == name.strip():
        return
    words.confirmed_by_name = name.strip()
    words.confirmed_at = now
    words.confirmation_entered_by = actor
    words.save()
    record("page_words.confirmed", words, actor=actor, page=words.page_id)


@transaction.atomic
def confirm_routes(*, language: str, name: str, actor: User) -> int:
    """Confirm the words of all routes in a language that say what the English says.

    Returns how many are new to this person. Those that have fallen behind stay as they
    are. Audited.

    :raises ConfirmError: when the person may not, or no name is given.
    """
    _refuse(language=language, name=name, actor=actor)
    rows = RouteWording.objects.filter(language__in={language, "en"})
    english = {row.route_id: row for row in rows if row.language == "en"}
    confirmed = [
        row
        for row in rows
        if row.language == language
        and row.route_id in english
        and row.confirmed_by != name.strip()
        and row.state_against(english[row.route_id]) in SAFE_TO_READ
    ]
    if not confirmed:
        return 0
    _write(RouteWording, confirmed, name)
    record(
        "route_words.confirmed",
        Installation(pk=1),
        actor=actor,
        language=language,
        count=len(confirmed),
    )
    return len(confirmed)


@transaction.atomic
def confirm_signs(*, language: str, name: str, actor: User) -> int:
    """Do the same for the words of all signs.

    :raises ConfirmError: when the person may not, or no name is given.
    """
    _refuse(language=language, name=name, actor=actor)
    rows = SignWording.objects.filter(language__in={language, "en"})
    english = {(row.sign_id, row.audience): row for row in rows if row.language == "en"}
    confirmed = [
        row
        for row in rows
        if row.language == language
        and row.confirmed_by != name.strip()
        and row.state_against(english.get((row.sign_id, row.audience))) in SAFE_TO_READ
    ]
    if not confirmed:
        return 0
    _write(SignWording, confirmed, name)
    record(
        "sign_words.confirmed",
        Installation(pk=1),
        actor=actor,
        language=language,
        count=len(confirmed),
    )
    return len(confirmed)


@transaction.atomic
def confirm_modules(*, language: str, name: str, actor: User, now: datetime) -> int:
    """Do the same for the words of all modules, and publish each that has new ones.

    :raises ConfirmError: when the person may not, no name is given, or a module could
        not be published as it stands.
    """
    _refuse(language=language, name=name, actor=actor)
    try:
        return sum(
            confirm_words(
                module=module,
                language=language,
                name=name.strip(),
                actor=actor,
                now=now,
            )
            for module in Module.objects.filter(live=True).order_by("pk")
        )
    except LearningError as refusal:
        raise ConfirmError(str(refusal)) from refusal


def _write(
    model: type[RouteWording] | type[SignWording],
    rows: list[RouteWording] | list[SignWording],
    name: str,
) -> None:
    model.objects.filter(pk__in=[row.pk for row in rows]).update(
        confirmed_by=name.strip()
    )
    bump()


def _refuse(*, language: str, name: str, actor: User) -> None:
    if not may_confirm_words(actor):
        raise ConfirmError(
            _("Only an officer, an area lead or a safeguarding lead confirms words.")
        )
    if language not in OTHER_LANGUAGES:
        raise ConfirmError(_("There is no such language."))
    if not name.strip():
        raise ConfirmError(_("Enter the name of the person who read the words."))
