from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.models import User
from accounts.scoping import areas_of, may_enter_admin
from campaigns.routes.enums import (
    CALLABLE_KINDS,
    FAILING_LINKS,
    Access,
    Anonymity,
    CheckOutcome,
    DueState,
    FactKind,
    FactStatus,
    FlagKind,
    LinkStatus,
    RouteGroup,
)
from campaigns.routes.rules import DUE_SOON_DAYS, folded, is_overdue, problem_with_value
from core.enums import SAFE_TO_READ, TranslationState
from core.models import Area
from core.wording import fingerprint, state_of


class RouteQuerySet(models.QuerySet["Route"]):
    def for_area(self, area: Area | None) -> Self:
        """Return the national routes and, with an area, its own and its force's."""
        own = {area.pk, area.parent_id or area.pk} if area else set()
        return self.filter(models.Q(area__isnull=True) | models.Q(area__in=own))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what a person looks after: national routes and those of own areas."""
        if not may_enter_admin(user):
            return self.none()
        if user.is_superuser:
            return self.all()
        own = models.Q(area__isnull=True) | models.Q(area__in=areas_of(user))
        return self.filter(own)

    def choices_for(self, user: User | AnonymousUser, *kept: int | None) -> Self:
        """Return what a person may choose, with what is chosen already."""
        own = self.visible_to(user).values("pk")
        return self.filter(models.Q(pk__in=own) | models.Q(pk__in=filter(None, kept)))

    def in_groups(self, *groups: RouteGroup) -> Self:
        return self.filter(group__in=groups)

    def placed(self, *, keys: Iterable[str], groups: Iterable[RouteGroup]) -> Self:
        """Return these routes, other ways to use them, and all that may stand in."""
        asked = models.Q(key__in=keys) | models.Q(group__in=groups)
        other_ways = models.Q(alternative_to__key__in=keys) | models.Q(
            alternative_to__group__in=groups
        )
        return self.filter(asked | other_ways | models.Q(is_protected=True))

    def with_words(self, language: str) -> Self:
        """Fetch facts and wordings with the routes: three queries however many."""
        wordings = RouteWording.objects.filter(language__in={language, "en"})
        return (
            self.prefetch_related(
                models.Prefetch("facts", queryset=RouteFact.objects.order_by("pk")),
                models.Prefetch("wordings", queryset=wordings),
            )
            .select_related("area")
            .order_by("position", "pk")
        )

    def with_overview(self) -> Self:
        """Add the English name, how many facts are open, and the days of its checks.

        `last_checked` is the day of the fact that waited longest, among those that
        somebody has checked.
        """
        english = RouteWording.objects.filter(
            route=models.OuterRef("pk"), language="en"
        )
        is_open = models.Q(facts__status=FactStatus.TO_CHECK)
        is_failing = models.Q(facts__link_status__in=FAILING_LINKS)
        refuses = models.Q(facts__link_status=LinkStatus.REFUSES)
        return self.annotate(
            english_name=models.Subquery(english.values("name")[:1]),
            to_check=models.Count("facts", filter=is_open),
            links_failing=models.Count("facts", filter=is_failing),
            links_by_hand=models.Count("facts", filter=refuses),
            last_checked=models.Min("facts__checked_on"),
            check_by=models.Min("facts__check_by"),
        )

    def overdue(self, today: date) -> Self:
        return self.with_overview().filter(check_by__lt=today)

    def to_ring(self, today: date) -> Self:
        """Return what is overdue, due soon, never checked, or does not answer."""
        return self.with_overview().in_due_state(DueState.TO_RING, today=today)

    def in_due_state(self, state: str, *, today: date) -> Self:
        """Narrow routes with their overview; an unknown state narrows nothing."""
        soon = models.Q(check_by__lte=today + timedelta(days=DUE_SOON_DAYS))
        never = models.Q(last_checked__isnull=True)
        fails = models.Q(links_failing__gt=0)
        conditions: dict[str, models.Q] = {
            DueState.TO_RING: soon | never | fails,
            DueState.OVERDUE: models.Q(check_by__lt=today),
            DueState.SOON: soon & models.Q(check_by__gte=today),
            DueState.NEVER: never,
            DueState.LINKS: fails,
            DueState.BY_HAND: models.Q(links_by_hand__gt=0),
        }
        return self.filter(conditions.get(state, models.Q()))

    def by_urgency(self) -> Self:
        """Put what is due first in front; what has no day to check it by comes last."""
        due = models.F("check_by").asc(nulls_last=True)
        return self.order_by(due, "position", "pk")


class Route(ClusterableModel):
    """One way to report or to get help. The only place where its number is written."""

    key = models.SlugField(unique=True)
    group = models.CharField(max_length=10, choices=RouteGroup)
    position = models.PositiveSmallIntegerField(default=100)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    anonymity = models.CharField(
        max_length=12, choices=Anonymity, default=Anonymity.UNKNOWN
    )
    is_protected = models.BooleanField(
        default=False, help_text=_("Flagged when overdue, but never hidden")
    )
    access = models.CharField(
        _("used by"), max_length=10, choices=Access, default=Access.VOICE
    )
    alternative_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alternatives",
        help_text=_("The route this one is another way to use, by text or by relay"),
    )
    fallback = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stand-in"),
        help_text=_(
            "The protected national route the public sees when this one is not checked "
            "in time. Empty: the usual one of its kind."
        ),
    )
    check_every_days = models.PositiveSmallIntegerField(
        _("days between checks"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )

    objects = RouteQuerySet.as_manager()
    # Filled by routes.rendering: the route to show in place of this one, the other ways
    # to use it, and what the public may see. A page fetches all of them at once.
    stand_in: "Route | None" = None
    other_ways: "Sequence[Route]" = ()
    facts_shown: "Sequence[RouteFact]" = ()

    class Meta:
        verbose_name = _("reporting route")
        verbose_name_plural = _("reporting routes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fallback__isnull=True)
                | ~models.Q(fallback=models.F("pk")),
                name="route_never_stands_in_for_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(alternative_to__isnull=True)
                | ~models.Q(alternative_to=models.F("pk")),
                name="route_is_no_alternative_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        fallback = self.fallback
        if fallback is None:
            return
        if fallback.pk == self.pk:
            raise ValidationError(
                {"fallback": _("A route cannot stand in for itself.")}
            )
        if not fallback.is_protected or fallback.area_id is not None:
            raise ValidationError(
                {"fallback": _("Choose a national route that is protected.")}
            )


class RouteFact(models.Model):
    """One checked fact of a route: the number, an address, the hours, the cost."""

    route = ParentalKey(Route, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=FactKind)
    value = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=FactStatus, default=FactStatus.TO_CHECK
    )
    source = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(
        _("web address of the source"), max_length=300, blank=True
    )
    note = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    check_by = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The public is told the role, never the name.
    checked_role = models.CharField(max_length=20, blank=True)
    link_status = models.CharField(
        _("web address"), max_length=10, choices=LinkStatus, blank=True
    )
    link_detail = models.CharField(max_length=120, blank=True)
    link_checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "kind", "value"], name="routefact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} {self.kind} {self.value}"

    def clean(self) -> None:
        if problem := problem_with_value(self.kind, self.value):
            raise ValidationError({"value": problem})

    @property
    def is_public(self) -> bool:
        return self.status == FactStatus.VERIFIED

    @property
    def href(self) -> str:
        """Return what a tap does: `tel:`, `sms:` or the web address, else nothing."""
        digits = "".join(sign for sign in self.value if sign.isdigit() or sign == "+")
        if self.kind in CALLABLE_KINDS:
            return f"tel:{digits}"
        if self.kind == FactKind.SMS:
            return f"sms:{digits}"
        return self.value if self.kind == FactKind.WEB else ""

    def is_overdue(self, today: date) -> bool:
        return is_overdue(self.check_by, today=today)


class RouteWording(models.Model):
    """The words around a route in one language."""

    route = ParentalKey(Route, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(max_length=120)
    when = models.TextField(help_text=_("Who uses it and when, in a sentence or two"))
    say = models.TextField(blank=True, help_text=_("Words to say"))
    say_business = models.TextField(
        blank=True, help_text=_("Words to say for staff of a premises in the scheme")
    )
    note = models.TextField(blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    # On the English words: the hashes of earlier ones that meant the same.
    same_meaning: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, blank=True
    )
    confirmed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "language"], name="routewording_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def own_hash(self) -> str:
        """Return the hash by which a translation remembers these words."""
        return fingerprint(self.name, self.when, self.say, self.say_business, self.note)

    def state_against(self, english: "RouteWording") -> TranslationState:
        """Say whether this translation still says what the English says today."""
        return state_of(
            source_hash=self.source_hash,
            current_hash=english.own_hash(),
            same_meaning=english.same_meaning,
        )

    def may_be_read_for(self, english: "RouteWording") -> bool:
        return self.state_against(english) in SAFE_TO_READ


class RouteCheck(models.Model):
    """One time somebody rang or looked, and what came of it. Only ever added to."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="checks")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    made_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["route", "-made_on"], name="check_by_route")]

    def __str__(self) -> str:
        return f"{self.route_id} {self.made_on} {self.outcome}"


class RouteFlag(models.Model):
    """What officers were told of a route: once for each kind and the day it began."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=10, choices=FlagKind)
    since = models.DateField()
    flagged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "kind", "since"], name="routeflag_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} {self.kind} {self.since}"


class ServedPlaceQuerySet(models.QuerySet["ServedPlace"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not may_enter_admin(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def named(self, typed: str) -> "ServedPlace | None":
        """Return the place a reader has typed, however it was written."""
        return self.select_related("area").filter(folded=folded(typed)).first()


class ServedPlace(models.Model):
    """A town, village or postcode district, as people type it, and whose area it is."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="places")
    name = models.CharField(
        max_length=80,
        help_text=_("A town or village, or the first half of a postcode, such as ZZ1"),
    )
    # The name without case, accents and points: what a reader's words are compared to.
    folded = models.CharField(max_length=80, unique=True, editable=False)

    objects = ServedPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name
