from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import SECOND_FACTOR_ROLES, STAFF_ROLES, Role
from core.models import Area


class UserQuerySet(models.QuerySet["User"]):
    def with_role(self, *roles: Role) -> Self:
        return self.filter(groups__name__in=roles).distinct()

    def managed_by_lead(self, lead: "User") -> Self:
        """Return the colleagues whose access an area lead looks after.

        They work in the lead's areas and nowhere else.
        """
        areas = Area.objects.all() if lead.is_superuser else lead.areas.all()
        own = Area.objects.within(areas)
        elsewhere = Area.objects.exclude(pk__in=own)
        return (
            self.with_role(*STAFF_ROLES)
            .filter(areas__in=own)
            .exclude(areas__in=elsewhere)
            .exclude(groups__name=Role.AREA_LEAD)
        )


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc] # a base made at run time
    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = User(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractUser):
    """A person who signs in with an e-mail address. Learners have no account."""

    username = None  # type: ignore[assignment] # the address is the name to sign in with
    first_name = None  # type: ignore[assignment] # one name field, as people write it
    last_name = None  # type: ignore[assignment] # one name field, as people write it
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language of messages"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    areas = models.ManyToManyField(
        Area, blank=True, related_name="people", verbose_name=_("areas")
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return the person's roles; asks the database once per instance."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def needs_second_factor(self) -> bool:
        return self.is_superuser or not self.roles.isdisjoint(SECOND_FACTOR_ROLES)
