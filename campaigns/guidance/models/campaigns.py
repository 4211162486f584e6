from datetime import date, datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.models import User
from accounts.scoping import areas_of, may_enter_admin
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.validators import known_audiences
from campaigns.learning.models import Module
from campaigns.routes.models import Route
from campaigns.signs.enums import Audience
from core.models import Area, AreaQuerySet
from media.images.models import SiteDocument


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def planned(self, now: datetime) -> Self:
        return self.filter(opens_at__gt=now)

    def running(self, now: datetime) -> Self:
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def past(self, now: datetime) -> Self:
        return self.filter(closes_at__lte=now)

    def opened(self, now: datetime) -> Self:
        """Return what the public may know of: running campaigns and past ones."""
        return self.filter(opens_at__lte=now)

    def visible_to(self, user: User | AnonymousUser, *, unread: bool = False) -> Self:
        """Return the campaigns that reach into one of a person's own areas.

        `unread` asks for the areas in the same query, as each screen of pages does.
        """
        if not may_enter_admin(user):
            return self.none()
        if isinstance(user, User) and user.is_superuser:
            return self.all()
        own = areas_of(user, unread=unread)
        inside = models.Q(areas__in=own) | models.Q(areas__districts__in=own)
        reaching = Campaign.objects.filter(inside | models.Q(areas__isnull=True))
        # Not a join: a campaign in two of the areas would be listed twice.
        return self.filter(pk__in=reaching.values("pk"))

    def handing_out(self, document: SiteDocument) -> Self:
        holding = CampaignMaterial.objects.filter(document=document)
        return self.filter(pk__in=holding.values("campaign"))

    def keep_back(self, document: SiteDocument, now: datetime) -> bool:
        """Say whether a file is the material of campaigns still to open, and no other.

        What no campaign hands out is for everybody who has its address.
        """
        holding = self.handing_out(document)
        return holding.exists() and not holding.opened(now).exists()

    def with_what_a_page_tells(self) -> Self:
        """Add areas, routes and lessons, a line each in no order, and fetch materials.

        The lines are put together by the database: a page has few queries to spend,
        and most of them go to the facts of its routes.
        """
        names = Area.objects.filter(campaigns=models.OuterRef("pk")).order_by()
        keys = Route.objects.filter(campaigns=models.OuterRef("pk")).order_by()
        modules = Module.objects.filter(campaigns=models.OuterRef("pk")).order_by()
        lesson = Concat(
            "title", models.Value("\t"), Cast("minutes", models.CharField())
        )
        return self.annotate(
            area_names=_lines(names, "name"),
            route_keys=_lines(keys, "key"),
            lessons=_lines(modules, lesson),
        ).prefetch_related("materials__document")

    def next_change(self, now: datetime) -> datetime | None:
        """Return the next moment at which a campaign opens or closes by itself."""
        moments = self.aggregate(
            opens=models.Min("opens_at", filter=models.Q(opens_at__gt=now)),
            closes=models.Min("closes_at", filter=models.Q(closes_at__gt=now)),
        )
        return min(filter(None, moments.values()), default=None)


def _lines(rows: "models.QuerySet[Any]", text: str | Concat) -> models.Subquery:
    joined = models.StringAgg(text, models.Value("\n"))
    # Grouped by a constant, so that all rows become one text.
    one = rows.annotate(all=models.Value(1)).values("all").annotate(joined=joined)
    return models.Subquery(one.values("joined"), output_field=models.TextField())


class Campaign(ClusterableModel):
    """A season: theme, dates, audiences, materials and modules that belong together.

    Whether it is planned, running or over follows from the time and is never typed.
    Test waves will point at it from the room of visits.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    audiences: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("for whom"), default=list, blank=True, validators=[known_audiences]
    )
    areas = models.ManyToManyField(
        Area,
        blank=True,
        related_name="campaigns",
        verbose_name=_("areas"),
        help_text=_("None chosen means everywhere."),
    )
    modules = models.ManyToManyField(
        Module, blank=True, related_name="campaigns", verbose_name=_("modules")
    )
    routes = models.ManyToManyField(
        Route,
        blank=True,
        related_name="campaigns",
        verbose_name=_("what to do: routes"),
        help_text=_("999 always stands first on the page, chosen or not."),
    )
    what_came_of_it = models.TextField(
        _("what came of it"),
        blank=True,
        help_text=_("Plain words for the public, once the campaign is over."),
    )
    # The English page; its translations are found by their common key.
    page = models.OneToOneField(
        "guidance.CampaignPage",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="own_campaign",
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="campaign_opens_before_it_closes",
                violation_error_message=_("The campaign closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audience_names(self) -> list[str]:
        return [str(Audience(value).label) for value in self.audiences]

    def state_at(self, now: datetime) -> CampaignState:
        if now < self.opens_at:
            return CampaignState.PLANNED
        return CampaignState.RUNNING if now < self.closes_at else CampaignState.OVER

    def days(self, now: datetime) -> tuple[date, date]:
        """Return its first day and its last one so far."""
        until = min(now, self.closes_at - timedelta(microseconds=1))
        return timezone.localdate(self.opens_at), timezone.localdate(until)

    def reached_areas(self) -> AreaQuerySet:
        """Return the areas it is for, with the districts inside them."""
        links = Campaign.areas.through.objects.filter(campaign=self.pk)
        chosen = links.values("area")
        return Area.objects.filter(
            models.Q(pk__in=chosen)
            | models.Q(parent__in=chosen)
            | ~models.Exists(links)
        )

    def areas_seen_by(self, user: User | AnonymousUser) -> AreaQuerySet:
        """Return where it reaches into a person's own areas."""
        return self.reached_areas().filter(pk__in=areas_of(user))


class CampaignMaterial(models.Model):
    """Something to put up, hand out or say, in words; with a file when there is one."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    title = models.CharField(_("what it is"), max_length=120)
    note = models.CharField(_("how to use it"), max_length=300, blank=True)
    document = models.ForeignKey(
        SiteDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title
