"""Training face to face: planned, held, and who was there."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from campaigns.learning.models import ModuleVersion
from core.models import Area
from core.shortcodes import new_code
from partners.register.models import Premises, Spell, StaffMember
from partners.register.models.premises import random_key
from partners.training.enums import AttendanceBy, SessionState

# Five characters and the check character: read aloud in a room, typed on a phone.
SESSION_CODE_LENGTH = 6


def new_session_code() -> str:
    return new_code(SESSION_CODE_LENGTH)


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the sessions of an officer's areas."""
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def for_premises(self, premises: Premises) -> Self:
        """Return those that people of these premises may come to."""
        area = premises.area
        around = models.Q(is_for_area=True, area__in=[area.pk, area.parent_id])
        return self.filter(around | models.Q(is_for_area=False, premises=premises))

    def run_by(self, user: User | AnonymousUser) -> Self:
        """Return those that somebody plans, opens and closes.

        Officers of its area do; managers, when it is for their own people alone.
        """
        managed = Premises.objects.managed_by(user)
        own = self.filter(is_for_area=False, premises__in=managed)
        return (self.visible_to(user) | own).distinct()

    def ahead(self, now: datetime) -> Self:
        """Return what is planned and not over yet, and what is open."""
        planned = models.Q(state=SessionState.PLANNED, ends_at__gte=now)
        return self.filter(planned | models.Q(state=SessionState.OPEN))

    def to_close(self, now: datetime) -> Self:
        """Return what is over and still open: nobody has completed anything yet."""
        return self.filter(state=SessionState.OPEN, ends_at__lt=now)

    def with_present_count(self, *, of: Premises | None = None) -> Self:
        """Add `present_count`: how many people were there, or of one workplace."""
        there = Attendance.objects.standing().filter(session=models.OuterRef("pk"))
        if of is not None:
            there = there.filter(spell__premises=of)
        counted = there.order_by().values("session").annotate(number=models.Count("pk"))
        number = models.Subquery(counted.values("number"))
        return self.annotate(present_count=Coalesce(number, 0))

    def with_place(self) -> Self:
        return self.select_related("version__module", "premises", "area")


class TrainingSession(models.Model):
    """One face-to-face session on a module: where, when, led by whom, for whom.

    It is held at premises that take part, or at a place in words; for everybody who
    works in its area, or for the people of its premises alone. `version` is what was
    newest when it opened. The code signs people in on the day, while it is open.
    """

    key = models.CharField(max_length=12, unique=True, default=random_key)
    version = models.ForeignKey(
        ModuleVersion, models.PROTECT, related_name="training_sessions"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="training_sessions")
    is_for_area = models.BooleanField(default=True)
    premises = models.ForeignKey(
        Premises,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # An organisation or an office, not necessarily anybody with an account here.
    led_by = models.CharField(_("led by"), max_length=120)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    capacity = models.PositiveSmallIntegerField(_("room for"), null=True, blank=True)
    code = models.CharField(
        max_length=SESSION_CODE_LENGTH, unique=True, default=new_session_code
    )
    state = models.CharField(
        max_length=10, choices=SessionState, default=SessionState.PLANNED
    )
    state_reason = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "starts_at"], name="session_by_area"),
            models.Index(fields=["premises", "starts_at"], name="session_by_premises"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(premises__isnull=False, place="")
                | (models.Q(premises__isnull=True) & ~models.Q(place="")),
                name="session_has_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(is_for_area=True) | models.Q(premises__isnull=False),
                name="session_of_premises_is_held_there",
            ),
            models.CheckConstraint(
                condition=~models.Q(led_by=""), name="session_is_led_by_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1),
                name="session_has_room",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=SessionState.PLANNED,
                    opened_at__isnull=True,
                    closed_at__isnull=True,
                )
                | models.Q(
                    state=SessionState.OPEN,
                    opened_at__isnull=False,
                    closed_at__isnull=True,
                )
                | models.Q(
                    state=SessionState.CLOSED,
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                )
                | (
                    models.Q(state=SessionState.CANCELLED, closed_at__isnull=True)
                    & ~models.Q(state_reason="")
                ),
                name="session_state_has_its_times",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def where(self) -> str:
        """Return the place in words: load it `with_place`."""
        return str(self.premises) if self.premises else self.place

    @property
    def is_over(self) -> bool:
        """Say whether nothing more can become of it but corrections."""
        return self.state in {SessionState.CLOSED, SessionState.CANCELLED}

    def is_for(self, premises: Premises) -> bool:
        """Say whether people of these premises may come; see `for_premises`."""
        if self.is_for_area:
            return self.area_id in {premises.area_id, premises.area.parent_id}
        return self.premises_id == premises.pk

    def takes_codes_on(self, day: date) -> bool:
        return self.state == SessionState.OPEN and day == self.day


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def standing(self) -> Self:
        """Return who was there: what was recorded and not taken back."""
        taken_back = Attendance.objects.filter(
            session=models.OuterRef("session"),
            staff_member=models.OuterRef("staff_member"),
            turn=models.OuterRef("turn"),
            is_present=False,
        )
        return self.filter(~models.Exists(taken_back), is_present=True)

    def corrections(self) -> Self:
        """Return what changed a list that had been settled, or explains itself."""
        return self.filter(
            models.Q(is_present=False) | models.Q(turn__gt=1) | ~models.Q(note="")
        )

    def newest_of(
        self, *, session: TrainingSession, staff_member: StaffMember
    ) -> "Attendance | None":
        found = self.filter(session=session, staff_member=staff_member)
        return found.order_by("-turn", "is_present").first()


class Attendance(models.Model):
    """That somebody was at a session, or that this was a mistake. Only ever added to.

    Each turn is one row that says "was there" and, if that was wrong, one that takes it
    back; who is recorded again after that begins the next turn. `spell` says as whom,
    and of which premises, the person came.
    """

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="attendances"
    )
    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="attendances"
    )
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField(default=1)
    is_present = models.BooleanField(default=True)
    by = models.CharField(max_length=4, choices=AttendanceBy)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "staff_member", "turn", "is_present"],
                name="attendance_once_a_turn",
            ),
            models.CheckConstraint(
                condition=models.Q(turn__gte=1), name="attendance_turns_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(by=AttendanceBy.CODE, is_present=True)
                | models.Q(by=AttendanceBy.LIST, recorded_by__isnull=False),
                name="attendance_from_the_list_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} at {self.session_id}"


class SessionCodeTries(models.Model):
    """How many wrong session codes somebody has typed in a row, and until when locked.

    A code is short because it is read aloud, so guesses have to be counted.
    """

    staff_member = models.OneToOneField(
        StaffMember, models.CASCADE, related_name="session_code_tries"
    )
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.staff_member_id}: {self.wrong}"
