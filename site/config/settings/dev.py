"""`make run` on one machine: SQLite, files under `var/`, mail written to `var/mail`."""

import secrets

from config.settings.base import *

_key_file = VAR_DIR / "secret-key"
if not _key_file.exists():
    _key_file.write_text(secrets.token_urlsafe(50))
    _key_file.chmod(0o600)

SECRET_KEY = _key_file.read_text()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMONSTRATION = True
SMS_BY = "file"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Serve styles straight from `site/static`, without a collecting step.
WHITENOISE_USE_FINDERS = True
SERVE_UPLOADS = True
