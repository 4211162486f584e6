"""The public site as it is served in production, and what can be read there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test.testcases import LiveServerThread

LANGUAGES = ("en", "pl", "ro", "sk", "ur")


@contextmanager
def served(settings: Any, folder: Any) -> Iterator[str]:
    """Serve with the page cache, and with styles and scripts packed and named anew."""
    settings.PAGE_CACHE_BYTES = 32_000_000
    settings.STATIC_ROOT = folder
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        }
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    # Without the handler of tests: WhiteNoise serves the files, as in production.
    thread = LiveServerThread("localhost", static_handler=_AsItIs)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()
    thread.join()


class _AsItIs(WSGIHandler):
    """Stands in the place of a handler of static files and adds nothing."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, *call: Any) -> Any:
        return self.application(*call)
