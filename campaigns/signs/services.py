"""What changes a sign, and what follows for the places that use it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.signs.enums import FlagReason
from campaigns.signs.models import Sign, SignWording, UseFlag
from core.audit import record
from core.uses import Use, uses_by_key

SUBJECT = "sign"

type Words = dict[tuple[str, str], SignWording]


class SignError(Exception):
    """What cannot be done with a sign, in words for the person who asked."""


@transaction.atomic
def add_sign(*, sign: Sign, actor: User, now: datetime) -> list[UseFlag]:
    """Save a new sign with the words it holds in memory.

    A sign that is shown at once flags the pages whose filter places it.
    """
    _settle(_by_place(sign.wordings.all()), stored={}, is_same_meaning=False)
    sign.save()
    record("sign.added", sign, actor=actor, key=sign.key, status=sign.status)
    if not sign.is_shown:
        return []
    return _flag(sign, _uses_of(sign), reason=FlagReason.SHOWN, actor=actor, now=now)


@transaction.atomic
def change_sign(
    *, sign: Sign, is_same_meaning: bool, actor: User, now: datetime
) -> list[UseFlag]:
    """Save a sign with the words it holds in memory; flag each use if it matters.

    Matters what the public reads otherwise: whether the sign is shown, its kind of
    harm, and its English words unless `is_same_meaning`. Translations remember which
    English words they were made from; one whose own words changed loses the name of
    the person who had confirmed it. Returns the flags that are open now.
    """
    before = Sign.objects.select_for_update().get(pk=sign.pk)
    stored = _by_place(SignWording.objects.filter(sign_id=sign.pk))
    words = _by_place(sign.wordings.all())
    uses = _uses_of(before)
    reason = _reason(
        before, sign, is_same_meaning=is_same_meaning, pair=(stored, words)
    )
    _settle(words, stored=stored, is_same_meaning=is_same_meaning)
    sign.save()
    record(
        "sign.changed",
        sign,
        actor=actor,
        key=sign.key,
        status=[before.status, sign.status],
        english=_changed_english(stored, words),
        is_same_meaning=is_same_meaning,
        reason=reason or "",
    )
    if reason is None:
        return []
    uses += _uses_of(sign)
    return _flag(sign, uses, reason=reason, actor=actor, now=now)


@transaction.atomic
def clear_flag(*, flag: UseFlag, actor: User, note: str, now: datetime) -> UseFlag:
    """Note that someone has looked again and the place is still right.

    :raises SignError: when someone else has done so already.
    """
    cleared = UseFlag.objects.open().filter(pk=flag.pk)
    if not cleared.update(cleared_at=now, cleared_by=actor, note=note):
        raise SignError(_("Someone else has looked at this place already."))
    flag.refresh_from_db()
    record("useflag.cleared", flag, actor=actor, sign=flag.sign.key, note=note)
    return flag


def _uses_of(sign: Sign) -> list[Use]:
    return uses_by_key(SUBJECT).get(sign.key, [])


def _by_place(wordings: Iterable[SignWording]) -> Words:
    return {(row.audience, row.language): row for row in wordings}


def _changed_english(stored: Words, words: Words) -> list[str]:
    """Return the audiences whose English words are new, changed or gone."""
    places = {*stored, *words}
    return sorted(
        audience
        for audience, language in places
        if language == "en" and _hash(stored, audience) != _hash(words, audience)
    )


def _hash(words: Words, audience: str) -> str:
    english = words.get((audience, "en"))
    return english.hash if english else ""


def _reason(
    before: Sign, sign: Sign, *, is_same_meaning: bool, pair: tuple[Words, Words]
) -> FlagReason | None:
    """Say why the uses of a sign must be looked at again, if they must."""
    if before.is_shown != sign.is_shown:
        return FlagReason.SHOWN if sign.is_shown else FlagReason.HIDDEN
    if before.harm != sign.harm:
        return FlagReason.HARM
    if _changed_english(*pair) and not is_same_meaning:
        return FlagReason.WORDS
    return None


def _settle(words: Words, *, stored: Words, is_same_meaning: bool) -> None:
    """Bring the hashes and confirmations of words in memory up to date."""
    for (audience, language), row in words.items():
        old = stored.get((audience, language))
        if language == "en":
            _settle_english(row, old, is_same_meaning=is_same_meaning)
        else:
            _settle_translation(row, old, source_hash=_hash(words, audience))


def _settle_english(
    row: SignWording, old: SignWording | None, *, is_same_meaning: bool
) -> None:
    if old is None or old.hash == row.hash:
        return
    earlier = [*old.same_meaning, old.hash]
    row.same_meaning = earlier if is_same_meaning else []


def _settle_translation(
    row: SignWording, old: SignWording | None, *, source_hash: str
) -> None:
    if old is None or old.text != row.text:
        row.source_hash = source_hash
        row.confirmed_by = ""


def _flag(
    sign: Sign,
    uses: Iterable[Use],
    *,
    reason: FlagReason,
    actor: User,
    now: datetime,
) -> list[UseFlag]:
    """Raise one flag for each use; one that is still open tells the newest reason."""
    flags = []
    for use in {(use.kind, use.reference): use for use in uses}.values():
        flag, _is_new = UseFlag.objects.update_or_create(
            sign=sign,
            kind=use.kind,
            reference=use.reference,
            cleared_at=None,
            defaults={"title": use.title[:200], "url": use.url, "reason": reason},
            create_defaults={
                "title": use.title[:200],
                "url": use.url,
                "reason": reason,
                "raised_at": now,
            },
        )
        flags.append(flag)
    if flags:
        record(
            "sign.uses_flagged",
            sign,
            actor=actor,
            reason=reason,
            uses=[f"{flag.kind}:{flag.reference}" for flag in flags],
        )
    return flags
