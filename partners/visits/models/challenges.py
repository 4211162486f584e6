from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from partners.register.models.premises import random_key
from partners.visits.enums import ChallengeState
from partners.visits.models.covert import CovertModel
from partners.visits.models.visits import TestVisit

# How long after its release the managers may challenge a result.
CHALLENGED_WITHIN = timedelta(days=28)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(visit__premises__area__in=areas_of(user))

    def by_urgency(self) -> Self:
        """Put what is still to be decided first, the oldest of it at the top."""
        is_decided = models.Case(
            models.When(state=ChallengeState.OPEN, then=0), default=1
        )
        return self.order_by(is_decided, "raised_at", "pk")

    def to_decide_by(self, user: User | AnonymousUser) -> Self:
        """Return what is open, if this officer had no part in the visit."""
        waiting = self.visible_to(user).filter(state=ChallengeState.OPEN)
        return (
            waiting.exclude(visit__planned_by=user.pk)
            .exclude(visit__checked_by=user.pk)
            .exclude(visit__tester=user.pk)
        )


class Challenge(CovertModel):
    """A manager's word against a result; once for each visit."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    visit = models.OneToOneField(TestVisit, models.PROTECT, related_name="challenge")
    reason = models.TextField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ChallengeState,
        default=ChallengeState.OPEN,
    )
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state=ChallengeState.OPEN,
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | ~models.Q(state=ChallengeState.OPEN)
                & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~models.Q(answer=""),
                name="challenge_decided_by_somebody_with_an_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("raised_by")),
                name="challenge_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.key
