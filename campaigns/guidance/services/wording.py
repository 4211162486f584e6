from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from campaigns.guidance.models import GuardDismissal, GuardedPhrase
from core.audit import record
from core.careful_words import CarefulWord, Passage
from core.wording import fingerprint


class LanguageGuard:
    """What answers the forms of every room (core.careful_words)."""

    def undecided(
        self, passages: Iterable[Passage], *, subject: Model
    ) -> list[CarefulWord]:
        """Return each phrase that needs care, once per passage, but those kept before.

        A passage that has changed in any way is looked at anew.
        """
        matchers = GuardedPhrase.objects.matchers()
        kept = GuardDismissal.objects.kept_in(subject)
        found: dict[tuple[int, str], CarefulWord] = {}
        for passage in passages:
            matcher = matchers.get(passage.language)
            for hit in matcher.hits(passage.text) if matcher else ():
                key = (hit.guarded.pk, fingerprint(passage.text))
                if key not in kept:
                    found.setdefault(
                        key,
                        CarefulWord(
                            phrase=hit.guarded.pk,
                            found=hit.found,
                            reason=hit.guarded.reason,
                            instead=hit.guarded.instead,
                            passage=key[1],
                        ),
                    )
        return list(found.values())

    @transaction.atomic
    def keep(
        self,
        words: Sequence[CarefulWord],
        *,
        subject: Model,
        note: str,
        by: Model,
        now: datetime,
    ) -> None:
        """Write down who keeps these words, and why. Audited."""
        GuardDismissal.objects.bulk_create(
            GuardDismissal(
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                phrase_id=word.phrase,
                passage=word.passage,
                note=note,
                by_id=by.pk,
                at=now,
            )
            for word in words
        )
        phrases = sorted({word.phrase for word in words})
        record("wording.kept", subject, actor=by, phrases=phrases)
