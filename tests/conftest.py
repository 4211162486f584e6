from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from accounts.enums import Role
from accounts.models import User
from core.languages import OTHER_LANGUAGES
from core.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory, LanguageConfirmationFactory
from tests.migrated_rows import migrated_rows_kept
from tests.migrated_template import migrations_remembered, remember_migrations
from tests.sqlite_flush import delete_history_too


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: "tests/e2e/" not in item.nodeid)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Take pytest-django's place just before it makes the database."""
    with migrations_remembered():
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_history(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        remember_migrations()
    with delete_history_too(), migrated_rows_kept():
        yield
    with django_db_blocker.unblock():
        _end_other_connections()


def _end_other_connections() -> None:
    """Let PostgreSQL drop the test database when a browser test left a connection.

    Django keeps connections apart with Playwright's event loop and without: what was
    opened while it ran is out of reach once it has stopped.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """Undo what a request in another language leaves active in this thread."""
    yield
    translation.activate("en")


@pytest.fixture
def now() -> datetime:
    """Return one Wednesday noon in November 2026: no test reads the clock."""
    return datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def area(db: None) -> Area:
    return AreaFactory.create(name="Ashbeck", slug="ashbeck")


@pytest.fixture
def officer(area: Area) -> User:
    return UserFactory.create(roles=[Role.OFFICER], areas=[area])


@pytest.fixture
def confirmed_languages(officer: User, now: datetime) -> None:
    """Let every language be spoken, as if a named person had confirmed each."""
    for language in OTHER_LANGUAGES:
        LanguageConfirmationFactory.create(
            language=language, entered_by=officer, confirmed_at=now
        )


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a function that signs a person in and gives their client."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(
            user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Return a function that works off the queue and tells how many jobs it ran.

    The worker's own loop closes the connection the test's transaction lives on.
    """

    def run() -> int:
        done = 0
        while queued := DBTaskResult.objects.ready().order_by("enqueued_at").first():
            queued.claim("tests")
            queued.task.call(*queued.task_result.args, **queued.task_result.kwargs)
            queued.set_successful(None)
            done += 1
        return done

    return run
