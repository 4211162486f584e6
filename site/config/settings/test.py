from config.settings.base import *

VAR_DIR = VAR_DIR / "tests"
VAR_DIR.mkdir(exist_ok=True)
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MEDIA_ROOT = VAR_DIR / "uploads"
STORAGES["private"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": VAR_DIR / "private"},
}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads need the write-ahead log.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    # A server's thread closes its connection when a test is done with it.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
SERVE_UPLOADS = True
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
EMAIL_BY = "smtp"
MESSAGE_FILES = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = "signs@force.example"
# Tests change rows behind the models' backs: those of the cache turn it on.
PAGE_CACHE_BYTES = 0
ROUTE_LINK_LOOPBACK = True
ROUTE_LINK_PAUSE = 0.0
# Nobody listens there: a test that asks starts its own server.
OPEN_DATA_API = "http://127.0.0.1:9"
OPEN_DATA_FILES = "http://127.0.0.1:9/api/open-data-files/"
OPEN_DATA_LOOPBACK = True
OPEN_DATA_PAUSE = OPEN_DATA_RETRY_PAUSE = 0.0
