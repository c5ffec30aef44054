"""The settings of Django. What a person may set stands in `environ.py`; this file only spells it in Django's words."""

from __future__ import annotations

import os
from email.utils import parseaddr
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from huey import PostgresHuey, SqliteHuey

from sabai.desk.environ import read
from sabai.desk.secret import secret_key
from sabai.language.catalogues import LANGUAGES as SPOKEN

SABAI = read(os.environ)
DATA = SABAI.data
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = SABAI["SABAI_SECRET"] or secret_key(DATA)
HOST = urlsplit(SABAI["SABAI_URL"]).hostname or "127.0.0.1"
ALLOWED_HOSTS = [HOST, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SABAI["SABAI_URL"]]

DESK_APPS = (
    "look",
    "people",
    "audit",
    "scoring",
    "portfolio",
    "accounts",
    "tasks",
    "morning",
    "insight",
    "drafts",
    "intake",
    "surveys",
    "asking",
    "responses",
    "themes",
    "replies",
    "keeping",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "huey.contrib.djhuey",
    "ninja",
    *(f"sabai.desk.{app}" for app in DESK_APPS),
]
MIDDLEWARE = [
    "sabai.desk.keeping.middleware.Measured",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sabai.desk.look.middleware.Spoken",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "sabai.desk.urls"
WSGI_APPLICATION = "sabai.desk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "sabai.desk.look.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "sabai.desk.look.context.around",
                "sabai.desk.people.context.signing",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

DATABASES = {"default": dj_database_url.parse(SABAI["DATABASE_URL"] or f"sqlite:///{DATA / 'desk.sqlite3'}")}
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if ON_SQLITE:
    DATABASES["default"]["CONN_MAX_AGE"] = None  # to open the file anew takes longer than most pages ask of it
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16384;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}}
HUEY = (
    SqliteHuey("sabai", filename=str(DATA / "jobs.sqlite3"), fsync=True, results=False)  # a fault may name somebody
    if ON_SQLITE
    else PostgresHuey("sabai", dsn=SABAI["DATABASE_URL"], results=False)
)

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sabai.desk.people.passwords.NotOneself"},
    {"NAME": "sabai.desk.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "sabai.desk.people.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sabai.desk.people.sign_in.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who came by an invitation has read it
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip"}  # wrong passwords: people/lockout.py
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SABAI.secure else 0  # TLS ends at a proxy of ours, which says who asks
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # as above
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SABAI.secure
MFA_TOTP_ISSUER = "Sabai"
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # the company vouches
_COMPANY = {
    "provider_id": "company",
    "name": "OpenID Connect",
    "client_id": SABAI["SABAI_OIDC_ID"],
    "secret": SABAI["SABAI_OIDC_SECRET"],
    "settings": {"server_url": SABAI["SABAI_OIDC_URL"]},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "sabai.desk.people.company.provider.Company",
        "APPS": [_COMPANY] if SABAI["SABAI_OIDC_URL"] else [],
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SABAI.secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SABAI.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SABAI.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sabai.desk.people.pages.refused.forged"
_ISSUER = ["{0.scheme}://{0.netloc}".format(urlsplit(SABAI["SABAI_OIDC_URL"]))] if SABAI["SABAI_OIDC_URL"] else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_ISSUER],  # a form that leads to the company's own sign-in
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in SPOKEN]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [("report", str(__import__("importlib.resources").resources.files("sabai.report") / "templates"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

DEFAULT_FROM_EMAIL = SERVER_EMAIL = SABAI["SABAI_MAIL_FROM"]
BOUNCES_TO = parseaddr(SABAI["SABAI_BOUNCE_ADDRESS"] or SABAI["SABAI_MAIL_FROM"])[1]
if SABAI["SABAI_MAIL"]:
    _mail = urlsplit(SABAI["SABAI_MAIL"])
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp" and bool(_mail.username)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # asked by our own
LOGGING_CONFIG = None
INTERNAL_IPS = ["127.0.0.1", "::1"]
METRICS_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")  # set by start.py, where several processes count
