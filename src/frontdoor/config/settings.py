"""Django's settings, from the typed environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from frontdoor.config.environment import database, read

ENVIRONMENT = read()
BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, *(["testserver"] if ENVIRONMENT.testing else [])]
DEMO = ENVIRONMENT.demo
STATE = ENVIRONMENT.state
SEAL_KEY_FILE, SEAL_DIRECTORY = ENVIRONMENT.seal_key_file, ENVIRONMENT.seal_directory
FIELD_KEY_FILE, DOWN_DIRECTORY = ENVIRONMENT.field_key_file, ENVIRONMENT.down_directory

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "frontdoor.actors",
    "frontdoor.trail",
    "frontdoor.codes",
    "frontdoor.councils",
    "frontdoor.clocks",
    "frontdoor.background",
    "frontdoor.shell",
    "frontdoor.organisations",
    "frontdoor.access",
    "frontdoor.people",
    "frontdoor.directory",
    "frontdoor.matching",
    "frontdoor.letters",
    "frontdoor.files",
    "frontdoor.handovers",
    "frontdoor.directions",
    "frontdoor.contacts",
    "frontdoor.disclosures",
    "frontdoor.mash",
    "frontdoor.referrals",
    "frontdoor.earlyhelp",
    "frontdoor.familyhelp",
    "frontdoor.complaints",
    "frontdoor.portal",
    "frontdoor.desk",
    "frontdoor.api",
    "frontdoor.config",
]

MIDDLEWARE = [
    "frontdoor.config.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "frontdoor.actors.middleware.Transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frontdoor.access.middleware.Reach",
]

ROOT_URLCONF = "frontdoor.config.urls"
WSGI_APPLICATION = "frontdoor.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "frontdoor.shell.pages.environment",
            "context_processors": ["frontdoor.config.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "shell" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontdoor.shell.pages.around",
            ]
        },
    },
]
FORM_RENDERER = "frontdoor.shell.forms.Renderer"

DATABASES = {"default": database(ENVIRONMENT.database_url)}
if ENVIRONMENT.owner_url:
    DATABASES["owner"] = database(ENVIRONMENT.owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if ENVIRONMENT.testing:  # tests sign in hundreds of times, and a good hash is slow on purpose
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "frontdoor.access.views.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False  # desks are shared; nobody is asked to stay signed in
ACCOUNT_PREVENT_ENUMERATION = True
SOCIALACCOUNT_ADAPTER = "frontdoor.access.views.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "council",
                "name": "your council's sign-in",
                "client_id": ENVIRONMENT.oidc_client,
                "secret": ENVIRONMENT.oidc_secret,
                "settings": {
                    "server_url": ENVIRONMENT.oidc_server,
                    "oauth_pkce_enabled": True,
                },
            }
        ]
        if ENVIRONMENT.oidc_server
        else []
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords: by source, so that one password is not tried at every account, and by account.
    "login_failed": "10/m/ip,60/h/ip,200/d/ip,5/5m/key,20/h/key",
    # The same from a network where the account has signed in before, whatever strangers try meanwhile.
    "login_known": "5/5m/key",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "frontdoor.access.views.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator, who vouches for the address
MFA_TOTP_ISSUER = "Front Door"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure

SESSION_ENGINE = "frontdoor.config.sessions"
SESSION_COOKIE_NAME = "__Host-frontdoor" if ENVIRONMENT.secure else "frontdoor"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-form" if ENVIRONMENT.secure else "form"
CSRF_COOKIE_HTTPONLY = True
DRAFT_COOKIE_NAME = "__Host-report" if ENVIRONMENT.secure else "report"
CSRF_FAILURE_VIEW = "frontdoor.shell.views.csrf_failure"

CACHES = {
    # Shared by all processes, so that attempts to sign in are counted once and a code is used once.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Of 300, as Django would keep, an attacker makes a third be forgotten by trying 300 names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser posts forms with Origin: null: CSRF refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.secure
SECURE_HSTS_SECONDS = 63_072_000 if ENVIRONMENT.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.secure
SECURE_HSTS_PRELOAD = ENVIRONMENT.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.secure else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            "data:",
        ],  # allauth's QR code of the second factor is a data image
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = None if ENVIRONMENT.testing else ENVIRONMENT.state / "static"  # tests serve from where files lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files are rows; nothing is put on a disk
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.testing
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT.testing
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site loads ours

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["frontdoor.files.forms.Upload"]  # Django's own writes all of it to a disk, whatever its size

CLAMD = ENVIRONMENT.clamd

EMAIL_BACKEND = "frontdoor.letters.jobs.NotifyBackend" if ENVIRONMENT.notify_key else (
    "frontdoor.letters.jobs.FileBackend"
)  # fmt: skip
EMAIL_FILE_PATH = ENVIRONMENT.state / "mail"
DEFAULT_FROM_EMAIL = "Children's services <no-reply@example.org>"
FEEDS = ENVIRONMENT.feeds
DIRECTORY_HOSTS = ENVIRONMENT.directory_hosts
WEIGHTS, WEIGHTS_DIRECTORY = ENVIRONMENT.weights, ENVIRONMENT.weights_directory
SPARK, SPARK_DIRECTORY = ENVIRONMENT.spark, ENVIRONMENT.spark_directory
NOTIFY_KEY, NOTIFY_TEMPLATE = ENVIRONMENT.notify_key, ENVIRONMENT.notify_template
NOTIFY_TEXT_TEMPLATE = ENVIRONMENT.notify_text_template

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"fields": {"()": "frontdoor.config.logs.Fields"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "fields"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "frontdoor": {"level": "INFO"},
        "django.db.backends": {"level": "WARNING"},
    },
}
