from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config.settings import env

# Paths

SITE_DIR = Path(__file__).resolve().parent.parent.parent
BASE_DIR = SITE_DIR.parent
VAR_DIR = Path(env.optional("SPOT_VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Apps

INSTALLED_APPS = [
    "core",
    "accounts",
    "outbox",
    "media.images",
    "campaigns.routes",
    "campaigns.signs",
    "campaigns.learning",
    "campaigns.guidance",
    "partners.register",
    "partners.training",
    "partners.visits",
    "partners.followups",
    "partners.scrutiny",
    "partners.portal",
    "media.codes",
    "media.print",
    "county",
    "wagtail.contrib.forms",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "wagtail_localize",
    "wagtail_localize.locales",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

# Requests

MIDDLEWARE = [
    "core.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before the policy: a style or a font obeys that of its page, and a first view asks
    # for a dozen of them.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PolicyMiddleware",
    # The next four never run on a public path: nobody is known there.
    "core.middleware.private_session",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.ConfirmedLanguageMiddleware",
    "core.middleware.HelpfulRefusalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.private_authentication",
    "core.middleware.private_messages",
    "core.middleware.private_htmx",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.AdminDoorMiddleware",
    "campaigns.guidance.middleware.OwnPagesDoorMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

# Everything outside these prefixes is public: no cookie, no session, no user.
PRIVATE_PREFIXES = (
    "/partners/",
    "/train/",
    "/visits/",
    "/panel/",
    "/accounts/",
    "/board/",
    "/cms/",
    "/api/",
)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.installation",
                "core.context.languages",
                "campaigns.guidance.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Languages

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("sk", "Slovenčina"),
    ("ur", "اردو"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [SITE_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# Storage

DATABASES = {
    "default": env.database(
        env.optional("DATABASE_URL"), sqlite_path=VAR_DIR / "spot.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
# Not `media/`: that is a package of ours, and uploads must never be importable.
MEDIA_ROOT = VAR_DIR / "uploads"
MEDIA_URL = "/uploads/"
# In production the proxy in front serves them (docs/install.md).
SERVE_UPLOADS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What only a view may hand out, such as evidence of a follow-up: no address.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# How much memory a process gives to public pages (core.page_cache); 0 keeps none.
PAGE_CACHE_BYTES = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Background work and mail

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": VAR_DIR / "mail"},
    }
}
DEFAULT_FROM_EMAIL = "spot-the-signs@localhost"
# By what e-mail leaves (smtp, notify, file) and text messages do (notify, file, or
# nothing: then nobody is written to by telephone). `outbox.channels`
EMAIL_BY = "file"
SMS_BY = ""
MESSAGE_FILES = VAR_DIR / "mail"
NOTIFY = {
    "api_key": "",
    "base_url": "https://api.notifications.service.gov.uk",
    "email_template": "",
    "sms_template": "",
    "reply_to": "",
    "callback_token": "",
}
# Who keeps the machine running: told when messages or the clock stand still.
OPERATORS: list[str] = []

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "outbox.account_adapter.OutboxAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Spot the Signs"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# Browser policy: strict everywhere but in Wagtail's admin (core.middleware)

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Wagtail 8 still emits inline scripts without a nonce on its listing pages.
ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
# Same-origin, so that a form post still carries its Origin; public pages send none.
SECURE_REFERRER_POLICY = "same-origin"

# Wagtail

WAGTAIL_SITE_NAME = "Spot the Signs"
WAGTAILADMIN_BASE_URL = env.optional("SPOT_BASE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Wagtail's mail about comments passes by the outbox. What a reviewer wants changed is
# said when the page is sent back, and that goes through it.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "images.SiteImage"
# A page handed in for translation begins as a draft, whoever hands it in: its words are
# English until somebody has translated them.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILDOCS_DOCUMENT_MODEL = "images.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "csv", "txt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.images.forms.SiteDocumentForm"
# Never SVG: it can hold script.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.images.forms.SiteImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS = {
    # PostgreSQL cuts no endings and leaves no words out: our pages speak five
    # languages, and `campaigns.guidance.rules.terms` does both for search.
    "default": {
        "BACKEND": "modelsearch.backends.database",
        "SEARCH_CONFIG": "simple",
    },
}

# Logs: no address and no agent of any reader is written

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The worker tells of every task; only what went wrong is worth a line.
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The product

# Whether this installation shows invented people and premises, and says so.
DEMONSTRATION = False
# Where "Exit this page" leads: the default of the GOV.UK component, nothing odd.
LEAVE_TO = "https://www.bbc.co.uk/weather"
# How long a leaver's name stays on a staff list, for certificates to be checked.
LEAVERS_KEPT_MONTHS = 24
# Hosts a web address of a route may lead to, beside its own; and the seconds between
# two questions to one host.
ROUTE_LINK_HOSTS: list[str] = []
ROUTE_LINK_PAUSE = 5.0
# Whether this machine itself may be asked: in tests only.
ROUTE_LINK_LOOPBACK = False
# The food hygiene open data: its service, and the folder of its files. Nobody else.
OPEN_DATA_API = "https://api.ratings.food.gov.uk"
OPEN_DATA_FILES = "https://ratings.food.gov.uk/api/open-data-files/"
# Seconds between two pages, before a question is asked again, and for a whole answer.
OPEN_DATA_PAUSE = 1.0
OPEN_DATA_RETRY_PAUSE = 5.0
OPEN_DATA_PATIENCE = 120.0
OPEN_DATA_LOOPBACK = False
LANGUAGE_NAMES_IN_ENGLISH = {
    "en": _("English"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "sk": _("Slovak"),
    "ur": _("Urdu"),
}
