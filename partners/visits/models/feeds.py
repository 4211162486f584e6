from typing import Self

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from partners.visits.models.covert import CovertModel


def hmac_of(token: str) -> str:
    """Return what is kept of the token of a feed: nobody can read it back."""
    return salted_hmac(
        "partners.visits.calendar_feed", token, algorithm="sha256"
    ).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def current(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def since_when(self) -> models.Subquery:
        """Return since when a tester of the outer query has had a feed."""
        own = self.current().filter(tester=models.OuterRef("pk"))
        return models.Subquery(own.values("made_at")[:1])

    def by_token(self, token: str) -> "CalendarFeed | None":
        """Return the feed that a token opens, while its tester may sign in."""
        opened = self.current().filter(token_hmac=hmac_of(token))
        return opened.filter(tester__is_active=True).select_related("tester").first()


class CalendarFeed(CovertModel):
    """An address that tells a calendar when its tester is needed, and no more."""

    tester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feeds"
    )
    token_hmac = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tester"],
                condition=models.Q(revoked_at__isnull=True),
                name="calendarfeed_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="calendarfeed_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
