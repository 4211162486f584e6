from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from core.models import AuditEvent


def record(
    verb: str,
    subject: Model,
    *,
    actor: Model | AnonymousUser | None = None,
    job: str = "",
    **facts: Any,
) -> AuditEvent:
    """Write one line of the audit trail, in the caller's transaction.

    `verb` reads after the subject: "premises.approved". Give the person who acted, or
    the job; an act by an unknown member of the public has neither.
    """
    known = actor if isinstance(actor, Model) else None
    return AuditEvent.objects.create(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_id=known.pk if known else None,
        job=job,
        facts=facts,
    )


def record_each(verb: str, subjects: Iterable[Model], *, actor: Model) -> None:
    """Write the same line about each of several subjects, in one statement."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            actor_id=actor.pk,
        )
        for subject in subjects
    )
