from collections.abc import Iterator

import pytest

from tests.outbox.notify_server import NotifyServer, running


@pytest.fixture
def notify(settings) -> Iterator[NotifyServer]:
    """Send everything through a GOV.UK Notify of our own."""
    with running() as server:
        settings.NOTIFY = server.settings()
        settings.EMAIL_BY = settings.SMS_BY = "notify"
        yield server
