"""One public site for all tests of a file: they read, and change nothing on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from tests.e2e.conftest import Visitors, visiting
from tests.e2e.reading.whole_site import WholeSite, shown


@pytest.fixture(scope="module")
def db(
    browser: Browser, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Keep rows for a file of tests, where pytest-django keeps them for one test.

    Under its own name: by it pytest-django knows that a database is wanted.
    """
    with django_db_blocker.unblock():
        # Private to Django and unknown to its types: see tests/migrated_rows.py.
        case: Any = TransactionTestCase()
        case._fixture_setup()
        yield
        case._fixture_teardown()


@pytest.fixture(scope="module")
def whole_site(
    db: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeSite]:
    settings = Settings(_is_pytest_django=True)
    with shown(settings, tmp_path_factory.mktemp("static")) as site:
        yield site
    settings._finalize()


@pytest.fixture
def reader_at(
    browser: Browser, whole_site: WholeSite, request: Any
) -> Iterator[Visitors]:
    """Do as `page_at` does, on the one site of the file."""
    yield from visiting(Visitors(browser, whole_site.address), request)
