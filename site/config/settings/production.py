"""A real installation. Every value that differs between forces is in the environment.

See `docs/settings.md` for the list.
"""

from urllib.parse import urlsplit

from config.settings import env
from config.settings.base import *

SECRET_KEY = env.required("SPOT_SECRET_KEY")
WAGTAILADMIN_BASE_URL = env.required("SPOT_BASE_URL")
ALLOWED_HOSTS = env.listed(
    "SPOT_ALLOWED_HOSTS", urlsplit(WAGTAILADMIN_BASE_URL).hostname or ""
)
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DEBUG = False

# The proxy in front ends TLS and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

ROUTE_LINK_HOSTS = env.listed("SPOT_ROUTE_LINK_HOSTS")
LEAVE_TO = env.optional("SPOT_LEAVE_TO", LEAVE_TO)
LEAVERS_KEPT_MONTHS = int(
    env.optional("SPOT_LEAVERS_KEPT_MONTHS", str(LEAVERS_KEPT_MONTHS))
)

# Messages: `manage.py check` says what is set up by half (outbox.checks).
EMAIL_BY = env.optional("SPOT_EMAIL_BY", "smtp")
SMS_BY = env.optional("SPOT_SMS_BY")
OPERATORS = env.listed("SPOT_OPERATOR_MAIL")
NOTIFY = {
    "api_key": env.optional("SPOT_NOTIFY_API_KEY"),
    "base_url": env.optional("SPOT_NOTIFY_URL", NOTIFY["base_url"]),
    "email_template": env.optional("SPOT_NOTIFY_EMAIL_TEMPLATE"),
    "sms_template": env.optional("SPOT_NOTIFY_SMS_TEMPLATE"),
    "reply_to": env.optional("SPOT_NOTIFY_REPLY_TO"),
    "callback_token": env.optional("SPOT_NOTIFY_CALLBACK_TOKEN"),
}
if EMAIL_BY == "smtp":
    DEFAULT_FROM_EMAIL = env.required("SPOT_MAIL_FROM")
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.required("SPOT_SMTP_HOST"),
                "port": int(env.optional("SPOT_SMTP_PORT", "587")),
                "username": env.optional("SPOT_SMTP_USER"),
                "password": env.optional("SPOT_SMTP_PASSWORD"),
                "use_tls": env.optional("SPOT_SMTP_TLS", "1") == "1",
                "timeout": 20,
            },
        }
    }
else:
    DEFAULT_FROM_EMAIL = env.optional("SPOT_MAIL_FROM", DEFAULT_FROM_EMAIL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
