import datetime

import pytest

from campaigns.learning.loading import load_modules
from partners.register.enums import StaffRole
from partners.training.loading import load_requirements
from partners.training.models import Requirement

pytestmark = pytest.mark.django_db


def test_requirements_follow_the_roles_the_modules_are_written_for(now):
    load_modules(now=now)

    made = load_requirements(now)

    roles = {
        requirement.module.slug: set(
            requirement.required_roles.values_list("role", flat=True)
        )
        for requirement in made
    }
    assert roles == {
        "reception": {StaffRole.RECEPTION, StaffRole.OTHER},
        "housekeeping": {StaffRole.HOUSEKEEPING, StaffRole.MAINTENANCE},
        "bar-and-security": {StaffRole.BAR, StaffRole.SECURITY},
        "manager": {StaffRole.MANAGER},
    }
    assert {
        (made.within_days, made.valid_months, made.starts_on)
        for made in Requirement.objects.all()
    } == {(30, 12, datetime.date(2026, 11, 18))}


def test_requirements_are_loaded_once_and_left_as_officers_change_them(now):
    load_modules(now=now)
    load_requirements(now, starts_on=datetime.date(2025, 1, 1))
    Requirement.objects.update(within_days=14)

    assert load_requirements(now) == []
    assert set(Requirement.objects.values_list("within_days", "starts_on")) == {
        (14, datetime.date(2025, 1, 1))
    }
