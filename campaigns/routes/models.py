from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaigns.routes.enums import (
    CALLABLE_KINDS,
    Anonymity,
    FactKind,
    FactStatus,
    RouteGroup,
)
from core.models import Area


class RouteQuerySet(models.QuerySet["Route"]):
    def for_area(self, area: Area | None) -> Self:
        """Return the national routes and, with an area, its own."""
        own = models.Q(area=area) if area else models.Q()
        return self.filter(models.Q(area__isnull=True) | own)

    def in_groups(self, *groups: RouteGroup) -> Self:
        return self.filter(group__in=groups)

    def placed(self, *, keys: Iterable[str], groups: Iterable[RouteGroup]) -> Self:
        return self.filter(models.Q(key__in=keys) | models.Q(group__in=groups))

    def with_words(self, language: str) -> Self:
        """Fetch facts and wordings with the routes: three queries however many."""
        wordings = RouteWording.objects.filter(language__in={language, "en"})
        return self.prefetch_related(
            models.Prefetch("facts", queryset=RouteFact.objects.order_by("pk")),
            models.Prefetch("wordings", queryset=wordings),
        ).order_by("position", "pk")

    def with_overview(self) -> Self:
        """Add the English name, how many facts are open and the first day due."""
        english = RouteWording.objects.filter(
            route=models.OuterRef("pk"), language="en"
        )
        is_open = models.Q(facts__status=FactStatus.TO_CHECK)
        return self.annotate(
            english_name=models.Subquery(english.values("name")[:1]),
            to_check=models.Count("facts", filter=is_open),
            check_by=models.Min("facts__check_by"),
        )


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

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting route")
        verbose_name_plural = _("reporting routes")

    def __str__(self) -> str:
        return self.key


class RouteFact(models.Model):
    """One checked fact of a route: the number, an address, the hours, the cost."""

    route = ParentalKey(Route, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=FactKind)
    value = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=FactStatus, default=FactStatus.TO_CHECK
    )
    source = models.CharField(max_length=120, blank=True)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "kind", "value"], name="routefact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} {self.kind} {self.value}"

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
        return self.check_by is not None and self.check_by < today


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
    confirmed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "language"], name="routewording_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


def in_language(wordings: Iterable[RouteWording], language: str) -> RouteWording | None:
    """Return the wording in this language, or the English one."""
    by_language = {wording.language: wording for wording in wordings}
    return by_language.get(language) or by_language.get("en")
