import pytest
from pytest_django import Settings

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.services import grant_permissions
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def editor(db: None) -> User:
    # Pictures lie in a collection: the page tree and it come with the migrations.
    grant_permissions()
    return UserFactory.create(roles=[Role.EDITOR])
