import pytest

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.services import grant_permissions
from core import uses
from core.enums import UseKind
from core.uses import Use
from tests.factories.accounts import UserFactory


@pytest.fixture
def editor(db: None) -> User:
    grant_permissions()
    return UserFactory.create(roles=[Role.EDITOR])


@pytest.fixture
def used_in(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Use]]:
    """Return a list of (key of a sign, use): the only finder there is."""
    found: list[tuple[str, Use]] = []
    monkeypatch.setattr(uses, "_finders", {"sign": [lambda: found]})
    return found


@pytest.fixture
def hotel_page() -> Use:
    return Use(UseKind.PAGE, "page:7", "At the desk", "/cms/pages/7/edit/")
