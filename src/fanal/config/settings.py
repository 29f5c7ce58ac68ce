"""Settings, read from the environment. `FANAL_VAR` is the folder of everything that is not code."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fanal.access import oidc
from fanal.attachments.rules import MOST_BYTES
from fanal.config.attachable import ATTACHABLE
from fanal.database import connect, secrets

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("FANAL_VAR", Path.cwd() / "var")).resolve()
DEBUG = False
SECRETS = secrets.load(VAR)
SECRET_KEY = SECRETS.django_secret_key
FANAL_CONTEXT_KEY = SECRETS.context_key
FANAL_VAULT_KEY = SECRETS.vault_key
FANAL_TOKEN_KEY = SECRETS.token_key
FANAL_AUDIT_KEY = os.environ.get("FANAL_AUDIT_KEY") or SECRETS.audit_key
FANAL_TSA_URL = os.environ.get("FANAL_TSA_URL", "")  # who puts a time stamp (RFC 3161) on the trace
FANAL_COUNTRY = os.environ.get("FANAL_COUNTRY", "belgium")
FANAL_OUTLINES = os.environ.get("FANAL_OUTLINES", "")  # a TopoJSON file of municipalities by NIS code
FANAL_URL = os.environ.get("FANAL_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

ALLOWED_HOSTS = os.environ.get("FANAL_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
HTTPS = FANAL_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [FANAL_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
_OURS = "__Host-" if HTTPS else ""  # browsers then take the cookie from this very host only, over HTTPS only
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    f"{_OURS}{name}" for name in ("sessionid", "csrftoken", "language")
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
FANAL_SESSION_SILENCE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True  # a page carries its token itself
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "fanal.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "fanal.audit",
    "fanal.access",
    "fanal.country",
    "fanal.notify",
    "fanal.documents",
    "fanal.web",
    "fanal.directory",
    "fanal.accounts",
    "fanal.attachments",
    "fanal.alerts",
    "fanal.referrals",
    "fanal.protection",
    "fanal.retention",
    "fanal.bodies",
    "fanal.decisions",
    "fanal.plans",
    "fanal.progress",
    "fanal.recommendations",
    "fanal.meetings",
    "fanal.minutes",
    "fanal.statistics",
    "fanal.reports",
    "fanal.desk",
    "fanal.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "procrastinate.contrib.django",
]
INSTALLED_APPS = [
    app for app in INSTALLED_APPS if not app.startswith("fanal.") or (PACKAGE / app[6:] / "apps.py").exists()
]

MIDDLEWARE = [
    "fanal.web.metrics.Watch",
    "fanal.web.middleware.Headers",
    "fanal.web.middleware.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fanal.web.middleware.Length",
    "fanal.web.pace.Pace",
    "fanal.web.middleware.Transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fanal.access.lasting.Lasting",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fanal.access.middleware.Reader",
    "fanal.web.idempotency.IdempotentWrites",
    "fanal.web.middleware.Refusals",
]

ROOT_URLCONF = "fanal.config.urls"
WSGI_APPLICATION = "fanal.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fanal.web.context.shell",
            ],
        },
    }
]
FOREIGN_VIEWS = {
    "allauth.": "login and second factor, which come before any permission",
    "django.views.i18n": "choice of language",
    "django.contrib.staticfiles": "static files",
}

DATABASES = connect.settings(VAR)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

CACHES = {"default": {"BACKEND": "fanal.web.cache.SharedCache"}}

FANAL_PROBES = frozenset({"/health", "/ready", "/metrics"})
FANAL_METRICS_TOKEN = os.environ.get("FANAL_METRICS_TOKEN", "")  # without one only this machine is answered
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FANAL_PROXIES", "0"))  # how many stand before us
MEGABYTE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
FANAL_BODY_LIMITS = {"": DATA_UPLOAD_MAX_MEMORY_SIZE, "multipart/form-data": 32 * MEGABYTE}
# Uses a minute and person (a login: and address), all at once or spread. `unfound`: asking for what is not there.
FANAL_LIMITS: dict[str, int] = {
    "login": 30, "page": 600, "api": 6000, "search": 30, "export": 10, "upload": 30, "unfound": 60,
}  # fmt: skip
if os.environ.get("FANAL_LIMITS") == "off":
    FANAL_LIMITS = {}
FANAL_LIMITED_ROUTES = {  # route: which limit, for which methods
    "account_login": ("login", "POST"),
    "mfa_authenticate": ("login", "POST"),
    "account_reauthenticate": ("login", "POST"),
    "mfa_reauthenticate": ("login", "POST"),
    "accounts:enter": ("login", "POST"),
    "accounts:break_glass": ("search", "POST"),
    "desk:find": ("search", "GET"),
    "alerts:known": ("search", "POST"),
    "api:known": ("search", "POST"),
}

FILE_UPLOAD_HANDLERS = ["fanal.web.uploads.InMemory"]
FANAL_LARGEST_FILE = MOST_BYTES
FANAL_CLAMD = os.environ.get("FANAL_CLAMD", "")  # unix:/run/clamav/clamd.ctl or tcp://host:3310
FANAL_ATTACHABLE = ATTACHABLE

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "fanal.access.passwords.WordsOfTheHouse"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "fanal.access.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# A key is a second factor beside the password, never instead of it: no login with a passkey alone.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "fanal.access.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "fanal.access.codes.AuthenticateForm",
    "reauthenticate": "fanal.access.codes.ReauthenticateForm",
    "activate_totp": "fanal.access.codes.ActivateForm",
}
SOCIALACCOUNT_ADAPTER = "fanal.access.adapter.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = oidc.providers(VAR)
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # `form-action` forbids a form that leads to another house; a link may
MFA_TOTP_ISSUER = "Fanal"
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = None  # WhiteNoise reads them from the packages at the start; nothing to collect
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

EMAIL_HOST = os.environ.get("FANAL_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("FANAL_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("FANAL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FANAL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("FANAL_SMTP_TLS", "") == "1"
# Without a mail server, what would be mailed lies in a folder to look at.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("FANAL_MAIL_FROM", "fanal@localhost")

PROCRASTINATE_ON_APP_READY = None
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "fanal.web.log.Plain",
            "format": "%(asctime)s %(levelname)s %(name)s %(request)s %(message)s",
        },
        "json": {"()": "fanal.web.log.Json"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": os.environ.get("FANAL_LOG", "plain")},
        "nobody": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fanal": {"level": "INFO"},
        # Django logs request paths and exceptions with their arguments; faults are logged by web.errors, once.
        "django.request": {"handlers": ["nobody"], "propagate": False},
    },
}
FANAL_NOTICE = (
    _("Demonstration: every person and every file here is invented.")
    if os.environ.get("FANAL_DEMONSTRATION") == "1"
    else ""
)
NAVIGATION = [
    ("desk:home", _("Home"), "home"),
    ("alerts:list", _("Alerts"), "alert.read"),
    ("referrals:list", _("Referrals"), "referral.read"),
    ("protection:list", _("Protection"), "protection.read"),
    ("protection:questions_list", _("Questions"), "protection.answer"),
    ("protection:deadlines", _("Deadlines"), "deadlines.read"),
    ("retention:list", _("What we keep"), "retention.decide"),
    ("alerts:national_funnel", _("Figures"), "funnel.read"),
    ("desk:coordination", _("Coordination"), "body.read"),
    ("meetings:meetings", _("Meetings"), "coordinate"),
    ("decisions:list", _("Decisions"), "coordinate"),
    ("plans:list", _("Plans"), "coordinate"),
    ("recommendations:list", _("Recommendations"), "coordinate"),
    ("reports:list", _("Reports"), "coordinate"),
    ("desk:acts", _("Acts counted"), "trace.count"),
    ("directory:call", _("Directory"), ""),
    ("desk:public", _("Coordination"), None),
    ("operations", _("Operations"), "operations.read"),
]
