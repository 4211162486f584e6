from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import User

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    """A person with a verified address; `roles` and `areas` may be given."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@force.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None, **_: Any) -> None:
        for role in extracted or []:
            self.groups.add(Group.objects.get_or_create(name=role)[0])

    @factory.post_generation
    def areas(self: User, create: bool, extracted: list[Any] | None, **_: Any) -> None:
        self.areas.set(extracted or [])

    @factory.post_generation
    def address(self: User, create: bool, extracted: None, **_: Any) -> None:
        EmailAddress.objects.create(
            user=self, email=self.email, verified=True, primary=True
        )

    @factory.post_generation
    def second_factor(
        self: User, create: bool, extracted: bool | None, **_: Any
    ) -> None:
        if extracted if extracted is not None else self.needs_second_factor:
            TOTP.activate(self, generate_totp_secret())
